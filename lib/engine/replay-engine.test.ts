/** A recording played back token by token; together with the agent it is lib/agent's test. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { questionOf } from '@/lib/trajectory';
import { parseTrajectory } from '@/lib/trajectory/document';
import type { Message } from './contract';
import { collectTurn, GREEDY, observation, pattern, question } from './fixtures/nano-conversation';
import { replayEngine } from './replay-engine';

const path = fileURLToPath(new URL('../trajectory/fixtures/version-1/two-zooms.json', import.meta.url));
const parsed = parseTrajectory(JSON.parse(readFileSync(path, 'utf8')));
if (!parsed.ok) throw new Error('the recording cannot be read');
const { trajectory } = parsed;
const turns = [...new Set(trajectory.steps.map((step) => step.turn))];
const live = () => new AbortController().signal;
/** Tokens of the picture that the model saw last before a turn. */
function seenBefore(turn: number): number | null | undefined {
  const results = trajectory.steps.filter((step) => step.type === 'result' && step.turn === turn - 1);
  const parts = turn === 1 ? trajectory.given : results.flatMap((step) => (step.type === 'result' ? step.parts : []));
  return parts.flatMap((part) => ('picture' in part ? [part.seen?.tokens] : []))[0];
}
const ask = (messages: readonly Message[]) => ({ messages, sampling: GREEDY, maxNewTokens: 1 });

it('yields the recorded turns, tokens and usage, then refuses', async () => {
  const engine = replayEngine(trajectory);
  let messages: Message[] = question(pattern(1), questionOf(trajectory));
  for (const turn of turns) {
    const told = await collectTurn(engine.generate(ask(messages), live()));
    const recorded = trajectory.steps.filter((step) => step.turn === turn).flatMap((step) => step.tokens);
    expect(told.tokens.map(({ id, text, logprob, top }) => ({ id, text, logprob, top }))).toEqual(recorded);
    expect({ turn, ...told.end.usage }).toEqual(trajectory.usage.find((usage) => usage.turn === turn));
    expect(told.events[0]).toMatchObject({ type: 'image-encoded', tokens: seenBefore(turn) });
    messages = [...messages, told.message, observation(pattern(2))];
  }
  await expect(collectTurn(engine.generate(ask(messages), live()))).rejects.toMatchObject({ code: 'bad-request' });
});

it('is ready at once, with a card that fits the recording', async () => {
  const engine = replayEngine(trajectory);
  for await (const progress of engine.load({ modelUrl: '', device: 'auto' }, live())) {
    expect(progress).toMatchObject({
      phase: 'ready',
      card: { id: trajectory.models[0]?.id, dialect: trajectory.dialect },
    });
  }
});

it('takes the recorded time over speed, and stops in the middle', async () => {
  const [first] = trajectory.usage;
  const recordedMs = (first?.visionMs ?? 0) + (first?.prefillMs ?? 0) + (first?.decodeMs ?? 0);
  const begin = performance.now();
  await collectTurn(replayEngine(trajectory, { speed: 10 }).generate(ask(question(pattern(1), '')), live()));
  expect(performance.now() - begin).toBeGreaterThan((recordedMs / 10) * 0.9);

  const controller = new AbortController();
  const events: string[] = [];
  for await (const event of replayEngine(trajectory).generate(ask(question(pattern(1), '')), controller.signal)) {
    events.push(event.type === 'end' ? event.reason : event.type);
    if (event.type === 'token') controller.abort();
  }
  expect(events.filter((type) => type === 'token')).toHaveLength(1);
  expect(events.at(-1)).toBe('abort');
});
