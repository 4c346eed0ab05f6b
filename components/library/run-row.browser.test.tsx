import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { createMemoryLibrary, type RunSummary } from '@/lib/library';
import { createSession, SessionProvider } from '@/lib/session';
import { library } from '@/lib/words/en/library';
import { RunRow } from './run-row';

const never = (): never => {
  throw new Error('Nothing runs here.');
};

/** A real session over parts that are never asked. */
const createQuietSession = () =>
  createSession({
    engine: { load: never, generate: never, dispose: () => Promise.resolve() },
    images: { open: never, cut: never, bitmap: never, dispose: () => undefined },
    library: createMemoryLibrary(),
    now: () => 0,
    startRun: never,
  });

const run: RunSummary = {
  id: 'a',
  title: 'The key',
  question: 'What does the tag on the key say?',
  answer: 'K7',
  createdAt: '2026-11-21T10:00:00.000Z',
  updatedAt: '2026-11-21T10:00:03.000Z',
  status: 'done',
  calls: 1,
  imageHash: 'a'.repeat(64),
  steps: 4,
  bytes: 1_234_567,
  tags: ['Keys'],
  boxes: [{ turn: 1, x1: 0.1, y1: 0.1, x2: 0.3, y2: 0.4 }],
  parentId: null,
  change: null,
  imageName: 'key.png',
  aspect: 4 / 3,
  removedAt: null,
};

async function show() {
  const on = { open: vi.fn(), onRename: vi.fn(), onRemove: vi.fn(), onTag: vi.fn() };
  const selection = { selected: false, some: false, onToggle: vi.fn(), onExtend: vi.fn() };
  const session = createQuietSession();
  const screen = await render(
    <SessionProvider session={session}>
      <ul>
        <RunRow run={run} current={false} now={new Date('2026-11-22T10:00:00Z')} selection={selection} {...on} />
      </ul>
    </SessionProvider>,
  );
  return { ...on, ...selection, screen };
}

test('it says what was asked, what was answered and how often the model looked', async () => {
  const { screen, open } = await show();
  await expect.element(screen.getByText('K7')).toBeVisible();
  await expect.element(screen.getByText(library.looks(1))).toBeVisible();
  await screen.getByRole('button', { name: 'The key', exact: true }).click();
  expect(open).toHaveBeenCalledOnce();
});

test('it is renamed in place; Escape leaves the name', async () => {
  const { screen, onRename } = await show();
  const rename = screen.getByRole('button', { name: library.row.rename('The key') });
  await rename.click();
  await userEvent.fill(screen.getByRole('textbox'), 'Another');
  await userEvent.keyboard('{Escape}');
  await expect.element(screen.getByText('The key')).toBeVisible();
  expect(onRename).not.toHaveBeenCalled();
  await rename.click();
  await userEvent.fill(screen.getByRole('textbox'), 'Key tag');
  await userEvent.keyboard('{Enter}');
  expect(onRename.mock.calls).toEqual([['Key tag']]);
});

test('it is tagged and deleted by its buttons, and says its tags', async () => {
  const { screen, onRemove, onTag } = await show();
  await expect.element(screen.getByText('Keys')).toBeVisible();
  await screen.getByRole('button', { name: library.row.tag('The key') }).click();
  expect(onTag).toHaveBeenCalledOnce();
  await screen.getByRole('button', { name: library.row.delete('The key') }).click();
  expect(onRemove).toHaveBeenCalledOnce();
});

test('its box selects it; a press with Shift anywhere selects up to it and opens nothing', async () => {
  const { screen, onToggle, onExtend, open } = await show();
  await screen.getByRole('checkbox', { name: library.row.select('The key') }).click();
  expect(onToggle).toHaveBeenCalledOnce();
  await screen.getByRole('button', { name: 'The key', exact: true }).click({ modifiers: ['Shift'] });
  expect(onExtend).toHaveBeenCalledOnce();
  expect(open).not.toHaveBeenCalled();
});

test('the places it looked at are drawn on its picture', async () => {
  const { screen } = await show();
  const boxes = [...screen.container.querySelectorAll('svg[viewBox^="0 0 133"] rect')];
  expect(boxes.map((box) => Number(box.getAttribute('height')).toFixed(1))).toEqual(['30.0', '30.0']);
  expect(boxes.at(-1)?.getAttribute('stroke')).toBe('var(--turn-1)');
});
