/** The way out of a memory that is full, where a person reads of it: the same model with smaller pictures, in one press. */
import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { EngineError, type VlmEngine } from '@/lib/engine';
import { noticeOfError, SessionProvider, SHIPPED_MODEL, useSession } from '@/lib/session';
import { sessionOver } from '@/lib/session/fixtures/session-over';
import { notices } from '@/lib/words/en/notices';
import { playground } from '@/lib/words/en/playground';
import { ModelsOpen, useModelsOpen } from './models-open';
import { NoticeBanner } from './notice-banner';

const { notice: words } = playground;

function Banner() {
  const notice = useSession((state) => state.notice);
  const [choosing] = useModelsOpen();
  if (choosing) return <p>The choice of a model is open.</p>;
  return notice ? <NoticeBanner notice={notice} onDismiss={() => undefined} /> : null;
}

async function outOfMemory(modelUrl: string) {
  const loads: string[] = [];
  const engine: VlmEngine = {
    async *load(request) {
      loads.push(request.modelUrl);
      throw new EngineError('out-of-memory', 'failed to allocate a buffer');
    },
    generate: () => {
      throw new Error('Nothing runs here.');
    },
    dispose: () => Promise.resolve(),
  };
  const session = sessionOver(engine);
  session.actions.setSettings({ modelUrl });
  const screen = await render(
    <SessionProvider session={session}>
      <ModelsOpen>
        <Banner />
      </ModelsOpen>
    </SessionProvider>,
  );
  await session.actions.prepareModel();
  await expect.element(screen.getByRole('alert')).toHaveAttribute('data-code', 'engine/out-of-memory');
  return { session, screen, loads };
}

test.each([
  ['a hub’s model', 'hub:someone/tiny-vlm?dtype=q8', '&'],
  ['a model from this device', 'local:My%20model', '?'],
])('smaller and smaller pictures of %s, until there are none', async (_whose, modelUrl, and) => {
  const { session, screen, loads } = await outOfMemory(modelUrl);
  const press = screen.getByRole('button', { name: words.smallerPictures });
  for (const pixels of [500_000, 250_000, 125_000]) {
    const smaller = `${modelUrl}${and}maxPixels=${pixels}`;
    await press.click();
    expect(session.getState().settings.modelUrl).toBe(smaller);
    await vi.waitFor(() => expect(loads.at(-1)).toBe(smaller));
  }
  await expect.element(screen.getByRole('button', { name: words.smaller })).toBeVisible();
  await expect.element(press).not.toBeInTheDocument();
});

test('of the shipped model there are none: the choice of another', async () => {
  const { screen } = await outOfMemory(SHIPPED_MODEL);
  await expect.element(screen.getByRole('button', { name: words.smallerPictures })).not.toBeInTheDocument();
  await screen.getByRole('button', { name: words.smaller }).click();
  await expect.element(screen.getByText('The choice of a model is open.')).toBeVisible();
});

test('a conversation that grew too long: sizes that the loaded model sees otherwise, and no other model', async () => {
  const modelUrl = 'hub:someone/tiles?dtype=q8';
  const sizing = { kind: 'tiles', tile: 512, longestEdge: 1024, split: true } as const;
  const loads: string[] = [];
  const engine: VlmEngine = {
    async *load(request) {
      loads.push(request.modelUrl);
      // Only what is read of a card here.
      const card = {
        id: 'm',
        name: 'm',
        version: '1',
        dialect: 'zoom-json',
        image: { size: 512, sizing },
      } as never;
      yield { phase: 'ready', device: 'wasm', remarks: [], card };
    },
    generate: () => {
      throw new Error('Nothing runs here.');
    },
    dispose: () => Promise.resolve(),
  };
  const session = sessionOver(engine);
  session.actions.setSettings({ modelUrl });
  await session.actions.prepareModel();
  const notice = noticeOfError(new EngineError('context-full', 'The conversation takes 4500 of 4096 tokens.'));
  const screen = await render(
    <SessionProvider session={session}>
      <NoticeBanner notice={notice} onDismiss={() => undefined} />
    </SessionProvider>,
  );
  await expect.element(screen.getByText(notices.engine['context-full'].advice)).toBeVisible();
  await expect.element(screen.getByRole('button', { name: words.model })).not.toBeInTheDocument();
  await screen.getByRole('button', { name: words.smallerPictures }).click();
  await vi.waitFor(() => expect(loads.at(-1)).toBe(`${modelUrl}&maxPixels=${512 * 512}`));
});
