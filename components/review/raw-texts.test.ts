import { expect, it } from 'vitest';
import { parseTrajectory } from '@/lib/trajectory/document';
import refused from '@/lib/trajectory/fixtures/golden/6-refused-call.json';
import { promptOf, transcriptOf } from './raw-texts';

const parsed = parseTrajectory(refused);
if (!parsed.ok) throw new Error('the fixture is no run');
const run = parsed.trajectory;

it('the transcript is what the model wrote, tags and all, turn by turn, and nothing it was told', () => {
  const token = (text: string) => ({ id: 1, text, logprob: 0, top: [] });
  const [think, call, result] = run.steps;
  if (think?.type !== 'think' || call?.type !== 'call' || result?.type !== 'result') throw new Error('another fixture');
  const steps = [
    { ...think, tokens: [token('<think>'), token('Small.'), token('</think>')] },
    { ...call, tokens: [token('<tool_call>{}</tool_call>')] },
    result,
    { ...think, turn: 2, tokens: [], text: 'No tokens.' },
  ];
  expect(transcriptOf({ steps })).toBe('<think>Small.</think><tool_call>{}</tool_call>\n\nNo tokens.');
});

it('the prompt begins with what the model is told, and has the question', async () => {
  const prompt = await promptOf(run);
  const question = run.given.flatMap((part) => ('text' in part ? [part.text] : [])).join('\n');
  expect(prompt).toContain(question);
  expect(prompt).toContain(run.systemPrompt);
});
