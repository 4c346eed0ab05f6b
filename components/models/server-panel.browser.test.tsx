/** Choosing a model behind a server: presets, an address of one's own, servers of this site, a key, what goes wrong. */
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { EngineError, type VlmEngine } from '@/lib/engine';
import { parseRemote } from '@/lib/engine/remote';
import { SessionProvider } from '@/lib/session';
import { sessionOver } from '@/lib/session/fixtures/session-over';
import { servers as words } from '@/lib/words/en/servers';
import type { ServerDesk } from './server-desk';
import { ServerPanel } from './server-panel';

const never = (): never => {
  throw new Error('Nothing runs here.');
};
const engine: VlmEngine = { load: never, generate: never, dispose: () => Promise.resolve() };

interface Asked {
  readonly server: Parameters<ServerDesk['list']>[0];
  readonly key: string | null;
}

async function open(
  list: () => Promise<readonly string[] | null> = () => Promise.resolve(['ChenShawn/DeepEyes-7B', 'other']),
) {
  const asked: Asked[] = [];
  const used: string[] = [];
  const desk: ServerDesk = {
    forwarded: () => Promise.resolve([{ name: 'lab', wire: 'messages', keyed: true }]),
    list(server, key) {
      asked.push({ server, key });
      return list();
    },
  };
  const session = sessionOver(engine);
  const screen = await render(
    <SessionProvider session={session}>
      <ServerPanel desk={desk} onUse={(modelUrl) => used.push(modelUrl)} />
    </SessionProvider>,
  );
  const connect = () => screen.getByRole('button', { name: words.connect }).click();
  return { screen, asked, used, connect, session };
}

test('a preset is asked for its models, one is chosen with how it is asked, and used', async () => {
  const { screen, asked, used, connect } = await open();
  await connect();
  await expect.element(screen.getByText(words.found(2))).toBeVisible();
  expect(asked).toEqual([{ server: { wire: 'chat', server: { url: 'http://localhost:8000/v1' } }, key: null }]);
  await screen.getByText(words.how).click();
  await expect.element(screen.getByLabelText(words.dialect)).toHaveValue('deepeyes');
  await expect.element(screen.getByLabelText(words.frame)).toHaveValue('resized-pixels');
  await screen.getByLabelText(words.dialect).selectOptions(words.dialects['deepeyes-last']);
  await screen.getByLabelText(words.maxPixels).fill('500000');
  await screen.getByRole('button', { name: words.use }).click();
  expect(used.map(parseRemote)).toMatchObject([
    { model: 'ChenShawn/DeepEyes-7B', dialect: 'deepeyes-last', maxPixels: 500000 },
  ]);
});

test('a dialect of one’s own is written, tried on a reply, chosen, changed, and brought back from its file', async () => {
  const { screen, used, connect, session } = await open();
  await connect();
  await screen.getByText(words.how).click();
  await screen.getByRole('button', { name: words.own.write }).click();
  const form = screen.getByRole('form', { name: words.own.heading });
  await form.getByLabelText(words.own.name).fill('Mine');
  await form.getByLabelText(words.own.call).fill('<look>{x1} {y1}</look>');
  await expect.element(form.getByRole('status')).toHaveTextContent(words.own.problems.places);
  await expect.element(form.getByRole('button', { name: words.own.save })).toBeDisabled();
  await form.getByLabelText(words.own.call).fill('<look>{x1}; {y1}; {x2}; {y2}</look>');
  await form.getByLabelText(words.frame).selectOptions(words.frames.fractions);
  await form.getByLabelText(words.own.trying).fill('There. <look>0.1;0.2;0.3;0.4</look>');
  await expect.element(form.getByRole('list', { name: words.own.read })).toHaveTextContent('[0.1,0.2,0.3,0.4]');
  await form.getByRole('button', { name: words.own.save }).click();
  await expect.element(screen.getByLabelText(words.dialect)).toHaveValue('own:Mine');
  expect(screen.getByLabelText(words.frame).elements()).toEqual([]);
  const file = session.getState().dialects.Mine ?? '';
  expect(JSON.parse(file)).toMatchObject({ name: 'Mine', frame: 'fractions' });

  await screen.getByRole('button', { name: words.own.edit }).click();
  await form.getByLabelText(words.own.name).fill('Ours');
  await form.getByRole('button', { name: words.own.save }).click();
  await screen.getByRole('button', { name: words.use }).click();
  expect(used.map(parseRemote)).toMatchObject([{ dialect: 'own:Ours', frame: undefined }]);
  expect(Object.keys(session.getState().dialects)).toEqual(['Ours']);

  await screen.getByRole('button', { name: words.own.remove }).click();
  await expect.element(screen.getByLabelText(words.dialect)).toHaveValue('deepeyes');
  const brought = screen.getByLabelText(words.own.bring);
  await brought.upload(new File(['{}'], 'nothing.json'));
  await expect.element(screen.getByText(words.own.problems['no-dialect'])).toBeVisible();
  await brought.upload(new File([file], 'Mine.loupe-dialect.json'));
  await expect.element(screen.getByLabelText(words.dialect)).toHaveValue('own:Mine');
});

test('a key is kept for its own address, sent with the next question for models, and forgotten', async () => {
  const { screen, asked, connect, session } = await open();
  await screen.getByLabelText(words.key, { exact: true }).fill('sk-test-1');
  await connect();
  await expect.element(screen.getByText(words.found(2))).toBeVisible();
  expect(asked.at(-1)?.key).toBe('sk-test-1');
  await screen.getByLabelText(words.preset).selectOptions(words.presets['llama-cpp']);
  await connect();
  await expect.element(screen.getByText(words.found(2))).toBeVisible();
  expect(asked.at(-1)?.key).toBeNull();
  await screen.getByLabelText(words.preset).selectOptions(words.presets.vllm);
  await screen.getByRole('button', { name: words.forget }).click();
  expect(session.getState().keys).toEqual({});
});

test('what the site passes on is chosen by its name, without an address and with its key', async () => {
  const { screen, used, connect } = await open(() => Promise.resolve(null));
  await screen.getByLabelText(words.preset).selectOptions(words.ofThisSite({ name: 'lab' }));
  await expect.element(screen.getByText(words.keyOfSite)).toBeVisible();
  expect(screen.getByLabelText(words.address).elements()).toEqual([]);
  await connect();
  await screen.getByLabelText(words.model).fill('claude-test');
  await screen.getByRole('button', { name: words.use }).click();
  expect(used.map(parseRemote)).toMatchObject([{ wire: 'messages', server: { via: 'lab' }, model: 'claude-test' }]);
});

test('what goes wrong is said with its cure, also of an address that is none', async () => {
  const { screen, connect } = await open(() => Promise.reject(new EngineError('server', { code: 'cors' })));
  await connect();
  await expect.element(screen.getByRole('alert')).toHaveTextContent(words.problems.cors);
  await screen.getByLabelText(words.preset).selectOptions(words.presets.other);
  await screen.getByLabelText(words.address).fill('http://me:secret@localhost');
  await connect();
  await expect.element(screen.getByRole('alert')).toHaveTextContent(words.addressWrong);
});
