import { describe, expect, it } from 'vitest';
import { runOfDeepEyesLine, writeDeepEyesLine } from './deepeyes-line';
import twoZooms from './fixtures/two-zooms.json';
import { parseTrajectory } from './parse';

const parsed = parseTrajectory(twoZooms);
if (!parsed.ok) throw new Error('the fixture is a run');
const run = parsed.trajectory;

describe('a line of DeepEyes', () => {
  const text = writeDeepEyesLine(run, { answer: 'K7', right: true, facts: { kind: 'read-tag' } });
  const line = JSON.parse(text) as Record<string, unknown>;

  it('has the fields that its readers know', () => {
    expect(text).not.toContain('\n');
    expect(line).toMatchObject({
      image: run.image.name,
      question: run.question,
      answer: 'K7',
      pred_ans: run.steps.findLast(({ type }) => type === 'answer')?.type === 'answer' ? expect.any(String) : '',
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
      { type: 'text', text: run.question },
    ]);
    const calls = run.steps.filter((step) => step.type === 'call');
    const said = messages.filter(({ role }) => role === 'assistant').map(({ content }) => String(content));
    expect(said).toHaveLength(new Set(run.steps.map(({ turn }) => turn)).size);
    for (const [at, { askedInImage, label }] of calls.entries()) {
      const { x1, y1, x2, y2 } = askedInImage;
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

  it('holds the run itself, whole', () => {
    const back = parseTrajectory(runOfDeepEyesLine(line));
    expect(back.ok && back.trajectory).toEqual(run);
    expect(runOfDeepEyesLine({ loupe: run })).toBeUndefined();
    expect(runOfDeepEyesLine('text')).toBeUndefined();
  });
});
