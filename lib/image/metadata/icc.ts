/**
 * ICC profiles, written anew. A profile is a file of its own with room for texts, pictures of patches, private tags and gaps, so
 * none is copied: of RGB and gray profiles made of primaries and curves, those numbers are read, checked to be what such
 * numbers can be, and put into a profile that holds nothing else. Other kinds (tables, CMYK) give null: such a picture is drawn
 * again in sRGB.
 */
import { ascii, join, latin, u32, viewOf, type Bytes } from './bytes';

const HEADER_BYTES = 128;
const D50 = [0.9642, 1, 0.8249] as const;
const ROOMY = 4096;

/** The colorants (D50) of the spaces that readers know by name, which some go by instead of the numbers. */
const NAMED: readonly (readonly [name: string, colorants: readonly number[]])[] = [
  ['sRGB', [0.4361, 0.2225, 0.0139, 0.3851, 0.7169, 0.0971, 0.1431, 0.0606, 0.7141]],
  ['Display P3', [0.5151, 0.2412, -0.0011, 0.2919, 0.6922, 0.0419, 0.1572, 0.0666, 0.7841]],
  ['Adobe RGB', [0.6097, 0.3111, 0.0195, 0.2053, 0.6257, 0.0609, 0.1492, 0.0632, 0.7446]],
];

/** Tags that readers prefer to primaries and curves: left out, the colors would change. */
const OTHER_MODELS = /^(A2B|B2A|D2B|B2D|cicp|gamt)/;

const fixed = (value: number): Bytes => u32(Math.round(value * 65536));

interface Tags {
  readonly bytes: Bytes;
  readonly view: DataView;
  readonly places: ReadonlyMap<string, { readonly at: number; readonly length: number }>;
}

function readTags(bytes: Bytes): Tags | null {
  if (bytes.length < HEADER_BYTES + 4) return null;
  const view = viewOf(bytes);
  if (ascii(bytes, 36, 4) !== 'acsp') return null;
  const count = view.getUint32(HEADER_BYTES);
  if (count > 100 || HEADER_BYTES + 4 + count * 12 > bytes.length) return null;
  const places = new Map<string, { at: number; length: number }>();
  for (let tag = 0; tag < count; tag++) {
    const entry = HEADER_BYTES + 4 + tag * 12;
    const [at, length] = [view.getUint32(entry + 4), view.getUint32(entry + 8)];
    if (at + length > bytes.length) return null;
    places.set(ascii(bytes, entry, 4), { at, length });
  }
  return { bytes, view, places };
}

/** Three numbers of an XYZ tag; null where it is none. */
function readXyz({ bytes, view, places }: Tags, name: string): number[] | null {
  const place = places.get(name);
  if (!place || place.length < 20 || ascii(bytes, place.at, 4) !== 'XYZ ') return null;
  return [8, 12, 16].map((offset) => view.getInt32(place.at + offset) / 65536);
}

const PARAMETERS = [1, 3, 4, 5, 7];

/** A tone curve as it is written into the new profile; null where it is not one. */
function readCurve({ bytes, view, places }: Tags, name: string): Bytes | null {
  const place = places.get(name);
  if (!place || place.length < 12) return null;
  const { at, length } = place;
  const kind = ascii(bytes, at, 4);
  if (kind === 'para') {
    const shape = view.getUint16(at + 8);
    const count = PARAMETERS[shape];
    if (count === undefined || length < 12 + count * 4) return null;
    const numbers = Array.from({ length: count }, (_, index) => view.getInt32(at + 12 + index * 4));
    // Exponents and slopes: small numbers.
    if (numbers.some((number) => Math.abs(number) > 16 * 65536)) return null;
    return join([latin('para'), u32(0), Uint8Array.of(0, shape, 0, 0), u32(...numbers)]);
  }
  if (kind !== 'curv') return null;
  const count = view.getUint32(at + 8);
  if (count > ROOMY || length < 12 + count * 2) return null;
  const points = Array.from({ length: count }, (_, index) => view.getUint16(at + 12 + index * 2));
  const falls = count > 1 && points.some((point, index) => index > 0 && point < (points[index - 1] ?? 0));
  // One number is a gamma, in 256ths; several go up from black to white.
  if (falls || (count === 1 && ((points[0] ?? 0) < 128 || (points[0] ?? 0) > 1280))) return null;
  if (count > 1 && ((points[0] ?? 0) > 8192 || (points.at(-1) ?? 0) < 57344)) return null;
  const body = points.flatMap((point) => [point >> 8, point & 255]);
  return join([latin('curv'), u32(0), u32(count), Uint8Array.from([...body, ...(count % 2 ? [0, 0] : [])])]);
}

function nameOf(colorants: readonly number[]): string {
  const near = (known: readonly number[]) => known.every((value, at) => Math.abs(value - (colorants[at] ?? 0)) < 0.002);
  return NAMED.find(([, known]) => near(known))?.[0] ?? 'RGB';
}

/** A description in the form of version 2 (ASCII) or 4 (UTF-16). */
function description(text: string, four: boolean): Bytes {
  if (!four)
    return join([
      latin('desc'),
      u32(0),
      u32(text.length + 1),
      latin(text),
      new Uint8Array(79 + (-(text.length + 91) & 3)),
    ]);
  const letters = Uint8Array.from([...text].flatMap((letter) => [0, letter.charCodeAt(0)]));
  const head = [latin('mluc'), u32(0), u32(1), u32(12), latin('enUS'), u32(letters.length), u32(28)];
  return join([...head, letters, new Uint8Array(-letters.length & 3)]);
}

const xyz = (values: readonly number[]): Bytes => join([latin('XYZ '), u32(0), ...values.map(fixed)]);

function write(space: 'RGB ' | 'GRAY', tags: readonly (readonly [string, Bytes])[], four: boolean): Bytes {
  let at = HEADER_BYTES + 4 + tags.length * 12;
  const table: Bytes[] = [u32(tags.length)];
  const data: Bytes[] = [];
  for (const [name, body] of tags) {
    table.push(latin(name), u32(at), u32(body.length));
    data.push(body);
    at += body.length;
  }
  const head = join([
    ...[u32(at), u32(0), u32(four ? 0x04200000 : 0x02100000), latin(`mntr${space}XYZ `), new Uint8Array(12)],
    ...[latin('acsp'), new Uint8Array(28), ...D50.map(fixed), new Uint8Array(48)],
  ]);
  return join([head, ...table, ...data]);
}

/** The profile with its numbers alone; null where they are not of a kind that can be written anew. */
export function canonicalProfile(profile: Bytes, space: 'RGB ' | 'GRAY'): Bytes | null {
  const tags = readTags(profile);
  if (!tags || ascii(profile, 16, 4) !== space || ascii(profile, 20, 4) !== 'XYZ ') return null;
  if (!['mntr', 'scnr', 'spac'].includes(ascii(profile, 12, 4))) return null;
  if ([...tags.places.keys()].some((name) => OTHER_MODELS.test(name))) return null;

  const curves = (space === 'GRAY' ? ['kTRC'] : ['rTRC', 'gTRC', 'bTRC']).map(
    (name) => [name, readCurve(tags, name)] as const,
  );
  const read: [string, Bytes][] = [];
  for (const [name, curve] of curves) {
    if (!curve) return null;
    read.push([name, curve]);
  }
  const four = read.some(([, curve]) => ascii(curve, 0, 4) === 'para');
  const head = (name: string): [string, Bytes][] => [
    ['desc', description(name, four)],
    ['cprt', four ? description('-', true) : join([latin('text'), u32(0), latin('-\0\0\0')])],
    ['wtpt', xyz(D50)],
  ];
  if (space === 'GRAY') return write(space, [...head('Gray'), ...read], four);

  const colorants = ['rXYZ', 'gXYZ', 'bXYZ'].map((name) => readXyz(tags, name));
  const numbers = colorants.flatMap((values) => values ?? []);
  if (numbers.length !== 9 || numbers.some((value) => Math.abs(value) > 1.2)) return null;
  // Together the three are white, or they are no primaries.
  const white = D50.every((value, axis) => {
    const sum = (numbers[axis] ?? 0) + (numbers[axis + 3] ?? 0) + (numbers[axis + 6] ?? 0);
    return Math.abs(sum - value) < 0.05;
  });
  if (!white) return null;
  const primaries = ['rXYZ', 'gXYZ', 'bXYZ'].map((name, at): [string, Bytes] => [
    name,
    xyz(numbers.slice(at * 3, at * 3 + 3)),
  ]);
  return write(space, [...head(nameOf(numbers)), ...primaries, ...read], four);
}
