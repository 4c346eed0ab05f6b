/**
 * The small libraries under Pyodide in Node, against what CPython gives with the real ones (fixtures/golden.json, made by
 * making/golden.py): the same output, the same errors, the same pictures to the byte, or within what a snippet states. Figures are
 * drawn by another hand than Matplotlib's: they have about its size, and look alike from afar.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPyodide, type PyodideAPI } from 'pyodide';
import { beforeAll, describe, expect, test } from 'vitest';
import { pythonSources } from '@/scripts/python-sources.mjs';
import { smallLibraries } from '.';
import golden from './fixtures/golden.json';

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

interface Kept {
  readonly width: number;
  readonly height: number;
  readonly sha?: string;
  readonly rgba?: string;
  /** What is left of a figure, RGB. */
  readonly small?: string;
}

const HERE = import.meta.dirname;
/** How much a figure's size and its colors (of 255, on the mean) may differ. */
const FIGURE = { size: 0.08, color: 16 } as const;

/** Read by Python as the module `handed`. */
const handed = { files: '', source: '' };
/** On stderr. */
const said: string[] = [];
const given: Picture[] = [];
const figures: Picture[] = [];
let python: PyodideAPI;

const keep =
  (list: Picture[]) =>
  (width: number, height: number, bytes: { readonly toJs: () => Uint8Array; readonly destroy?: () => void }): void => {
    list.push({ width, height, rgba: bytes instanceof Uint8Array ? bytes : bytes.toJs() });
  };

beforeAll(async () => {
  python = await loadPyodide({
    indexURL: join(HERE, '../../../node_modules/pyodide'),
    stderr: (line) => said.push(line),
  });
  python.registerJsModule('_loupe_pixels', smallLibraries.pixels);
  python.registerJsModule('_loupe', { show: keep(figures), emit: keep(given) });
  const runner = readFileSync(join(HERE, 'making/runner.py'), 'utf8');
  handed.files = JSON.stringify({ ...smallLibraries.files, 'runner.py': runner });
  python.registerJsModule('handed', handed);
  python.runPython(PUT_ON_PATH);
});

const PUT_ON_PATH = `
import handed, json, pathlib, sys
for path, text in json.loads(handed.files).items():
    target = pathlib.Path("/small", path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text)
sys.path.insert(0, "/small")
`;

function run(source: string): { readonly blocks: unknown; readonly pictures: readonly Picture[] } {
  given.length = 0;
  figures.length = 0;
  handed.source = source;
  const blocks: unknown = JSON.parse(
    String(python.runPython('import handed, json, runner, _loupe; json.dumps(runner.run(handed.source, _loupe.emit))')),
  );
  return { blocks, pictures: [...given, ...figures] };
}

function furthest(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((most, value, at) => Math.max(most, Math.abs(value - b[at]!)), 0);
}

describe.each(Object.entries(golden))('%s', (name, expected) => {
  test('gives what CPython gives', () => {
    const { blocks, pictures } = run(readFileSync(join(HERE, `making/snippets/${name}.py`), 'utf8'));
    expect(blocks).toEqual(expected.blocks);
    expect(pictures).toHaveLength(expected.pictures.length);
    for (const [index, kept] of (expected.pictures as readonly Kept[]).entries()) {
      const picture = pictures[index]!;
      if (kept.small !== undefined) looksLike(picture, kept);
      else {
        expect([index, picture.width, picture.height]).toEqual([index, kept.width, kept.height]);
        if (kept.rgba === undefined) expect([index, sha(picture.rgba)]).toEqual([index, kept.sha]);
        else {
          const most = furthest(picture.rgba, Buffer.from(kept.rgba, 'base64'));
          expect(most, `picture ${index}`).toBeLessThanOrEqual(expected.within);
        }
      }
    }
  });
});

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function looksLike(picture: Picture, { width, height, small = '' }: Kept): void {
  expect(Math.abs(picture.width / width - 1)).toBeLessThan(FIGURE.size);
  expect(Math.abs(picture.height / height - 1)).toBeLessThan(FIGURE.size);
  const { resize, convert } = smallLibraries.pixels;
  const colors = convert(new Uint8Array(picture.rgba), 4, 3);
  const [wide, high] = [Math.max(1, Math.floor(width / 16)), Math.max(1, Math.floor(height / 16))];
  const box = [0, 0, picture.width, picture.height] as const;
  const ours = resize(colors, picture.width, picture.height, 3, wide, high, 4, ...box);
  const theirs = Buffer.from(small, 'base64');
  const apart = ours.reduce((sum, value, at) => sum + Math.abs(value - theirs[at]!), 0) / ours.length;
  expect(apart).toBeLessThan(FIGURE.color);
}

test.each([
  ['import numpy', /^ModuleNotFoundError: NumPy is not here: this page runs the small libraries/],
  ['import cv2', /^ModuleNotFoundError: OpenCV is not here/],
  ['image_1.quantize(8)', /NotInSmallPillow: Image\.quantize is not in the small Pillow/],
  ['Image.fromarray([])', /NotInSmallPillow: PIL\.Image\.fromarray is not in the small Pillow/],
  ['image_1.save("/tmp/a.jpg")', /NotInSmallPillow: Image\.save\(\) as JPG/],
  ['from PIL import ImageFile', /^ImportError: cannot import name 'ImageFile'|NotInSmallPillow: PIL\.ImageFile/],
  [
    'import matplotlib.pyplot as plt; plt.pie([1])',
    /NotInSmallMatplotlib: matplotlib\.pyplot\.pie is not in the small/,
  ],
  ['import matplotlib.pyplot as plt; plt.gca().fill([1], [2])', /NotInSmallMatplotlib: Axes\.fill is not in the small/],
])('%s says what is missing', (source, error) => {
  expect(run(source).blocks).toEqual([{ stdout: '', error: expect.stringMatching(error) as string }]);
});

test('each of the two says once on stderr that it is the small one', () => {
  expect(said.filter((line) => line.startsWith('This is the small Pillow.'))).toHaveLength(1);
  expect(said.filter((line) => line.startsWith('This is the small Matplotlib.'))).toHaveLength(1);
});

test('words are drawn, in their size and at their place', () => {
  const { blocks, pictures } = run(`
from PIL import ImageDraw, ImageFont
im = Image.new("RGB", (200, 60), "white")
d = ImageDraw.Draw(im)
d.text((100, 30), "Exit 24", fill="black", font=ImageFont.load_default(30), anchor="mm")
print(d.textlength("Exit", font=ImageFont.load_default(10)), Image.eval(im, lambda v: 255 - v).getbbox())
give(im)
`);
  // Pillow's own: 17.0 and (56, 19, 145, 42).
  expect(blocks).toEqual([
    { error: '', stdout: expect.stringMatching(/^17\.0 \(5\d, (?:1[789]|2[01]), 14\d, 4\d\)\n$/) as string },
  ]);
  expect(pictures).toHaveLength(1);
});

test('the sources that are bundled are the sources', () => {
  expect(smallLibraries.files).toEqual(pythonSources());
});
