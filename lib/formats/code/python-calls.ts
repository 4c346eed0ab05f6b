/** What the functions and methods of PIL, OpenCV, matplotlib and Python itself do to pictures and numbers, as far as crops need it. */
import type { Size } from '@/lib/geometry';
import { bentShot, croppedShot, resizedShot, thumbnailOf, type Shot } from './shot';
import {
  boxIn,
  itemsOf,
  listValue,
  numberValue,
  numbersIn,
  shotValue,
  sizeIn,
  textIn,
  textValue,
  UNKNOWN,
  type Value,
} from './python-values';

export interface Arguments {
  readonly plain: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
}

/** What a program does to the world, as the interpreter is told of it. */
export interface World {
  /** A file, as an earlier program left it or as it was given. */
  open(path: string): Shot;
  save(path: string, shot: Shot): void;
  show(shot: Shot): void;
  /** Something marked on a picture. */
  mark(shot: Shot): void;
  /** In the order in which the program asks for sizes. */
  tell(shot: Shot): void;
}

const MOST_ITEMS = 200;

const firstShot = ({ plain, named }: Arguments): Shot | null => {
  for (const value of [...plain, ...named.values()]) if (value.is === 'shot') return value.shot;
  return null;
};

/** A function by its whole name, whatever it was imported as. */
export function callFunction(path: string, args: Arguments, world: World): Value {
  const name = path.slice(path.lastIndexOf('.') + 1);
  const [first, second, third] = args.plain;
  const shot = firstShot(args);
  switch (name) {
    case 'open':
    case 'imread':
    case 'load_image': {
      const file = textIn(first ?? args.named.get('fp') ?? args.named.get('filename'));
      return file === '' || path === 'open' ? UNKNOWN : shotValue(world.open(file));
    }
    case 'imwrite':
    case 'imsave': {
      if (second?.is === 'shot') world.save(textIn(first), second.shot);
      return UNKNOWN;
    }
    case 'imshow':
    case 'display':
    case 'show_image': {
      for (const value of args.plain) {
        for (const one of value.is === 'list' ? value.items : [value]) if (one.is === 'shot') world.show(one.shot);
      }
      return UNKNOWN;
    }
    case 'rectangle': {
      const corners = numbersIn(listValue([second ?? UNKNOWN, third ?? UNKNOWN]));
      const box = corners && boxIn(listValue(corners.map(numberValue)));
      if (shot && box) world.mark(croppedShot(shot, box, ''));
      return shot ? shotValue(shot) : UNKNOWN;
    }
    case 'Draw':
      return shot ? { is: 'path', path: 'draw', of: shotValue(shot) } : UNKNOWN;
    case 'resize': {
      const size = sizeIn(second ?? args.named.get('dsize'));
      if (shot && size) return shotValue(resizedShot(shot, size));
      const [byX, byY] = [args.named.get('fx'), args.named.get('fy')];
      const factor = (value: Value | undefined) => (value?.is === 'number' ? value.number : 0);
      return shot?.size && factor(byX) > 0 && factor(byY) > 0
        ? shotValue(resizedShot(shot, scaledSize(shot.size, factor(byX), factor(byY))))
        : UNKNOWN;
    }
    case 'array':
    case 'asarray':
    case 'fromarray':
    case 'cvtColor':
    case 'exif_transpose':
    case 'autocontrast':
    case 'equalize':
    case 'grayscale':
    case 'invert':
    case 'Contrast':
    case 'Sharpness':
    case 'Brightness':
    case 'Color':
    case 'filter2D':
    case 'copy':
    case 'deepcopy':
    case 'BytesIO':
    case 'threshold':
    case 'uint8':
      return shot ? shotValue(shot) : UNKNOWN;
    case 'mirror':
    case 'flip':
    case 'rotate':
    case 'expand':
    case 'pad':
    case 'fit':
    case 'rot90':
    case 'hstack':
    case 'vstack':
    case 'concatenate':
    case 'new':
      return shot ? shotValue(bentShot(shot)) : UNKNOWN;
    case 'join':
      return args.plain.every((one) => one.is === 'text') ? textValue(args.plain.map(textIn).join('/')) : UNKNOWN;
    case 'Path':
    case 'str':
      return first?.is === 'number' ? textValue(String(first.number)) : (first ?? UNKNOWN);
    case 'print':
      for (const value of args.plain) if (value.is === 'shot') world.tell(value.shot);
      return UNKNOWN;
    default:
      return plainFunction(name, args);
  }
}

function plainFunction(name: string, { plain }: Arguments): Value {
  const [first] = plain;
  const numbers = plain.every((one) => one.is === 'number')
    ? plain.map((one) => (one.is === 'number' ? one.number : 0))
    : numbersIn(first);
  switch (name) {
    case 'int':
      return numbers?.length ? numberValue(Math.trunc(numbers[0] ?? 0)) : UNKNOWN;
    case 'round':
    case 'float':
      return numbers?.length
        ? numberValue(name === 'round' ? Math.round(numbers[0] ?? 0) : (numbers[0] ?? 0))
        : UNKNOWN;
    case 'floor':
    case 'ceil':
    case 'abs':
      return numbers?.length ? numberValue(Math[name](numbers[0] ?? 0)) : UNKNOWN;
    case 'min':
    case 'max':
      return numbers?.length ? numberValue(Math[name](...numbers)) : UNKNOWN;
    case 'len': {
      const items = itemsOf(first);
      return items ? numberValue(items.length) : UNKNOWN;
    }
    case 'list':
    case 'tuple':
    case 'sorted': {
      const items = itemsOf(first);
      return items && name !== 'sorted' ? listValue(items) : UNKNOWN;
    }
    case 'range': {
      const [from, to, step = 1] = (numbers?.length ?? 0) > 1 ? (numbers ?? []) : [0, numbers?.[0]];
      if (from === undefined || to === undefined || step === 0) return UNKNOWN;
      const count = Math.min(MOST_ITEMS, Math.max(0, Math.ceil((to - from) / step)));
      return listValue(Array.from({ length: count }, (_, at) => numberValue(from + at * step)));
    }
    case 'enumerate': {
      const items = itemsOf(first);
      const start = numbers?.[1] ?? 0;
      return items ? listValue(items.map((item, at) => listValue([numberValue(at + start), item]))) : UNKNOWN;
    }
    case 'zip': {
      const lists = plain.map(itemsOf);
      if (lists.length === 0 || lists.some((list) => list === null)) return UNKNOWN;
      const length = Math.min(...lists.map((list) => list?.length ?? 0));
      return listValue(Array.from({ length }, (_, at) => listValue(lists.map((list) => list?.[at] ?? UNKNOWN))));
    }
    default:
      return UNKNOWN;
  }
}

/** `written`: the words of the whole expression so far. */
export function callMethod(of: Value, name: string, args: Arguments, written: string, world: World): Value {
  if (of.is === 'path' && of.path === 'draw' && of.of?.is === 'shot') {
    const box = name === 'rectangle' || name === 'ellipse' ? boxIn(args.plain[0] ?? args.named.get('xy')) : null;
    if (box) world.mark(croppedShot(of.of.shot, box, ''));
    return UNKNOWN;
  }
  if (of.is === 'shot') return callOnShot(of.shot, name, args, written, world);
  if (of.is === 'map' && name === 'items') return listValue(of.entries.map((entry) => listValue(entry)));
  if (of.is === 'map' && name === 'values') return listValue(of.entries.map(([, value]) => value));
  if (of.is === 'map' && name === 'keys') return listValue(of.entries.map(([key]) => key));
  return UNKNOWN;
}

function callOnShot(shot: Shot, name: string, args: Arguments, written: string, world: World): Value {
  const [first] = args.plain;
  switch (name) {
    case 'crop': {
      const box = boxIn(first ?? args.named.get('box')) ?? boxIn(listValue(args.plain));
      if (!box) return args.plain.length + args.named.size === 0 ? shotValue(shot) : UNKNOWN;
      return shotValue(croppedShot(shot, box, written));
    }
    case 'resize': {
      const size = sizeIn(first ?? args.named.get('size'));
      const box = boxIn(args.named.get('box'));
      const cut = box ? croppedShot(shot, box, written) : shot;
      return shotValue(size ? resizedShot(cut, size) : { ...cut, size: null });
    }
    case 'thumbnail': {
      const size = sizeIn(first ?? args.named.get('size'));
      return shotValue(size ? thumbnailOf(shot, size) : shot);
    }
    case 'save': {
      const path = textIn(first ?? args.named.get('fp'));
      if (path !== '') world.save(path, shot);
      return UNKNOWN;
    }
    case 'show':
      world.show(shot);
      return UNKNOWN;
    case 'rotate':
    case 'transpose':
    case 'transform':
    case 'paste':
    case 'alpha_composite':
    case 'effect_spread':
      return shotValue(bentShot(shot));
    // What colours do, and what reads on, leaves every pixel where it was.
    case 'convert':
    case 'copy':
    case 'filter':
    case 'enhance':
    case 'point':
    case 'quantize':
    case 'astype':
    case 'load':
    case 'reduce':
      return name === 'load' || name === 'reduce' ? UNKNOWN : shotValue(shot);
    default:
      return UNKNOWN;
  }
}

export function attributeOf(shot: Shot, name: string, world: World): Value {
  switch (name) {
    case 'size':
      world.tell(shot);
      return sizeValueOf(shot.size);
    case 'shape':
      world.tell(shot);
      return shot.size
        ? listValue([numberValue(shot.size.height), numberValue(shot.size.width), numberValue(3)])
        : UNKNOWN;
    case 'width':
      return shot.size ? numberValue(shot.size.width) : UNKNOWN;
    case 'height':
      return shot.size ? numberValue(shot.size.height) : UNKNOWN;
    default:
      return { is: 'path', path: name, of: shotValue(shot) };
  }
}

function sizeValueOf(size: Size | null): Value {
  return size ? listValue([numberValue(size.width), numberValue(size.height)]) : UNKNOWN;
}

function scaledSize({ width, height }: Size, byX: number, byY: number): Size {
  return { width: Math.round(width * byX), height: Math.round(height * byY) };
}
