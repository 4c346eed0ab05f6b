/** What agents' programs cut: by PIL, OpenCV and command lines, in the pixels of the file. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCodeDesk } from './code-desk';
import { isCut, type Shot } from './shot';

const SIZE = { width: 2000, height: 1000 };
const desk = () => createCodeDesk((path) => (path.includes('unknown') ? null : SIZE));

const corners = ({ region }: Shot) => region && [region.box.x1, region.box.y1, region.box.x2, region.box.y2];
const shots = (code: string, notebook = true) => {
  const { shown, saved } = desk().python(code, notebook);
  return [...shown, ...saved.map(({ shot }) => shot)].map((shot) => [shot.file, corners(shot), shot.size]);
};
const size = (width: number, height: number) => ({ width, height });

describe('a program of Python', () => {
  it.each([
    [
      'the last value',
      "img = Image.open('/a.png')\nimg.crop((10,20,110,220)).resize((50, 100))",
      [10, 20, 110, 220],
      size(50, 100),
    ],
    [
      'named and shown',
      'import PIL\nim = PIL.Image.open("/a.png")\nc = im.crop(box=(1, 2, 3.5, 4))\ndisplay(c)',
      [1, 2, 3.5, 4],
      size(2.5, 2),
    ],
    [
      'a list as a box',
      "im=Image.open('/a.png'); b=[5,6,7,8]; plt.imshow(im.crop(b)); plt.show()",
      [5, 6, 7, 8],
      size(2, 2),
    ],
    [
      'sides reckoned',
      "im=Image.open('/a.png')\nw, h = im.size\nbox = [270, 160, 415, 315] # [ymin, xmin, ymax, xmax]\ny1, x1, y2, x2 = box\nim.crop((int(x1*w/1000), int(y1*h/1000), int(x2 * w / 1000), int(y2*h/1000)))",
      [320, 270, 630, 415],
      size(310, 145),
    ],
    [
      'OpenCV',
      "im = cv2.imread('/a.png')\ncrop = im[20:220, 10:110]\ncv2.imwrite('/tmp/c.png', crop)",
      [10, 20, 110, 220],
      size(100, 200),
    ],
    ['to the edge', "im = cv2.imread('/a.png')\nimshow(im[500:, :800])", [0, 500, 800, 1000], size(800, 500)],
    [
      'a path in a name',
      "p = '/mnt/' + 'a.png'\nim = Image.open(p).convert('RGB')\nim.crop((1,2,3,4)).save(f'/tmp/{p}')",
      [1, 2, 3, 4],
      size(2, 2),
    ],
    [
      'a block',
      "with Image.open('/a.png') as im:\n    out = im.crop((\n        1, 2,  # left\n        3, 4,\n    ))\n    out.save('x.png')\n",
      [1, 2, 3, 4],
      size(2, 2),
    ],
    [
      'twice over',
      "im=Image.open('/a.png')\na=im.crop((100,100,500,300)).resize((800,400))\na.crop((200,100,400,200))",
      [200, 150, 300, 200],
      size(200, 100),
    ],
    [
      'of what was shrunk',
      "im=Image.open('/a.png').resize((1000,500))\nim.crop((10,20,30,40))",
      [20, 40, 60, 80],
      size(20, 20),
    ],
    [
      'a thumbnail',
      "im=Image.open('/a.png')\nim.thumbnail((1000, 1000))\nim.crop((10,20,30,40))",
      [20, 40, 60, 80],
      size(20, 20),
    ],
    [
      'colours aside',
      "from PIL import ImageEnhance\nim=Image.open('/a.png')\nc=im.crop((1,2,3,4))\nImageEnhance.Contrast(c).enhance(2.0).resize((c.width*4, c.height*4))",
      [1, 2, 3, 4],
      size(8, 8),
    ],
  ])('%s', (_, code, box, seen) => {
    expect(shots(code)).toEqual([[expect.stringContaining('a.png'), box, seen]]);
  });

  it('each round of a loop', () => {
    const code =
      "im = Image.open('a.png')\nboxes = {'l': (0,0,10,10), 'r': (20,0,30,10)}\nfor i, (name, box) in enumerate(boxes.items()):\n    im.crop(box).save(f'c_{name}.png')\n    display(im.crop(box))\n";
    const { saved, shown } = desk().python(code, true);
    expect(saved.map(({ path, shot }) => [path, corners(shot)])).toEqual([
      ['c_l.png', [0, 0, 10, 10]],
      ['c_r.png', [20, 0, 30, 10]],
    ]);
    expect(shown).toHaveLength(2);
  });

  it('each of a list', () => {
    const code =
      "im = Image.open('a.png')\ncrops = [im.crop(b).resize((40, 40)) for b in [(0,0,10,10), (20,0,30,10)]]\nfor c in crops:\n    display(c)";
    expect(shots(code).map(([, box]) => box)).toEqual([
      [0, 0, 10, 10],
      [20, 0, 30, 10],
    ]);
  });

  it('names and files live on', () => {
    const own = desk();
    own.python("img1 = Image.open('a.png'); img1.crop((100,100,300,200)).save('/tmp/c.png')", true);
    expect(corners(own.python('img1.crop((1,2,3,4))', true).shown[0]!)).toEqual([1, 2, 3, 4]);
    expect(corners(own.python("Image.open('c.png').crop((1,2,3,4))", true).shown[0]!)).toEqual([101, 102, 103, 104]);
  });

  it('a size that nobody knows makes fractions of it', () => {
    const [shot] = desk().python("Image.open('unknown.png').resize((1000, 500)).crop((100,50,200,100))", true).shown;
    expect(shot?.region).toEqual({ box: { x1: 0.1, y1: 0.1, x2: 0.2, y2: 0.2 }, unit: 'fractions' });
  });

  it('what is turned is no rectangle any longer, and what goes beyond is passed over', () => {
    const [shot] = desk().python("Image.open('a.png').rotate(30).crop((1,2,3,4))", true).shown;
    expect(isCut(shot!, SIZE)).toBe(false);
    expect(
      shots("im = Image.open('a.png')\nx = [y for y in z\nim.crop((q, 1, 2, 3))\nlambda: im.crop((1,2,3,4))"),
    ).toEqual([]);
    expect(shots("__import__('os').system('x')\nexec('1')\nopen('a.png')")).toEqual([]);
  });

  it('shows a picture that is only printed: none, but asks its size', () => {
    const { shown, asked } = desk().python("im = Image.open('a.png')\nprint(im.size)", false);
    expect(shown).toEqual([]);
    expect(asked.map(({ file }) => file)).toEqual(['a.png']);
  });

  it('ends, whatever it is given', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '(',
            ')',
            '[',
            ']',
            '{',
            '}',
            ',',
            ':',
            'for ',
            ' in ',
            'img',
            '.crop',
            '=',
            '1',
            '"',
            "'",
            '\n',
            '  ',
            '*',
            '-',
            'range(9999)',
            "Image.open('a')",
          ),
        ),
        (words) => {
          desk().python(`img = Image.open('a.png')\n${words.join('')}`, true);
          desk().shell(words.join(''));
        },
      ),
      { numRuns: 500 },
    );
    desk().python('('.repeat(100_000), true);
    desk().python('for a in range(200):\n for b in range(200):\n  for c in range(200):\n   display(a)', true);
  });
});

describe('a command line', () => {
  it.each([
    [
      'python -c',
      `cd x && python3 -c "from PIL import Image; im=Image.open('a.png'); im.crop((1,2,3,4)).save('/tmp/c.png')"`,
      [1, 2, 3, 4],
    ],
    [
      'a document',
      "python3 - <<'EOF'\nfrom PIL import Image\nImage.open('a.png').crop((1,2,3,4)).save(\"c.png\")\nEOF\nls",
      [1, 2, 3, 4],
    ],
    ['ImageMagick', 'magick a.png -crop 300x200+10+20 +repage -resize 200% /tmp/c.png', [10, 20, 310, 220]],
    ['ImageMagick, behind the name', 'convert "a.png[300x200+10+20]" c.png', [10, 20, 310, 220]],
    ['sips', 'sips -c 200 300 --cropOffset 20 10 a.png --out c.png', [10, 20, 310, 220]],
    ['ffmpeg', 'ffmpeg -y -i a.png -vf "crop=300:200:10:20" c.png 2>/dev/null', null],
  ])('%s', (_, command, box) => {
    const { saved } = desk().shell(command);
    expect(saved.map(({ shot }) => corners(shot))).toEqual([box ?? [10, 20, 310, 220]]);
  });
});
