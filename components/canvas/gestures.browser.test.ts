import { expect, test, vi } from 'vitest';
import { listenToGestures } from './gestures';

test('a pinch on a trackpad in Safari zooms the picture under the pointer, and not the page', () => {
  const element = document.createElement('div');
  Object.assign(element.style, { position: 'fixed', left: '10px', top: '20px', width: '200px', height: '200px' });
  document.body.append(element);
  const wishes = { grab: vi.fn(), panBy: vi.fn(), zoomAt: vi.fn(), release: vi.fn() };
  const rest = { toggle: vi.fn(), press: vi.fn(), point: vi.fn() };
  const leave = listenToGestures(element, { ...wishes, ...rest });
  /** Whether the page is left alone. */
  const gesture = (type: string, scale: number) => {
    const event = new MouseEvent(type, { bubbles: true, cancelable: true, clientX: 60, clientY: 90 });
    return !element.dispatchEvent(Object.assign(event, { scale }));
  };
  expect(gesture('gesturestart', 1)).toBe(true);
  expect(gesture('gesturechange', 1.5)).toBe(true);
  expect(gesture('gesturechange', 3)).toBe(true);
  expect(gesture('gestureend', 3)).toBe(true);
  expect(wishes.grab).toHaveBeenCalledOnce();
  expect(wishes.zoomAt.mock.calls).toEqual([
    [{ x: 50, y: 70 }, 1.5],
    [{ x: 50, y: 70 }, 2],
  ]);
  expect(wishes.release).toHaveBeenCalledOnce();
  leave();
  expect(gesture('gesturestart', 1)).toBe(false);
  element.remove();
});
