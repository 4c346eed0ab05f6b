/* eslint-disable @typescript-eslint/no-deprecated -- it is how browsers tell keys of an input method */
import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { Sheet } from './sheet';

test('Escape of an input method leaves the dialog open, also where the browser ends the composition first', async () => {
  const onOpenChange = vi.fn();
  const screen = await render(
    <Sheet open onOpenChange={onOpenChange} title="Names">
      <input aria-label="Name" />
    </Sheet>,
  );
  const field = screen.getByRole('textbox', { name: 'Name' });
  await expect.element(field).toBeInTheDocument();
  const press = (init: KeyboardEventInit) =>
    field.element().dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, ...init }));
  press({ keyCode: 229, isComposing: true });
  press({ keyCode: 229, isComposing: false });
  expect(onOpenChange).not.toHaveBeenCalled();
  press({ keyCode: 27 });
  expect(onOpenChange).toHaveBeenCalledWith(false);
});

test('Tab stays in the dialog, in both directions and from nowhere', async () => {
  const screen = await render(
    <>
      <button type="button">Behind</button>
      <Sheet open onOpenChange={() => undefined} title="Keys">
        <a href="#one">One</a>
        <button type="button">Two</button>
      </Sheet>
    </>,
  );
  await expect.element(screen.getByRole('button', { name: 'Close' })).toHaveFocus();
  const walk = async (key: string, times: number) => {
    const names: (string | null)[] = [];
    for (let n = 0; n < times; n += 1) {
      await userEvent.keyboard(key);
      names.push(document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? null);
    }
    return names;
  };
  expect(await walk('{Tab}', 4)).toEqual(['One', 'Two', 'Close', 'One']);
  expect(await walk('{Shift>}{Tab}{/Shift}', 3)).toEqual(['Close', 'Two', 'One']);
  for (const key of ['{Tab}', '{Shift>}{Tab}{/Shift}']) {
    (document.activeElement as HTMLElement).blur(); // an element of the page
    expect(['Close', 'Two']).toContain((await walk(key, 1))[0]);
  }
});
