import { describe, expect, it } from 'vitest';
import { runOfDeepEyesLine, writeDeepEyesLine } from './deepeyes-line';
import { goldenRun } from './fixtures/golden-run';
import twoZooms from './fixtures/two-zooms.json';
import { parseTrajectory } from './parse';
import { questionOf } from './pictures';
import type { Trajectory } from './schema';

const parsed = parseTrajectory(twoZooms);
if (!parsed.ok) throw new Error('the fixture is a run');
const run = parsed.trajectory;

type Message = { readonly role: string; readonly content: unknown };

function conversationOf(one: Trajectory): readonly Message[] {
  const line = JSON.parse(writeDeepEyesLine(one, { answer: '', right: false })) as { pred_output: Message[] };
  return line.pred_output;
}

describe('a line of DeepEyes', () => {
  const text = writeDeepEyesLine(run, { answer: 'K7', right: true, facts: { kind: 'read-tag' } });
  const line = JSON.parse(text) as Record<string, unknown>;

  it('has the fields that its readers know', () => {
    expect(text).not.toContain('\n');
    expect(line).toMatchObject({
      image: 'scene.png',
      question: questionOf(run),
      answer: 'K7',
      pred_ans: 'K7',
      status: 'success',
      acc: 1,
      loupe_result: { kind: 'read-tag' },
    });
  });

  it('tells the conversation with blank images and boxes in pixels of the original', () => {
    const messages = line.pred_output as { role: string; content: unknown }[];
    expect(messages[0]).toEqual({ role: 'system', content: run.systemPrompt });
    expect(messages[1]?.content).toEqual([
      { type: 'image_url', image_url: { url: 'data:image/jpeg;base64,' } },
      { type: 'text', text: questionOf(run) },
    ]);
    const calls = run.steps.filter((step) => step.type === 'call');
    const said = messages.filter(({ role }) => role === 'assistant').map(({ content }) => String(content));
    expect(said).toHaveLength(new Set(run.steps.map(({ turn }) => turn)).size);
    for (const [at, { place, label }] of calls.entries()) {
      const { x1, y1, x2, y2 } = place!.box;
      const call = /<tool_call>(.*)<\/tool_call>/.exec(said[at] ?? '')?.[1] ?? '';
      expect(JSON.parse(call)).toEqual({
        name: 'image_zoom_in_tool',
        arguments: { bbox_2d: [x1, y1, x2, y2].map(Math.round), label },
      });
    }
    // Each look is followed by a picture, as a message of the user.
    const pictures = messages.filter(({ role, content }) => role === 'user' && Array.isArray(content)).length;
    expect(pictures).toBe(1 + calls.length);
  });

  it('leaves a refused call as it was written, and tells what the model was told', () => {
    const messages = conversationOf(goldenRun('6-refused-call'));
    expect(messages.slice(2, 4)).toEqual([
      {
        role: 'assistant',
        content:
          '<think>The sign is at the far right.</think>' +
          '<tool_call>{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [1200, 300, 1100, 500], "label": "sign"}}</tool_call>',
      },
      { role: 'user', content: 'Error: bad box.' },
    ]);
  });

  it('tells several pictures, and boxes of a view in pixels of the original', () => {
    const two = conversationOf(goldenRun('1-two-pictures'));
    expect((two[1]!.content as { type: string }[]).map(({ type }) => type)).toEqual(['image_url', 'text', 'image_url']);
    const said = conversationOf(goldenRun('2-crop-of-a-crop-of-a-turned-picture')).map(({ content }) =>
      String(content),
    );
    expect(said.find((words) => words.includes('"digit"'))).toContain('"bbox_2d":[530,960,560,980]');
  });

  it('holds the run itself, whole', () => {
    const back = parseTrajectory(runOfDeepEyesLine(line));
    expect(back.ok && back.trajectory).toEqual(run);
    expect(runOfDeepEyesLine({ loupe: run })).toBeUndefined();
    expect(runOfDeepEyesLine('text')).toBeUndefined();
  });
});
