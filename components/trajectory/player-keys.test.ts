import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { commandOf } from './player-keys';

/** As much of an element as the keys look at: what it matches, and what is open over the page. */
class FakeElement {
  readonly ownerDocument: { querySelector: (selector: string) => unknown };
  constructor(
    private readonly tag: string,
    modal = false,
  ) {
    this.ownerDocument = { querySelector: () => (modal ? {} : null) };
  }
  closest(selector: string): unknown {
    return selector.split(',').some((part) => part.trim() === this.tag) ? this : null;
  }
}

beforeEach(() => vi.stubGlobal('Element', FakeElement));
afterEach(() => vi.unstubAllGlobals());

const press = (key: string, on = new FakeElement('body'), shiftKey = false, more: Partial<KeyboardEvent> = {}) =>
  commandOf({ key, code: '', shiftKey, target: on, ...more } as unknown as KeyboardEvent);

describe('Escape', () => {
  test('is heard also from the question field', () => {
    expect(press('Escape')).toBe('escape');
    expect(press('Escape', new FakeElement('textarea'))).toBe('escape');
    expect(press('b', new FakeElement('textarea'))).toBeNull();
  });

  test('belongs to what is open over the page', () => {
    expect(press('Escape', new FakeElement('[role="dialog"]'))).toBeNull();
    expect(press('Escape', new FakeElement('textarea', true))).toBeNull();
    expect(press('Escape', new FakeElement('select'))).toBeNull();
  });
});

test('0 is a digit also where it takes Shift; other keys with Shift are left alone', () => {
  expect(press('0', undefined, true)).toBe('fit');
  expect(press('?', undefined, true)).toBe('help');
  expect(press('B', undefined, true)).toBeNull();
});

test('letters work where the layout writes other ones, and an input method keeps its keys', () => {
  expect(press('ы', undefined, false, { code: 'KeyS' })).toBe('share');
  expect(press('لا', undefined, false, { code: 'KeyB' })).toBe('boxes');
  expect(press('ㅏ', undefined, false, { code: 'KeyK' })).toBe('previous');
  expect(press('ы', new FakeElement('textarea'), false, { code: 'KeyS' })).toBeNull();
  const composing = { keyCode: 229 };
  expect(press('Escape', new FakeElement('textarea'), false, composing)).toBeNull();
  // Where nothing can be written, nothing is composed.
  expect(press('Process', undefined, false, { ...composing, code: 'KeyJ' })).toBe('next');
});
