/* eslint-disable @typescript-eslint/no-deprecated -- it is how browsers tell keys of an input method */
import { useState } from 'react';
import { expect, onTestFinished, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { playground } from '@/lib/words/en/playground';
import { Composer } from './composer';

const { composer: words } = playground;

function Held({ onAsk, busy = false, ready = true }: { onAsk: () => void; busy?: boolean; ready?: boolean }) {
  const [question, setQuestion] = useState('');
  return (
    <Composer
      question={question}
      onQuestion={setQuestion}
      onAsk={onAsk}
      onStop={() => undefined}
      busy={busy}
      ready={ready}
    />
  );
}

test('Enter asks, Shift+Enter breaks the line', async () => {
  const onAsk = vi.fn();
  const screen = await render(<Held onAsk={onAsk} />);
  const field = screen.getByRole('textbox', { name: words.question });
  await userEvent.type(field, 'What is{Shift>}{Enter}{/Shift}this?');
  await expect.element(field).toHaveValue('What is\nthis?');
  expect(onAsk).not.toHaveBeenCalled();
  await userEvent.keyboard('{Enter}');
  expect(onAsk).toHaveBeenCalledOnce();
});

test('Enter that picks a character does not send, also where the browser ends the composition first', async () => {
  const onAsk = vi.fn();
  const screen = await render(<Held onAsk={onAsk} />);
  const field = screen.getByRole('textbox', { name: 'Question' });
  await userEvent.type(field, '猫はどこ');
  const press = (init: KeyboardEventInit) =>
    field
      .element()
      .dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...init }));
  press({ isComposing: true, keyCode: 229 });
  // Safari: compositionend has been told already.
  press({ isComposing: false, keyCode: 229 });
  expect(onAsk).not.toHaveBeenCalled();
  press({ keyCode: 13 });
  expect(onAsk).toHaveBeenCalledOnce();
  expect(field.element().getAttribute('dir')).toBe('auto');
});

test('the field grows and shrinks with what is in it where the browser does not do that', async () => {
  vi.spyOn(CSS, 'supports').mockReturnValue(false);
  onTestFinished(() => void vi.restoreAllMocks());
  const screen = await render(<Held onAsk={() => undefined} />);
  const field = screen.getByRole('textbox', { name: 'Question' });
  const height = () => field.element().clientHeight;
  await userEvent.fill(field, 'one');
  const line = height();
  await userEvent.fill(field, 'one\ntwo\nthree\nfour');
  expect(height()).toBeGreaterThan(2 * line);
  expect(height()).toBe(field.element().scrollHeight);
  await userEvent.fill(field, 'one');
  expect(height()).toBe(line);
});

test('nothing is asked without a picture, without words, or while the model works', async () => {
  const onAsk = vi.fn();
  const screen = await render(<Held onAsk={onAsk} ready={false} />);
  await userEvent.type(screen.getByRole('textbox'), 'Well?{Enter}');
  await expect.element(screen.getByRole('button', { name: words.ask })).toBeDisabled();
  await screen.rerender(<Held onAsk={onAsk} busy />);
  await userEvent.type(screen.getByRole('textbox'), '{Enter}');
  await expect.element(screen.getByRole('button', { name: words.stop })).toBeVisible();
  await screen.rerender(<Held onAsk={onAsk} />);
  await userEvent.clear(screen.getByRole('textbox'));
  await userEvent.type(screen.getByRole('textbox'), '  {Enter}');
  expect(onAsk).not.toHaveBeenCalled();
});

function Working({ onAsk, onStop }: { onAsk: () => void; onStop: () => void }) {
  const [busy, setBusy] = useState(false);
  return (
    <Composer
      question="What is this?"
      onQuestion={() => undefined}
      onAsk={() => {
        onAsk();
        setBusy(true);
      }}
      onStop={() => {
        onStop();
        setBusy(false);
      }}
      busy={busy}
      ready
    />
  );
}

test('a second click does not press the button that has come in the place of the first', async () => {
  const onAsk = vi.fn();
  const onStop = vi.fn();
  const screen = await render(<Working onAsk={onAsk} onStop={onStop} />);
  // No time passes by itself: on a busy machine it could be more than a double click takes.
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  // Pressed at once, without the waiting that a click by coordinates does.
  const press = async () => {
    document.querySelector<HTMLElement>('form button')?.click();
    await Promise.resolve();
  };
  const ask = document.querySelector('form button');
  await press();
  expect(document.querySelector('form button')).not.toBe(ask);
  await press();
  expect([onAsk.mock.calls.length, onStop.mock.calls.length]).toEqual([1, 0]);

  vi.advanceTimersByTime(350);
  await press();
  await press();
  expect([onAsk.mock.calls.length, onStop.mock.calls.length]).toEqual([1, 1]);
  await expect.element(screen.getByRole('button', { name: words.ask })).toBeVisible();
});

test('the keyboard stays where the button was', async () => {
  const screen = await render(<Working onAsk={() => undefined} onStop={() => undefined} />);
  document.querySelector<HTMLElement>('form button')?.focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(screen.getByRole('button', { name: words.stop })).toHaveFocus();
});
