/** The same question with looking and without: what one run each way says, and what many seeds do. */
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import '@/lib/agent';
import { createMemoryLibrary } from '@/lib/library';
import { createSession, SessionProvider } from '@/lib/session';
import { fakeImages } from '@/lib/session/fixtures/fake-images';
import { scriptedEngine, zoomCall } from '@/lib/session/fixtures/scripted-engine';
import { review } from '@/lib/words/en/review';
import { RunReview } from '@/components/review';

const LOOKS = `<think>The dog is small.</think>${zoomCall([100, 100, 200, 200], 'dog')}`;
const { whatIf: words, column } = review;
const TIMES = 5;

test('one run each way concludes nothing; five seeds each way do, and both runs go under one scrubber', async () => {
  await page.viewport(800, 900);
  const each = Array.from({ length: TIMES }, () => [LOOKS, '<answer>K7</answer>', '<answer>B3</answer>']);
  const library = createMemoryLibrary();
  const session = createSession({
    engine: scriptedEngine([LOOKS, '<answer>K7</answer>', '<answer>B3</answer>', ...each.flat()]),
    images: fakeImages(),
    library,
    now: () => performance.now(),
  });
  await session.actions.openImage(new Blob(['scene']), 'scene.png');
  session.actions.setQuestion('Is the dog left or right of the cat?');
  await session.actions.ask();
  const free = session.player.getState().run!;
  const screen = await render(
    <SessionProvider session={session}>
      <RunReview whatIf />
    </SessionProvider>,
  );
  await screen.getByRole('button', { name: words.notLooked }).click();
  const panel = screen.getByRole('region', { name: words.label });
  await expect.element(panel.getByRole('heading', { name: words.findings['other-answer'] })).toBeVisible();
  await expect.element(panel.getByText(words.chance(0.5))).toBeVisible();
  const blind = session.player.getState().run!;
  expect(panel.getByRole('link', { name: words.together }).element().getAttribute('href')).toBe(
    `/compare?a=${free.id}&b=${blind.id}`,
  );

  await panel.getByRole('button', { name: words.many.ask }).click();
  await expect.element(panel.getByRole('heading', { name: words.many.findings['answers-differ'] })).toBeVisible();
  await expect.poll(() => session.getState().times).toBeNull();
  const table = panel.getByRole('table', { name: words.many.label });
  const row = (name: string) => table.getByRole('row', { name });
  await expect.element(row(column.with)).toHaveTextContent(words.many.same(TIMES, TIMES, 'K7'));
  await expect.element(row(column.without)).toHaveTextContent(words.many.same(0, TIMES, 'K7'));
  await expect.element(panel.getByText(`${words.many.bars} ${words.many.byChance(2 / 252)}`)).toBeVisible();

  // Both ways had the same seeds, and the first two are still what is laid side by side.
  const kept = await Promise.all((await library.list()).map(async ({ id }) => (await library.load(id))?.trajectory));
  const seeds = (id: string) =>
    kept.filter((run) => run?.parent?.runId === id && run.parent.change !== null).map((run) => run?.settings?.seed);
  expect(new Set(seeds(free.id)).size).toBe(TIMES);
  expect(seeds(blind.id).toSorted()).toEqual(seeds(free.id).toSorted());
  expect(panel.getByRole('article').elements()).toHaveLength(2);
  session.actions.dispose();
});
