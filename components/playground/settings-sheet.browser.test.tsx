import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { ThemeProvider } from '@/components/ui/theme';
import type { VlmEngine } from '@/lib/engine';
import { DEFAULT_SETTINGS, SessionProvider } from '@/lib/session';
import { sessionOver } from '@/lib/session/fixtures/session-over';
import { common } from '@/lib/words/en/common';
import { engine as engineWords } from '@/lib/words/en/engine';
import { settings as words } from '@/lib/words/en/settings';
import { sayingAmong } from '@/lib/words/fixtures/saying';
import { LANGUAGE_COOKIE, LANGUAGE_NAMES } from '@/lib/words/languages';
import { LanguageProvider } from '@/lib/words/speaker';
import { zh } from '@/lib/words/zh';
import { createQuietSession } from './fixtures/quiet-session';
import { SettingsSheet } from './settings-sheet';

async function open(session = createQuietSession()) {
  const screen = await render(
    <LanguageProvider initial="en">
      <ThemeProvider initial="system">
        <SessionProvider session={session}>
          {/* Without the page's style sheet the dialog would lie under its own backdrop. */}
          <style>{'[role="dialog"] { position: fixed; inset: 0; overflow: auto; z-index: 1 }'}</style>
          <SettingsSheet open onOpenChange={() => undefined} />
        </SessionProvider>
      </ThemeProvider>
    </LanguageProvider>,
  );
  return { session, screen };
}

test('a number is taken exactly, within its bounds, and can be put back', async () => {
  const { session, screen } = await open();
  const field = screen.getByRole('textbox', { name: words.answers.temperature });
  await userEvent.fill(field, '0.7');
  await userEvent.keyboard('{Enter}');
  expect(session.getState().settings.temperature).toBe(0.7);
  await userEvent.fill(field, '99');
  await userEvent.keyboard('{Enter}');
  expect(session.getState().settings.temperature).toBe(2);
  await userEvent.fill(field, 'warm');
  await userEvent.keyboard('{Enter}');
  await expect.element(field).toHaveValue('2');
  await screen.getByRole('button', { name: words.reset }).click();
  expect(session.getState().settings).toEqual(DEFAULT_SETTINGS);
});

test('the system prompt is shown whole and follows the tools', async () => {
  const { session, screen } = await open();
  const prompt = screen.getByLabelText('System prompt', { exact: true });
  await expect
    .element(prompt)
    .toHaveTextContent('Look at the picture, think, then answer. If something is too small, call image_zoom_in_tool.');
  expect(session.getState().settings.tools).toEqual(['zoom']);
  await screen.getByRole('switch', { name: words.answers.tools }).click();
  expect(session.getState().settings.tools).toEqual([]);
  await expect.element(prompt).toHaveTextContent('Look at the picture and answer.');
});

test('the device is chosen from three', async () => {
  const { session, screen } = await open();
  await screen.getByText(common.devices.wasm, { exact: true }).click();
  expect(session.getState().settings.device).toBe('wasm');
});

test('why a kept copy of the model opened is said where it is said on what it runs', async () => {
  const keptCopy = { code: 'offline' } as const;
  const never = () => {
    throw new Error('Nothing runs here.');
  };
  const engine: VlmEngine = {
    async *load() {
      // Only what is read of a card here.
      const card = { id: 'm', name: 'm', version: '1', dialect: 'qwen-tools', frame: 'thousandths' } as never;
      yield { phase: 'ready', device: 'wasm', remarks: [], card, keptCopy };
    },
    generate: never,
    dispose: () => Promise.resolve(),
  };
  const { session, screen } = await open(sessionOver(engine));
  await session.actions.prepareModel();
  await expect.element(screen.getByText(sayingAmong(`WASM. ${engineWords.keptCopy.offline}`))).toBeVisible();
});

test('the model is named, kept by “Reset to defaults”, and chosen elsewhere', async () => {
  const { session, screen } = await open();
  session.actions.setSettings({ modelUrl: 'hub:someone/tiny-vlm?dtype=q4', temperature: 1 });
  await expect.element(screen.getByText('tiny-vlm (q4)')).toBeVisible();
  await screen.getByRole('button', { name: words.reset }).click();
  expect(session.getState().settings).toMatchObject({ modelUrl: 'hub:someone/tiny-vlm?dtype=q4', temperature: 0 });
  await screen.getByRole('button', { name: words.model.choose }).click();
});

test('the language is changed in place, is kept, and can be changed back', async () => {
  const { session, screen } = await open();
  session.actions.setSettings({ seed: 7 });
  await screen.getByText(LANGUAGE_NAMES.zh).click();
  await expect.element(screen.getByRole('dialog', { name: zh.settings.title })).toBeVisible();
  await expect.element(screen.getByRole('textbox', { name: zh.settings.answers.seed })).toHaveValue('7');
  expect(document.documentElement.lang).toBe('zh-CN');
  expect(document.cookie).toContain(`${LANGUAGE_COOKIE}=zh`);

  await screen.getByText(LANGUAGE_NAMES.en).click();
  await expect.element(screen.getByRole('dialog', { name: words.title })).toBeVisible();
  expect(document.documentElement.lang).toBe('en');
  document.cookie = `${LANGUAGE_COOKIE}=; path=/; max-age=0`;
});
