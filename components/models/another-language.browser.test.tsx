/** The choice of a model in another language: every word comes from the table that is chosen. */
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { SessionProvider } from '@/lib/session';
import { sessionOver } from '@/lib/session/fixtures/session-over';
import { WordsProvider } from '@/lib/words';
import { otherLanguage, outsideBrackets } from '@/lib/words/fixtures/other-language';
import { fakeDesk } from './fixtures/fake-desk';
import { ModelsSheet } from './models-sheet';

const never = (): never => {
  throw new Error('Nothing runs here.');
};

/** Addresses, names of models, hosts, formats and sizes are the same in every language; so is what a model says of itself. */
const NAMES =
  /hub:\S+|\/models\/\S+|Loupe Nano|someone\/tiny-vlm|tiny-vlm|half|huggingface\.co|[\d.]+ [kKMG]B|q4f16|q8|fp32|q4|apache-2\.0|qwen2_5_vl|0123456/g;

const ATTRIBUTES = ['aria-label', 'aria-valuetext', 'title', 'placeholder', 'alt'] as const;

function englishOn(page: Element): readonly string[] {
  const elements = [...page.querySelectorAll('*')];
  const attributes = elements.flatMap((element) => ATTRIBUTES.map((name) => element.getAttribute(name) ?? ''));
  // Of the whole at once: a string with marked parts is drawn as several elements.
  return [page.textContent, ...attributes]
    .map((text) => outsideBrackets(text).replace(NAMES, '').trim())
    .filter((text) => /\p{L}/u.test(text));
}

test('nothing on it is said in English', async () => {
  const session = sessionOver({ load: never, generate: never, dispose: () => Promise.resolve() }, null);
  const screen = await render(
    <WordsProvider value={otherLanguage}>
      <SessionProvider session={session}>
        <style>{'[role="dialog"] { position: fixed; inset: 0; overflow: auto; z-index: 1 }'}</style>
        <ModelsSheet open onOpenChange={() => undefined} desk={fakeDesk()} />
      </SessionProvider>
    </WordsProvider>,
  );
  const sheet = screen.getByRole('dialog');
  await expect.element(sheet.getByText('⟦Models⟧')).toBeVisible();
  await expect.element(sheet.getByText(/800 MB/).first()).toBeVisible();
  expect(englishOn(sheet.element())).toEqual([]);

  await sheet
    .getByRole('button', { name: /tiny-vlm/ })
    .first()
    .click();
  await expect.element(sheet.getByRole('radio', { name: /q8/ })).toBeChecked();
  expect(englishOn(sheet.element())).toEqual([]);
});
