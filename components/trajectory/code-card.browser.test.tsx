/** Code in a step, in a real browser: folded in the story, open and colored in the details; what came of it, and code that does nothing. */
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { createPlayer, PlayerProvider } from '@/lib/player';
import type { StepOf } from '@/lib/trajectory';
import { trajectory } from '@/lib/words/en/trajectory';
import { CodeCard, CodeResult } from './code-card';

const words = trajectory.code;
const CODE = 'import math\n# Count.\nprint(math.pi)';

const result = (stdout: string, stderr: string): StepOf<'result'> => ({
  type: 'result',
  callId: 'c1',
  parts: [{ text: `Code execution result:\nstdout:\n\`\`\`\n${stdout}\n\`\`\`\n\nstderr:\n\`\`\`\n${stderr}\n\`\`\`` }],
  refused: null,
  turn: 1,
  span: null,
  tokens: [],
});

test('code is folded in the story, and open with its colors in the details', async () => {
  const player = createPlayer();
  const screen = await render(
    <PlayerProvider player={player}>
      <CodeCard code={CODE} />
    </PlayerProvider>,
  );
  const code = screen.getByLabelText(words.python);
  if (player.view.getState().details) player.view.actions.toggleDetails();
  await expect.element(screen.getByText('print(math.pi)', { exact: true }).first()).toBeVisible();
  await expect.element(code).not.toBeVisible();
  player.view.actions.toggleDetails();
  await expect.element(code).toBeVisible();
  await expect.poll(() => code.element().querySelector('.tok-keyword')?.textContent).toBe('import');
  expect(code.element().textContent).toBe(CODE);
});

test('comments alone are marked; errors stand in sight, folded or not; silence is told', async () => {
  const player = createPlayer();
  const raised = 'Traceback (most recent call last):\nNameError: name x';
  const nothing = () => null;
  const screen = await render(
    <PlayerProvider player={player}>
      <CodeCard code="# Nothing to do." />
      <CodeResult step={result('', raised)} number={null} pictures={nothing} />
      <CodeResult step={result('', '')} number={null} pictures={nothing} />
    </PlayerProvider>,
  );
  await expect.element(screen.getByText(words.idle, { exact: true })).toBeVisible();
  await expect.element(screen.getByText('NameError: name x', { exact: true })).toBeVisible();
  await expect.element(screen.getByText(words.silent)).toBeVisible();
});
