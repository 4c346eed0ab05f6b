/** The picker in a real browser: what is offered, what is said before a download, its progress, its failures, what it leaves. */
import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { EngineError, type KeptCopy, type LoadProgress, type VlmEngine } from '@/lib/engine';
import { SessionProvider, SHIPPED_MODEL } from '@/lib/session';
import { sessionOver } from '@/lib/session/fixtures/session-over';
import { common } from '@/lib/words/en/common';
import { engine } from '@/lib/words/en/engine';
import { models } from '@/lib/words/en/models';
import { ANY, saying, sayingAmong } from '@/lib/words/fixtures/saying';
import { fakeDesk, type FakeDesk } from './fixtures/fake-desk';
import { ModelsSheet } from './models-sheet';

const never = (): never => {
  throw new Error('Nothing runs here.');
};

/** An engine whose load does what the test says. */
function gatedEngine() {
  let letGo: () => void = () => undefined;
  let fail: EngineError | null = null;
  let keptCopy: KeptCopy | null = null;
  const loads: string[] = [];
  const engine: VlmEngine = {
    async *load({ modelUrl }, signal): AsyncGenerator<LoadProgress> {
      loads.push(modelUrl);
      const error = fail;
      fail = null;
      if (error) throw error;
      yield { phase: 'download', file: 'onnx/a.onnx', loaded: 80e6, total: 200e6, fileLoaded: 80e6, fileTotal: 120e6 };
      yield { phase: 'download', file: 'config.json', loaded: 81e6, total: 200e6, fileLoaded: 1e6, fileTotal: 1e6 };
      await new Promise<void>((resolve) => {
        letGo = resolve;
        signal.addEventListener('abort', () => resolve());
      });
      signal.throwIfAborted();
      // Only what is read of a card here.
      const card = { id: 'm', name: 'm', version: '1', dialect: 'qwen-tools' } as never;
      yield { phase: 'ready', device: 'wasm', remarks: [{ code: 'gpu-lost' }], card, ...(keptCopy && { keptCopy }) };
    },
    generate: never,
    dispose: () => Promise.resolve(),
  };
  return {
    engine,
    loads,
    letGo: () => letGo(),
    failNext: (error: EngineError) => (fail = error),
    openKept: (why: KeptCopy) => (keptCopy = why),
  };
}

async function open(prepare: (desk: FakeDesk) => void = () => undefined, hubEndpoint: string | null = null) {
  const gate = gatedEngine();
  const session = sessionOver(gate.engine, hubEndpoint);
  const desk = fakeDesk();
  prepare(desk);
  const screen = await render(
    <SessionProvider session={session}>
      {/* Without the page's style sheet the dialog would lie under its own backdrop. */}
      <style>{'[role="dialog"] { position: fixed; inset: 0; overflow: auto; z-index: 1 }'}</style>
      <ModelsSheet open onOpenChange={() => undefined} desk={desk} />
    </SessionProvider>,
  );
  return { ...gate, session, desk, screen, state: session.getState };
}

test('who knows none of the models is told which to begin with here', async () => {
  const { screen } = await open();
  const row = screen.getByRole('button', { name: /^tiny-vlm/ });
  await expect.element(row.getByText(models.list.suggested)).toBeVisible();
  expect(screen.getByText(models.list.suggested).elements()).toHaveLength(1);
});

async function look(all: Awaited<ReturnType<typeof open>>) {
  await all.screen.getByRole('button', { name: /^tiny-vlm/ }).click();
  await expect.element(all.screen.getByRole('radio', { name: /^q8/ })).toBeChecked();
}

test('a model is looked at before a byte of it travels: sizes, needs, fit, licence, what was verified', async () => {
  const all = await open();
  const { screen } = all;
  await look(all);
  expect(all.loads).toEqual([]);
  await expect.element(screen.getByText('apache-2.0')).toBeVisible();
  await expect.element(screen.getByText(models.frames['resized-pixels'])).toBeVisible();
  await expect.element(screen.getByText(models.hubModel.verifications.family.done)).toBeVisible();
  await expect.element(screen.getByText(models.hubModel.verifications.family.not)).toBeVisible();
  await expect.element(screen.getByText(models.formats.partCached('50 MB'))).toBeVisible();
  await expect.element(screen.getByRole('button', { name: models.hubModel.downloadRest('150 MB') })).toBeVisible();
  await screen.getByRole('radio', { name: /^q4f16/ }).click();
  await expect
    .element(screen.getByText(models.fit.reasons['lacks-features']({ features: 'shader-f16' })))
    .toBeVisible();
  await expect
    .element(screen.getByRole('button', { name: models.hubModel.allTheSame(models.hubModel.download('100 MB')) }))
    .toBeVisible();
  await screen.getByRole('radio', { name: /^fp32/ }).click();
  await expect.element(screen.getByText(models.fit.reasons['most-of-machine']({ memory: '2.4 GB' }))).toBeVisible();
});

test('downloaded with progress, paused, resumed, and then in use', async () => {
  const all = await open();
  const { screen } = all;
  await look(all);
  await screen.getByRole('combobox', { name: models.wishes.largest }).selectOptions(models.wishes.sizes[2]);
  await screen.getByRole('button', { name: models.hubModel.downloadRest('150 MB') }).click();
  const modelUrl = 'hub:someone/tiny-vlm?dtype=q8&maxPixels=500000';
  expect(all.state().settings.modelUrl).toBe(modelUrl);
  const bar = screen.getByRole('progressbar', { name: models.load.downloading });
  await expect.element(bar).toHaveAttribute('aria-valuenow', '41');
  await expect.element(bar).toHaveAttribute('aria-valuetext', models.amount('81 MB', '200 MB'));
  await screen.getByText(models.load.filesHere(1, 2)).click();
  await expect.element(screen.getByText(models.amount('80 MB', '120 MB'))).toBeVisible();

  await screen.getByRole('button', { name: models.inUse.pause }).click();
  await expect.element(screen.getByText(models.inUse.kept)).toBeVisible();
  await expect
    .element(screen.getByRole('progressbar', { name: models.load.paused }))
    .toHaveAttribute('aria-valuenow', '41');
  await screen.getByRole('button', { name: models.inUse.resume }).click();
  await expect.element(screen.getByRole('progressbar', { name: models.load.downloading })).toBeInTheDocument();
  await vi.waitFor(() => expect(all.loads).toEqual([modelUrl, modelUrl]));
  all.letGo();
  await expect.element(screen.getByText(models.inUse.said.ready('tiny-vlm (q8)'))).toBeInTheDocument();
  expect(all.state().engine?.modelUrl).toBe(modelUrl);
});

test('where the model can be told to think there is a switch for it, off at first; elsewhere none', async () => {
  const all = await open();
  const { screen } = all;
  await look(all);
  await expect.element(screen.getByRole('combobox', { name: models.wishes.largest })).toBeVisible();
  await expect.element(screen.getByRole('switch', { name: models.wishes.think })).not.toBeInTheDocument();
  await screen.getByRole('button', { name: models.hubModel.back }).click();

  const choose = async (press: boolean) => {
    await userEvent.fill(screen.getByRole('textbox', { name: models.form.label }), 'someone/thinker');
    await userEvent.keyboard('{Enter}');
    const think = screen.getByRole('switch', { name: models.wishes.think });
    await expect.element(think).not.toBeChecked();
    if (press) await think.click();
    await screen.getByRole('button', { name: models.hubModel.downloadRest('150 MB') }).click();
  };
  await choose(false);
  expect(all.state().settings.modelUrl).toBe('hub:someone/thinker?dtype=q8&thinking=off');
  await choose(true);
  expect(all.state().settings.modelUrl).toBe('hub:someone/thinker?dtype=q8&thinking=on');
});

test('cancelled, it is the former model again', async () => {
  const all = await open();
  await look(all);
  await all.screen.getByRole('button', { name: models.hubModel.downloadRest('150 MB') }).click();
  await all.screen.getByRole('button', { name: common.cancel }).click();
  expect(all.state()).toMatchObject({ settings: { modelUrl: SHIPPED_MODEL }, ahead: null, load: null });
  await expect.element(all.screen.getByRole('button', { name: models.inUse.loadNow })).toBeVisible();
});

test('any name can be typed; what is none is said so; a gated one leads to its page and to the token', async () => {
  const all = await open();
  const { screen } = all;
  const field = screen.getByRole('textbox', { name: models.form.label });
  await userEvent.fill(field, 'no name');
  await userEvent.keyboard('{Enter}');
  await expect.element(field).toHaveAttribute('aria-invalid', 'true');
  expect(all.desk.asked).toEqual([]);

  const gated = { id: 'other/gated-vlm', page: 'https://huggingface.co/other/gated-vlm', token: false };
  all.desk.fails = new EngineError('gated', { code: 'gated', params: gated });
  await userEvent.fill(field, 'other/gated-vlm');
  await userEvent.keyboard('{Enter}');
  await expect.element(screen.getByText(engine.problems.gated(gated))).toBeVisible();
  await expect
    .element(screen.getByRole('link', { name: models.ways.page }))
    .toHaveAttribute('href', 'https://huggingface.co/other/gated-vlm');
  await screen.getByRole('button', { name: models.ways.token }).click();
  const token = screen.getByLabelText(models.hub.token);
  await expect.element(token).toHaveFocus();
  await expect.element(token).toHaveAttribute('type', 'password');
  await userEvent.type(token, 'hf_secret');
  await userEvent.keyboard('{Enter}');
  expect(all.state().hub.token).toBe('hf_secret');
  await expect.element(token).toHaveValue('');
  expect(document.body.textContent).not.toContain('hf_secret');

  await screen.getByRole('combobox', { name: models.hub.label }).selectOptions('hf-mirror.com');
  expect(all.state().hub).toEqual({ endpoint: 'https://hf-mirror.com', token: null });
});

test('the hub that the server names is the one chosen at first, and can be gone back to', async () => {
  const mirror = 'http://localhost:9999';
  const all = await open(undefined, mirror);
  const { screen } = all;
  const hub = screen.getByRole('combobox', { name: models.hub.label });
  await expect.element(hub).toHaveValue(mirror);
  await expect.element(screen.getByText(sayingAmong(models.hub.about('localhost:9999')))).toBeVisible();
  const chosen = screen.getByText(sayingAmong(models.hub.ofServer));
  await expect.element(chosen).toBeVisible();
  await expect.element(screen.getByLabelText(models.hub.address)).not.toBeInTheDocument();
  await look(all);
  expect(all.desk.asked.at(-1)?.hub).toEqual({ endpoint: mirror, token: null });
  await screen.getByRole('button', { name: models.hubModel.back }).click();
  await hub.selectOptions(models.hub.names['https://huggingface.co']);
  expect(all.state().hub.endpoint).toBe('https://huggingface.co');
  await expect.element(chosen).not.toBeInTheDocument();
  await hub.selectOptions('localhost:9999');
  expect(all.state().hub.endpoint).toBe(mirror);
});

test('a failed load says why where it was begun, can be tried again, and leads back', async () => {
  const all = await open();
  const { screen } = all;
  await look(all);
  all.failNext(new EngineError('quota', { code: 'keeps-nothing' }));
  await screen.getByRole('button', { name: models.hubModel.downloadRest('150 MB') }).click();
  await expect.element(screen.getByText(engine.problems['keeps-nothing'])).toBeVisible();
  await screen.getByRole('button', { name: models.ways.kept }).click();
  expect(document.activeElement?.id).toBe('models-kept');
  await screen.getByRole('button', { name: common.tryAgain }).click();
  await expect.element(screen.getByRole('progressbar', { name: models.load.downloading })).toBeInTheDocument();
  expect(all.state().notice).toBeNull();
});

test('where memory runs out the same model is offered with less of it, each a press', async () => {
  const all = await open();
  const { screen } = all;
  await look(all);
  await screen.getByRole('radio', { name: /^fp32/ }).click();
  all.failNext(new EngineError('out-of-memory', 'failed to allocate a buffer'));
  await screen.getByRole('button', { name: models.hubModel.download('800 MB') }).click();
  await expect.element(screen.getByRole('alert')).toHaveAttribute('data-code', 'engine/out-of-memory');

  // Not q4f16, which needs less still but cannot run here.
  all.failNext(new EngineError('out-of-memory', 'failed to allocate a buffer'));
  await screen.getByRole('button', { name: models.smaller.format('q8', '600 MB') }).click();
  expect(all.state().settings.modelUrl).toBe('hub:someone/tiny-vlm?dtype=q8');
  await expect.element(screen.getByRole('alert')).toHaveAttribute('data-code', 'engine/out-of-memory');
  await expect
    .element(screen.getByRole('button', { name: saying(models.smaller.format(ANY, ANY)) }))
    .not.toBeInTheDocument();

  await screen.getByRole('button', { name: models.smaller.pictures(models.wishes.sizes[2]) }).click();
  const smaller = 'hub:someone/tiny-vlm?dtype=q8&maxPixels=500000';
  expect(all.state().settings.modelUrl).toBe(smaller);
  await vi.waitFor(() => expect(all.loads.at(-1)).toBe(smaller));
  await expect.element(screen.getByRole('alert')).not.toBeInTheDocument();
  all.letGo();
  await expect.element(screen.getByText(models.inUse.said.ready('tiny-vlm (q8)'))).toBeInTheDocument();
});

test('what is on the disk is listed with its size and deleted when asked twice', async () => {
  const all = await open();
  const { screen, desk } = all;
  await expect.element(screen.getByText(models.disk.total('838 MB'))).toBeVisible();
  await expect.element(screen.getByText(models.disk.notAll('30 MB', '90 MB'))).toBeVisible();
  await expect.element(screen.getByText(models.list.cached('800 MB'))).toBeVisible();
  await screen.getByRole('button', { name: models.disk.deleteNamed('half (q4)') }).click();
  await expect.element(screen.getByRole('button', { name: models.disk.keep })).toHaveFocus();
  desk.busy = true;
  await screen.getByRole('button', { name: models.disk.deleteSize('30 MB') }).click();
  await expect.element(screen.getByText(models.disk.busy)).toBeVisible();
  desk.busy = false;
  await screen.getByRole('button', { name: models.disk.deleteNamed('half (q4)') }).click();
  await screen.getByRole('button', { name: models.disk.deleteSize('30 MB') }).click();
  await expect.element(screen.getByText(models.disk.deleted('half (q4)', '30 MB'))).toBeVisible();
  await expect.element(screen.getByText(models.disk.total('808 MB'))).toBeVisible();
});

test('what two models share is counted once, and not said to be free when one of them is deleted', async () => {
  const address = 'hub:someone/tiny-vlm?dtype=fp32';
  const { screen } = await open((desk) => {
    const [whole, shipped] = desk.disk;
    desk.disk = [
      { ...whole!, ownBytes: 0 },
      { ...whole!, ownBytes: 0, modelUrl: `${address}&maxPixels=500000` },
      { ...shipped!, ownBytes: 3e6 },
    ];
  });
  await expect.element(screen.getByText(models.disk.total('808 MB'))).toBeVisible();
  await screen
    .getByRole('button', { name: models.disk.deleteNamed('tiny-vlm (fp32)') })
    .first()
    .click();
  await screen.getByRole('button', { name: models.disk.delete, exact: true }).click();
  const stays = models.disk.deletedShared('tiny-vlm (fp32)');
  await expect.element(screen.getByText(stays)).toBeVisible();
  await expect.element(screen.getByText(models.disk.total('808 MB'))).toBeVisible();
  await screen.getByRole('button', { name: models.disk.deleteNamed('Loupe Nano') }).click();
  await screen.getByRole('button', { name: models.disk.deleteSize('3.0 MB') }).click();
  await expect.element(screen.getByText(models.disk.restStays)).toBeVisible();
});

test('a copy that opened without word of a newer one says why, and no other does', async () => {
  const all = await open();
  const { screen } = all;
  const why = { code: 'unreachable', params: { host: 'huggingface.co' } } as const;
  await screen.getByRole('button', { name: models.inUse.loadNow }).click();
  all.letGo();
  await expect.element(screen.getByText(sayingAmong(models.inUse.loadedOn))).toBeVisible();
  await expect
    .element(screen.getByText(engine.keptCopy.unreachable({ host: 'huggingface.co' })))
    .not.toBeInTheDocument();
  all.openKept(why);
  await screen.getByRole('button', { name: models.disk.useNamed('tiny-vlm (fp32)') }).click();
  await vi.waitFor(() => expect(all.loads).toHaveLength(2));
  all.letGo();
  await expect.element(screen.getByText(engine.keptCopy.unreachable(why.params))).toBeVisible();
});

test('a kept one is used without being looked at again, and deleted while in use leaves the shipped one', async () => {
  const all = await open();
  const { screen } = all;
  await screen.getByRole('button', { name: models.disk.useNamed('tiny-vlm (fp32)') }).click();
  await vi.waitFor(() => expect(all.loads).toEqual(['hub:someone/tiny-vlm?dtype=fp32']));
  all.letGo();
  await vi.waitFor(() => expect(all.state().ahead).toBeNull());
  await screen.getByRole('button', { name: models.disk.deleteNamed('tiny-vlm (fp32)') }).click();
  await screen.getByRole('button', { name: models.disk.deleteSize('800 MB') }).click();
  await vi.waitFor(() => expect(all.state().settings.modelUrl).toBe(SHIPPED_MODEL));
});

function give(to: string, ...names: string[]): void {
  const input = document.querySelector<HTMLInputElement>(`input[aria-label="${to}"]`)!;
  expect(input.webkitdirectory).toBe(to === models.folder.folderOfModel);
  const data = new DataTransfer();
  for (const name of names) data.items.add(new File(['{}'], name));
  input.files = data.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

test('a folder of several formats is copied in one of them', async () => {
  const all = await open();
  const { screen } = all;
  give(models.folder.folderOfModel, 'notes.txt');
  await expect.element(screen.getByText(engine.problems['no-config']({ id: 'mine' }))).toBeVisible();
  give(models.folder.folderOfModel, 'config.json');
  await screen.getByRole('button', { name: common.cancel }).click();
  await expect.element(screen.getByRole('button', { name: models.folder.copyAndUse })).not.toBeInTheDocument();
  await expect.element(screen.getByRole('button', { name: models.folder.chooseFolder })).toHaveFocus();
  give(models.folder.folderOfModel, 'config.json');
  await screen.getByRole('radio', { name: /^fp32/ }).click();
  await screen.getByRole('button', { name: models.folder.copyAndUse }).click();
  await vi.waitFor(() => expect(all.state().settings.modelUrl).toBe('local:mine-fp32'));
});

test('of a model from this device the largest picture and thinking are chosen where it is copied, and later', async () => {
  const all = await open((desk) => {
    desk.given = { pictureSizes: [500_000, 250_000], thinking: true };
  });
  const { screen } = all;
  give(models.folder.folderOfModel, 'config.json');
  await screen.getByRole('combobox', { name: models.wishes.largest }).selectOptions(models.wishes.sizes[4]);
  await expect.element(screen.getByRole('switch', { name: models.wishes.think })).not.toBeChecked();
  await screen.getByRole('button', { name: models.folder.copyAndUse }).click();
  const copied = 'local:mine-q8?maxPixels=250000&thinking=off';
  await vi.waitFor(() => expect(all.loads).toEqual([copied]));
  expect(all.state().settings.modelUrl).toBe(copied);
  all.letGo();

  const size = screen.getByRole('combobox', { name: models.wishes.largest });
  await expect.element(size).toHaveValue('250000');
  await screen.getByRole('switch', { name: models.wishes.think }).click();
  expect(all.state().settings.modelUrl).toBe('local:mine-q8?maxPixels=250000&thinking=on');
  await size.selectOptions(models.wishes.asFits);
  const wished = 'local:mine-q8?thinking=on';
  expect(all.state().settings.modelUrl).toBe(wished);
  // It is no other model before it is loaded so, and nothing is loaded unasked.
  expect(all.loads).toEqual([copied]);
  await screen.getByRole('button', { name: models.inUse.loadNow }).click();
  await vi.waitFor(() => expect(all.loads).toEqual([copied, wished]));
});

test('of a model from this device that nothing can be asked of nothing is asked; nor of the shipped one', async () => {
  const all = await open((desk) => {
    desk.given = { pictureSizes: [], thinking: false };
    const [whole] = desk.disk;
    desk.disk = [{ ...whole!, modelUrl: 'local:mine', id: null, name: 'mine' }];
  });
  const { screen } = all;
  const size = screen.getByRole('combobox', { name: models.wishes.largest });
  await expect.element(screen.getByRole('button', { name: models.inUse.loadNow })).toBeVisible();
  await expect.element(size).not.toBeInTheDocument();
  await screen.getByRole('button', { name: models.disk.useNamed('mine') }).click();
  all.letGo();
  await expect.element(screen.getByText(models.inUse.said.ready('mine'))).toBeInTheDocument();
  await expect.element(size).not.toBeInTheDocument();
  // Of one that can only be told to think nothing else is asked.
  all.desk.given = { pictureSizes: [], thinking: true };
  all.session.actions.setSettings({ modelUrl: 'local:thinker' });
  await expect.element(screen.getByRole('switch', { name: models.wishes.think })).toBeVisible();
  await expect.element(size).not.toBeInTheDocument();
  all.desk.given = { pictureSizes: [], thinking: false };
  // Where its address asks for a size all the same, the way back is there, and it is listed as the one in use.
  all.session.actions.setSettings({ modelUrl: 'local:mine?maxPixels=9000' });
  await expect.element(size).toHaveValue('9000');
  await expect.element(screen.getByText(`800 MB${models.disk.inUse}`)).toBeVisible();
  await screen.getByRole('button', { name: models.disk.deleteNamed('mine') }).click();
  await screen.getByRole('button', { name: models.disk.deleteSize('800 MB') }).click();
  await vi.waitFor(() => expect(all.state().settings.modelUrl).toBe(SHIPPED_MODEL));
});

test('where memory runs out a model from this device is offered with smaller pictures', async () => {
  const all = await open((desk) => {
    const [whole] = desk.disk;
    desk.disk = [{ ...whole!, modelUrl: 'local:mine', id: null, name: 'mine' }];
  });
  const { screen } = all;
  all.failNext(new EngineError('out-of-memory', 'failed to allocate a buffer'));
  await screen.getByRole('button', { name: models.disk.useNamed('mine') }).click();
  await screen.getByRole('button', { name: models.smaller.pictures(models.wishes.sizes[2]) }).click();
  await vi.waitFor(() => expect(all.loads).toEqual(['local:mine', 'local:mine?maxPixels=500000']));
});

test('files are chosen without their folder, too', async () => {
  const all = await open();
  const { screen } = all;
  const pressed = vi.fn();
  document.querySelector(`input[aria-label="${models.folder.filesOfModel}"]`)!.addEventListener('click', (event) => {
    // No window of the browser's own in a test.
    event.preventDefault();
    pressed();
  });
  screen.getByRole('button', { name: models.folder.chooseFiles }).element().focus();
  await userEvent.keyboard('{Enter}');
  expect(pressed).toHaveBeenCalledOnce();
  give(models.folder.filesOfModel, 'config.json', 'model.onnx');
  await screen.getByRole('button', { name: models.folder.copyAndUse }).click();
  await vi.waitFor(() => expect(all.state().settings.modelUrl).toBe('local:mine-q8'));
});

test('a copy goes on behind another view, and is offered where it ended', async () => {
  let letGo: () => void = () => undefined;
  const all = await open((desk) => {
    desk.copied = new Promise((resolve) => (letGo = resolve));
  });
  const { screen, desk } = all;
  const begin = async () => {
    give(models.folder.folderOfModel, 'config.json');
    await screen.getByRole('button', { name: models.folder.copyAndUse }).click();
    await expect.element(screen.getByText(models.folder.copying('mine', '1.0 MB', '2.0 MB'))).toBeVisible();
  };
  await begin();
  await look(all);
  expect(desk.copying.get().status).toBe('copying');
  letGo();
  await vi.waitFor(() => expect(desk.copying.get().status).toBe('done'));
  expect(all.state().settings.modelUrl).toBe(SHIPPED_MODEL);
  await screen.getByRole('button', { name: models.hubModel.back }).click();
  await expect.element(screen.getByText(models.folder.copied('mine'))).toBeVisible();
  await screen.getByRole('button', { name: models.folder.use, exact: true }).click();
  expect(all.state().settings.modelUrl).toBe('local:mine-q8');
  await expect.element(screen.getByText(models.folder.copied('mine'))).not.toBeInTheDocument();

  desk.copied = new Promise(() => undefined);
  await begin();
  await screen.getByRole('button', { name: common.cancel }).last().click();
  await expect.element(screen.getByText(saying(models.folder.copying(ANY, ANY, ANY)))).not.toBeInTheDocument();
  expect(desk.copying.get().status).toBe('idle');
});
