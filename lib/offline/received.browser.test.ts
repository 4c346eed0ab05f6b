/** A file that the system opens with the app: it comes by the launch queue, and only where the page was opened for it. */
import { expect, test } from 'vitest';
import { takeReceived } from './received';

function queue(files: readonly { getFile(): Promise<File> }[]): void {
  Object.defineProperty(window, 'launchQueue', {
    configurable: true,
    value: { setConsumer: (take: (launch: object) => void) => take({ files }) },
  });
}

test('the first file of a launch is taken; a launch without one, and another address, have none', async () => {
  const file = new File(['{}'], 'a run.json');
  queue([{ getFile: () => Promise.resolve(file) }]);
  expect(await takeReceived(new URLSearchParams('?opened'))).toBe(file);
  expect(await takeReceived(new URLSearchParams(''))).toBeNull();
  queue([]);
  expect(await takeReceived(new URLSearchParams('?opened'))).toBeNull();
  queue([{ getFile: () => Promise.reject(new DOMException('gone', 'NotFoundError')) }]);
  await expect(takeReceived(new URLSearchParams('?opened'))).rejects.toThrow('gone');
});
