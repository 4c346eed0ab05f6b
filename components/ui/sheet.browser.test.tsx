import { expect, test, vi } from 'vitest';
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
