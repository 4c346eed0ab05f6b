import { expect, it } from 'vitest';
import { notices } from './en/notices';
import { sayNotice, type Notice } from './notice';

const told = (notice: Notice, problem: string | null = null) => sayNotice(notices, notice, problem);

it('a notice has the words for its code', () => {
  expect(told({ code: 'library/quota' })).toEqual(notices.library.quota);
  expect(told({ code: 'session/not-restored', count: 2 })?.detail).toBe(
    notices.session['not-restored'].detail({ count: 2 }),
  );
  expect(told({ code: 'session/not-started' })).toBeNull();
});

it('what exactly happened stands behind the detail, or in its place', () => {
  const { detail } = notices.engine['bad-weights'];
  const text = 'decoder.onnx';
  expect(told({ code: 'engine/bad-weights', told: { text, instead: false } })?.detail).toBe(`${detail} (${text})`);
  expect(told({ code: 'engine/bad-weights', told: { text, instead: true } })?.detail).toBe(text);
  const problem = { of: 'engine', written: 'x', instead: true } as const;
  expect(told({ code: 'engine/bad-weights', problem }, 'Said.')?.detail).toBe('Said.');
  expect(told({ code: 'engine/bad-weights', problem })?.detail).toBe(detail);
});
