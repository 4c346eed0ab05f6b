/** A run told by a recording of itself is the same run: the agent and `replayEngine` together. */
import { expect, it } from 'vitest';
import { replayEngine } from '@/lib/engine';
import { foldEvent, type RunSettings, type Trajectory } from '@/lib/trajectory';
import { card, given, scriptedEngine, scriptedImages } from './fixtures/scripted-engine';
import type { AgentRun } from './order';
import { runAgent } from './run-agent';

const settings: RunSettings = {
  temperature: 0,
  topP: 1,
  topK: 0,
  seed: 7,
  maxTurns: 4,
  maxNewTokens: 96,
  tools: ['zoom'],
};

async function play(change: Pick<AgentRun, 'engine'>): Promise<Trajectory> {
  let trajectory: Trajectory | null = null;
  const images = scriptedImages();
  const run: AgentRun = {
    images,
    given,
    settings,
    card,
    device: 'wasm',
    now: () => 0,
    signal: new AbortController().signal,
    ...change,
  };
  for await (const event of runAgent(run)) trajectory = foldEvent(trajectory, event);
  if (!trajectory) throw new Error('nothing was told');
  return trajectory;
}

it('agent and replay give the recorded trajectory', async () => {
  const call =
    '<think>|Small.|</think>|<tool_call>{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [|100|, |200|, |140|, |260|], "label": "|dog|"}}</tool_call>';
  const bad = '<think>|Hm.|</think>|<tool_call>{"name": |nonsense|}</tool_call>';
  const answer = '<think>|I see.|</think>|<answer>|K7|</answer>';
  const engine = scriptedEngine([{ text: call }, { text: bad }, { text: answer }]);
  const recorded = await play({ engine });
  const replayed = await play({ engine: replayEngine(recorded) });
  expect(recorded.steps.map((step) => step.type)).toEqual([
    'think',
    'call',
    'result',
    'think',
    'call',
    'result',
    'think',
    'answer',
  ]);
  for (const key of ['steps', 'usage', 'stop', 'status', 'given', 'pictures'] as const)
    expect(replayed[key]).toEqual(recorded[key]);
});
