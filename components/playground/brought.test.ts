import { expect, it } from 'vitest';
import { broughtBy, hasWords, pictureOfHtml, type Carrier } from './brought';

const PICTURE = 'https://example.org/cat.png?a=1&b=2';
const IMG = `<a href="https://example.org/page"><img alt='a > "b"' data-src="x" src="${PICTURE.replace('&', '&amp;')}"></a>`;
const file = (name: string, bytes = 'x') => new File([bytes], name);

function carry(types: Readonly<Record<string, string>>, files: readonly File[] = [], folder = ''): Carrier {
  const entry = { isDirectory: true, name: folder };
  return {
    files: files as unknown as FileList,
    getData: (type) => types[type] ?? '',
    items: folder ? [{ kind: 'file', webkitGetAsEntry: () => entry } as unknown as DataTransferItem] : [],
  };
}

it('files before the picture of the HTML, that before the address around it', () => {
  const link = { 'text/uri-list': '# of a page\r\nhttps://example.org/page', 'text/html': IMG, 'text/plain': 'cat' };
  const cat = file('cat.png');
  expect(broughtBy(carry(link, [cat]))).toEqual({ kind: 'files', files: [cat], folders: 0 });
  expect(broughtBy(carry(link))).toEqual({ kind: 'address', address: PICTURE });
  expect(broughtBy(carry({ 'text/html': IMG }))).toEqual({ kind: 'address', address: PICTURE });
  expect(broughtBy(carry({ ...link, 'text/html': '<a href="x">words</a>' }))).toEqual({
    kind: 'address',
    address: 'https://example.org/page',
  });
  for (const address of ['data:image/png;base64,AAAA', 'blob:https://example.org/1', PICTURE]) {
    expect(broughtBy(carry({ 'text/plain': address }))).toEqual({ kind: 'address', address });
    expect(broughtBy(carry({ 'text/html': `<IMG class=a SRC=${address}>` }))).toEqual({ kind: 'address', address });
  }
});

it('a folder is counted as one, and is no file', () => {
  const cat = file('cat.png');
  expect(broughtBy(carry({}, [file('Photos', '')], 'Photos'))).toEqual({ kind: 'files', files: [], folders: 1 });
  expect(broughtBy(carry({}, [file('Photos', ''), cat], 'Photos'))).toEqual({
    kind: 'files',
    files: [cat],
    folders: 1,
  });
});

it('words are words, nothing is nothing', () => {
  expect(broughtBy(carry({ 'text/plain': 'a cat at https://example.org' }))).toEqual({ kind: 'words' });
  expect(broughtBy(carry({ 'text/html': '<p>a cat</p>' }))).toEqual({ kind: 'words' });
  expect(broughtBy(carry({}))).toEqual({ kind: 'nothing' });
});

it('words with a picture of themselves are words; a file with its name, a picture with its address are not', () => {
  const self = [file('image.png')];
  expect(hasWords(carry({ 'text/plain': 'Sales\t12\r\n', 'text/html': '<table>' }, self))).toBe(true);
  expect(hasWords(carry({ 'text/html': IMG, 'text/plain': ' \r\n' }, self))).toBe(false);
  expect(hasWords(carry({ 'text/html': IMG, 'text/plain': PICTURE }, self))).toBe(false);
  expect(hasWords(carry({ 'text/plain': 'a.png\n/home/b.png' }, [file('a.png'), file('b.png')]))).toBe(false);
});

it.each([
  ['<img src="/cat.png">', null],
  ['<imgsrc="https://x.org/a.png">', null],
  ['<img alt="src=https://x.org/a.png">', null],
  ['<img src>', null],
  ['<img', null],
  ['<p><img src="rel.png"><img\n src = \'https://x.org/&#x61;&#46;png\' />', 'https://x.org/a.png'],
  ['<img src="https://x.org/&#9999999;">', 'https://x.org/&#9999999;'],
])('the picture of %j', (html, address) => {
  expect(pictureOfHtml(html)).toBe(address);
});
