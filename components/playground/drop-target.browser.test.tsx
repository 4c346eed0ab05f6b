import { beforeEach, expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import type { GivenFile } from '@/lib/formats';
import { playground } from '@/lib/words/en/playground';
import { DropTarget } from './drop-target';

const onPictures = vi.fn<(files: readonly File[], folders: number) => void>();
const onFiles = vi.fn<(files: readonly GivenFile[]) => void>();
const onUrl = vi.fn<(url: string) => void>();
const onWords = vi.fn<() => void>();
const target = <DropTarget onPictures={onPictures} onFiles={onFiles} onUrl={onUrl} onWords={onWords} />;

beforeEach(() => {
  onPictures.mockClear();
  onFiles.mockClear();
  onUrl.mockClear();
  onWords.mockClear();
});

function carry(fill: (data: DataTransfer) => void): DataTransfer {
  const data = new DataTransfer();
  fill(data);
  return data;
}

const picture = () => new File([new Uint8Array([1, 2, 3])], 'cat.png', { type: 'image/png' });

const drag = (type: string, dataTransfer: DataTransfer, on: Element = document.body) =>
  on.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));

const paste = (on: Element, clipboardData: DataTransfer) =>
  on.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData }));

test('a file dropped anywhere is opened, and the page says so while it is held over it', async () => {
  const screen = await render(target);
  const data = carry((transfer) => transfer.items.add(picture()));
  drag('dragenter', data);
  await expect.element(screen.getByText(playground.dropHere)).toBeVisible();
  drag('drop', data);
  expect(onPictures.mock.calls.map(([files, folders]) => [files.map(({ name }) => name), folders])).toEqual([
    [['cat.png'], 0],
  ]);
  await expect.element(screen.getByText(playground.dropHere)).not.toBeInTheDocument();
});

test('records go another way than pictures, with all that comes along; so does JSON that is pasted', async () => {
  await render(target);
  const names = () => onFiles.mock.calls.map(([files]) => files.map(({ path }) => path));
  drag(
    'drop',
    carry((transfer) => {
      transfer.items.add(new File(['{}'], 'result.jsonl'));
      transfer.items.add(picture());
    }),
  );
  await expect.poll(names).toEqual([['result.jsonl', 'cat.png']]);
  paste(
    document.body,
    carry((transfer) => transfer.setData('text/plain', ' [{"role": "user", "content": "Hi"}]')),
  );
  await expect.poll(names).toEqual([['result.jsonl', 'cat.png'], ['pasted.json']]);
  expect([onPictures.mock.calls, onUrl.mock.calls]).toEqual([[], []]);
});

test('a dropped link is fetched', async () => {
  await render(target);
  drag(
    'drop',
    carry((transfer) => transfer.setData('text/uri-list', 'https://example.org/cat.png')),
  );
  expect(onUrl.mock.calls).toEqual([['https://example.org/cat.png']]);
});

test('a picture is pasted, also into a text field; words there stay words', async () => {
  await render(
    <>
      {target}
      <textarea aria-label="field" />
    </>,
  );
  const field = document.querySelector('textarea')!; // just rendered
  paste(
    field,
    carry((transfer) => transfer.setData('text/plain', 'https://example.org/cat.png')),
  );
  expect(onUrl).not.toHaveBeenCalled();
  paste(
    field,
    carry((transfer) => transfer.items.add(picture())),
  );
  expect(onPictures).toHaveBeenCalledOnce();
  paste(
    document.body,
    carry((transfer) => transfer.setData('text/plain', ' https://example.org/dog.png ')),
  );
  expect(onUrl.mock.calls).toEqual([['https://example.org/dog.png']]);
});

const words = (transfer: DataTransfer) => {
  transfer.setData('text/plain', 'Sales\t12');
  transfer.setData('text/html', '<table><tr><td>Sales</td><td>12</td></tr></table>');
  transfer.items.add(picture());
};

test('words with a picture of themselves are pasted as words; elsewhere it is said that they are no picture', async () => {
  await render(
    <>
      {target}
      <textarea aria-label="field" />
      <input type="checkbox" />
    </>,
  );
  const field = document.querySelector('textarea')!; // just rendered
  // Not cancelled: the browser puts the words into the field.
  expect(paste(field, carry(words))).toBe(true);
  expect(drag('drop', carry(words), field)).toBe(true);
  expect(onWords).not.toHaveBeenCalled();
  expect(paste(document.querySelector('input')!, carry(words))).toBe(false);
  paste(
    document.body,
    carry((transfer) => transfer.setData('text/plain', 'a cat')),
  );
  expect(onWords).toHaveBeenCalledTimes(2);
  expect(onUrl).not.toHaveBeenCalled();
  expect(onPictures).not.toHaveBeenCalled();
});

test('the picture of a link is what is dragged, also onto a field and as HTML alone', async () => {
  await render(
    <>
      {target}
      <textarea aria-label="field" />
    </>,
  );
  const html = '<a href="https://example.org/"><img src="data:image/png;base64,AAAA"></a>';
  const link = (transfer: DataTransfer) => {
    transfer.setData('text/html', html);
    transfer.setData('text/uri-list', 'https://example.org/');
  };
  const alone = carry((transfer) => transfer.setData('text/html', html));
  expect(drag('dragover', alone)).toBe(false);
  expect(drag('drop', alone)).toBe(false);
  expect(drag('drop', carry(link), document.querySelector('textarea')!)).toBe(false);
  expect(onUrl.mock.calls).toEqual([['data:image/png;base64,AAAA'], ['data:image/png;base64,AAAA']]);
});

test('what is dragged from this page is not opened', async () => {
  await render(
    <>
      {target}
      <img alt="own" />
    </>,
  );
  const data = carry((transfer) => transfer.setData('text/uri-list', 'https://example.org/own.png'));
  const own = document.querySelector('img')!; // just rendered
  drag('dragstart', data, own);
  drag('dragenter', data);
  expect(drag('dragover', data)).toBe(true);
  drag('drop', data);
  drag('dragend', data, own);
  expect(onUrl).not.toHaveBeenCalled();
  drag('drop', data);
  expect(onUrl).toHaveBeenCalledOnce();
});
