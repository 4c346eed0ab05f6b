import { beforeEach, expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import type { GivenFile } from '@/lib/formats';
import { DropTarget } from './drop-target';

const onFile = vi.fn<(file: File) => void>();
const onFiles = vi.fn<(files: readonly GivenFile[]) => void>();
const onUrl = vi.fn<(url: string) => void>();

beforeEach(() => {
  onFile.mockClear();
  onFiles.mockClear();
  onUrl.mockClear();
});

function carry(fill: (data: DataTransfer) => void): DataTransfer {
  const data = new DataTransfer();
  fill(data);
  return data;
}

const picture = () => new File([new Uint8Array([1, 2, 3])], 'cat.png', { type: 'image/png' });

const drag = (type: string, dataTransfer: DataTransfer) =>
  document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));

const paste = (on: Element, clipboardData: DataTransfer) =>
  on.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData }));

test('a file dropped anywhere is opened, and the page says so while it is held over it', async () => {
  const screen = await render(<DropTarget onFile={onFile} onFiles={onFiles} onUrl={onUrl} />);
  const data = carry((transfer) => transfer.items.add(picture()));
  drag('dragenter', data);
  await expect.element(screen.getByText('Let go to open it')).toBeVisible();
  drag('drop', data);
  expect(onFile.mock.calls.map(([file]) => file.name)).toEqual(['cat.png']);
  await expect.element(screen.getByText('Let go to open it')).not.toBeInTheDocument();
});

test('records go another way than pictures, with all that comes along; so does JSON that is pasted', async () => {
  await render(<DropTarget onFile={onFile} onFiles={onFiles} onUrl={onUrl} />);
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
  expect([onFile.mock.calls, onUrl.mock.calls]).toEqual([[], []]);
});

test('a dropped link is fetched', async () => {
  await render(<DropTarget onFile={onFile} onFiles={onFiles} onUrl={onUrl} />);
  drag(
    'drop',
    carry((transfer) => transfer.setData('text/uri-list', 'https://example.org/cat.png')),
  );
  expect(onUrl.mock.calls).toEqual([['https://example.org/cat.png']]);
});

test('a picture is pasted, also into a text field; words there stay words', async () => {
  await render(
    <>
      <DropTarget onFile={onFile} onFiles={onFiles} onUrl={onUrl} />
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
  expect(onFile).toHaveBeenCalledOnce();
  paste(
    document.body,
    carry((transfer) => transfer.setData('text/plain', ' https://example.org/dog.png ')),
  );
  expect(onUrl.mock.calls).toEqual([['https://example.org/dog.png']]);
});

test('pasted words that are no address open nothing', async () => {
  await render(<DropTarget onFile={onFile} onFiles={onFiles} onUrl={onUrl} />);
  paste(
    document.body,
    carry((transfer) => transfer.setData('text/plain', 'a cat')),
  );
  expect(onUrl).not.toHaveBeenCalled();
  expect(onFile).not.toHaveBeenCalled();
});
