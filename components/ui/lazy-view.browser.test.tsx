/** Code that comes later, in a real browser: shown as soon as it is there, waited for in sight, thrown where it does not come. */
import { Component, type ReactNode } from 'react';
import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { lazyView } from './lazy-view';

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

class Boundary extends Component<{ readonly children: ReactNode }, { readonly message: string | null }> {
  override state = { message: null };
  static getDerivedStateFromError = (error: Error) => ({ message: error.message });
  override render() {
    return this.state.message ?? this.props.children;
  }
}

test('code that does not come is an error of the page, and is asked for again the next time', async () => {
  const load = vi.fn(() => Promise.reject<typeof Hello>(new Error('no network')));
  const View = lazyView(load);
  const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const screen = await render(
    <Boundary>
      <View name="you" />
    </Boundary>,
  );
  await expect.element(screen.getByText('no network')).toBeVisible();
  load.mockImplementation(() => Promise.resolve(Hello));
  const again = await render(<View name="you" />);
  await expect.element(again.getByText('Hello you')).toBeVisible();
  quiet.mockRestore();
});
