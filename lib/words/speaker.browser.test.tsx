/** A page that was kept may speak another language than its reader does by now. */
import { afterEach, expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { useCommonWords } from './common';
import { en } from './en';
import { LANGUAGE_COOKIE, type Language } from './languages';
import { LanguageProvider } from './speaker';
import { useSettingsWords } from './settings';
import { zh } from './zh';

function Said() {
  return `${useCommonWords().close} ${useSettingsWords().title}`;
}

const choose = (language: Language) => (document.cookie = `${LANGUAGE_COOKIE}=${language}; path=/`);

afterEach(() => {
  document.cookie = `${LANGUAGE_COOKIE}=; path=/; max-age=0`;
});

test.each([
  ['en', 'zh', zh],
  ['zh', 'en', en],
  ['zh', 'zh', zh],
  ['en', 'en', en],
] as const)('drawn in %s for who chose %s', async (drawn, chosen, words) => {
  choose(chosen);
  const screen = await render(
    <LanguageProvider initial={drawn}>
      <Said />
    </LanguageProvider>,
  );
  await expect.element(screen.getByText(`${words.common.close} ${words.settings.title}`)).toBeVisible();
  expect(document.documentElement.lang).toBe(chosen === 'zh' ? 'zh-CN' : 'en');
});
