/** Code that comes later, in a real browser: shown as soon as it is there, waited for in sight; where it does not come, or breaks, a way on. */
import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { reliability } from '@/lib/words/en/reliability';
import { lazyView } from './lazy-view';

const words = reliability.part;

interface Sheet {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

const Hello = ({ name }: { readonly name: string }) => <p>Hello {name}</p>;

test('what waits is seen, then the component with its properties', async () => {
  let come: (component: typeof Hello) => void = () => undefined;
  const View = lazyView(() => new Promise<typeof Hello>((resolve) => (come = resolve)), <p>Waiting</p>);
  const screen = await render(<View name="you" />);
  await expect.element(screen.getByText('Waiting')).toBeVisible();
  come(Hello);
  await expect.element(screen.getByText('Hello you')).toBeVisible();
  expect(screen.container.textContent).toBe('Hello you');
});

test('asked for ahead, it stands there at once, and is not asked for again', async () => {
  const load = vi.fn(() => Promise.resolve(Hello));
  const View = lazyView(load, <p>Waiting</p>);
  View.preload();
  await Promise.resolve();
  const screen = await render(<View name="you" />);
  expect(screen.container.textContent).toBe('Hello you');
  expect(load).toHaveBeenCalledTimes(1);
});

test('code that does not come leaves a way on in its place, and comes when it is tried again', async () => {
  const load = vi.fn(() => Promise.reject<typeof Hello>(new Error('no network')));
  const View = lazyView(load);
  const screen = await render(<View name="you" />);
  await expect.element(screen.getByRole('alert')).toHaveTextContent(words.missing);
  load.mockImplementation(() => Promise.resolve(Hello));
  await screen.getByRole('button', { name: words.again }).click();
  await expect.element(screen.getByText('Hello you')).toBeVisible();
});

test('it comes by itself when the network is back', async () => {
  const load = vi.fn(() => Promise.reject<typeof Hello>(new Error('no network')));
  const View = lazyView(load);
  const screen = await render(<View name="you" />);
  await expect.element(screen.getByRole('alert')).toBeVisible();
  load.mockImplementation(() => Promise.resolve(Hello));
  window.dispatchEvent(new Event('online'));
  await expect.element(screen.getByText('Hello you')).toBeVisible();
});

test('what would stand over the page can be closed where its code does not come', async () => {
  const View = lazyView<Sheet>(() => Promise.reject(new Error('no network')));
  const onOpenChange = vi.fn();
  const screen = await render(<View open onOpenChange={onOpenChange} />);
  await screen.getByRole('button', { name: words.close }).click();
  expect(onOpenChange).toHaveBeenCalledWith(false);
  await screen.rerender(<View open={false} onOpenChange={onOpenChange} />);
  await expect.element(screen.getByRole('alert')).not.toBeInTheDocument();
});

test('one that breaks takes nothing with it, and is shown again when it is tried again', async () => {
  let broken = true;
  const View = lazyView(() =>
    Promise.resolve(({ name }: { readonly name: string }) => {
      if (broken) throw new Error('a fault');
      return <p>Hello {name}</p>;
    }),
  );
  const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const screen = await render(
    <>
      <p>Beside it</p>
      <View name="you" />
    </>,
  );
  await expect.element(screen.getByRole('alert')).toHaveTextContent(words.broke);
  await expect.element(screen.getByText('Beside it')).toBeVisible();
  broken = false;
  await screen.getByRole('button', { name: words.again }).click();
  await expect.element(screen.getByText('Hello you')).toBeVisible();
  quiet.mockRestore();
});
