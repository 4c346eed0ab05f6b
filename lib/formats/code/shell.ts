/**
 * A line for a shell, as far as it works on pictures: programs of Python in it, and the commands by which pictures are cut without one
 * (ImageMagick, sips, ffmpeg). Nothing runs.
 */
import type { World } from './python-calls';
import { bentShot, croppedShot, resizedShot, type Shot } from './shot';

const MOST_SHELL = 200_000;

export interface ShellPiece {
  /** A program of Python, or the words of one command. */
  readonly python: string | null;
  readonly words: readonly string[];
}

export function shellPieces(command: string): readonly ShellPiece[] {
  const { text, documents } = withoutDocuments(command.slice(0, MOST_SHELL));
  return commandsIn(text).flatMap((words): readonly ShellPiece[] => {
    const own = withoutAround(words);
    const at = own.findIndex((word) => /(?:^|\/)(?:python[\d.]*|uv|ipython)$/.test(word));
    if (at < 0) return [{ python: null, words: own }];
    const flag = own.indexOf('-c', at);
    if (flag >= 0) return [{ python: own[flag + 1] ?? '', words: own }];
    const document = own.map((word) => documents.get(word)).find((one) => one !== undefined);
    return [{ python: document ?? null, words: own }];
  });
}

/** Without what is set before a command, and where its output goes. */
function withoutAround(words: readonly string[]): readonly string[] {
  const from = words.findIndex((word) => !/^\w+=/.test(word));
  const own = from < 0 ? [] : words.slice(from);
  return own.filter((word, at) => !/^\d?>/.test(word) && !/^\d?>>?$/.test(own[at - 1] ?? ''));
}

/** `<<'EOF' … EOF`: what stands between becomes a word of its own. */
function withoutDocuments(command: string): { text: string; documents: ReadonlyMap<string, string> } {
  const documents = new Map<string, string>();
  let text = command;
  for (let count = 0; count < 50; count += 1) {
    const start = /<<-?[ \t]*(["']?)(\w{1,40})\1([^\n]{0,2000})\n/.exec(text);
    if (!start) break;
    const [whole, , mark = '', rest = ''] = start;
    const from = start.index + whole.length;
    const end = endOfDocument(text, from, mark);
    const key = `\u0001${count}`;
    documents.set(key, text.slice(from, end.from));
    text = `${text.slice(0, start.index)} ${key} ${rest}\n${text.slice(end.to)}`;
  }
  return { text, documents };
}

function endOfDocument(text: string, from: number, mark: string): { from: number; to: number } {
  for (let line = from; line < text.length;) {
    const next = text.indexOf('\n', line);
    const to = next < 0 ? text.length : next;
    if (text.slice(line, to).trim() === mark) return { from: line, to };
    if (next < 0) break;
    line = next + 1;
  }
  return { from: text.length, to: text.length };
}

function commandsIn(text: string): readonly (readonly string[])[] {
  const commands: string[][] = [[]];
  let word: string | null = null;
  const end = () => {
    if (word !== null) commands.at(-1)?.push(word);
    word = null;
  };
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] as string; // `at` is inside
    if (letter === "'" || letter === '"') {
      const [said, to] = quoted(text, at + 1, letter);
      word = (word ?? '') + said;
      at = to;
    } else if (letter === '\\') {
      at += 1;
      if (text[at] !== '\n') word = (word ?? '') + (text[at] ?? '');
    } else if (/[;|&\n]/.test(letter)) {
      end();
      if ((commands.at(-1)?.length ?? 0) > 0) commands.push([]);
    } else if (/\s/.test(letter)) end();
    else word = (word ?? '') + letter;
  }
  end();
  return commands.filter((words) => words.length > 0);
}

function quoted(text: string, from: number, quote: string): readonly [string, number] {
  let said = '';
  let at = from;
  for (; at < text.length && text[at] !== quote; at += 1) {
    const isEscape = quote === '"' && text[at] === '\\' && /["\\$`\n]/.test(text[at + 1] ?? '');
    if (isEscape) at += 1;
    said += text[at] ?? '';
  }
  return [said, at];
}

/** Cuts and sizes of one command, in the order of its words. */
export function runCommand(words: readonly string[], world: World): void {
  const at = words.findIndex((word) => /(?:^|\/)(?:convert|magick|sips|ffmpeg)$/.test(word));
  const name = words[at]?.replace(/^.*\//, '') ?? '';
  const rest = words.slice(at + 1);
  const written = words.slice(at).join(' ').slice(0, 500);
  if (at < 0) return;
  if (name === 'sips') sips(rest, written, world);
  else if (name === 'ffmpeg') ffmpeg(rest, written, world);
  else magick(rest, written, world);
}

const GEOMETRY = /^(\d{1,6})x(\d{1,6})(?:!|\^)?(?:\+(\d{1,6})\+(\d{1,6}))?/;

function magick(words: readonly string[], written: string, world: World): void {
  let shot: Shot | null = null;
  for (let at = 0; at < words.length - 1; at += 1) {
    const word = words[at] ?? '';
    const value = words[at + 1] ?? '';
    if (word === '-crop' && shot) {
      const [, width, height, x = '0', y = '0'] = GEOMETRY.exec(value) ?? [];
      if (width === undefined || height === undefined) return;
      shot = croppedShot(shot, cornersAt(Number(x), Number(y), Number(width), Number(height)), written);
    } else if (/^-(?:resize|scale|sample)$/.test(word) && shot) shot = resizedBy(shot, value);
    else if (/^-(?:rotate|flip|flop|distort|append)$/.test(word) && shot) shot = bentShot(shot);
    else if (!word.startsWith('-') && !word.startsWith('+') && !shot && isPicture(word)) {
      // A region may stand behind the name itself: `in.png[200x100+10+20]`.
      const [, path = word, region = ''] = /^(.*)\[([^\]]{1,60})\]$/.exec(word) ?? [];
      shot = world.open(path);
      const [, width, height, x, y] = GEOMETRY.exec(region) ?? [];
      if (x !== undefined && y !== undefined)
        shot = croppedShot(shot, cornersAt(Number(x), Number(y), Number(width), Number(height)), written);
      continue;
    } else continue;
    at += 1;
  }
  const out = words.at(-1) ?? '';
  if (shot && out !== '') world.save(out, shot);
}

const isPicture = (word: string): boolean => /\.(?:png|jpe?g|webp|gif|bmp|tiff?|heic|avif)(?:\[|$)/i.test(word);

function resizedBy(shot: Shot, geometry: string): Shot {
  const percent = /^(\d{1,5})%$/.exec(geometry)?.[1];
  if (percent !== undefined) {
    const factor = Number(percent) / 100;
    if (!shot.size) return shot;
    return resizedShot(shot, {
      width: Math.max(1, Math.round(shot.size.width * factor)),
      height: Math.max(1, Math.round(shot.size.height * factor)),
    });
  }
  const [, width, height] = GEOMETRY.exec(geometry) ?? [];
  if (width === undefined || height === undefined || !shot.size) return shot;
  // Fitted into the sides, not stretched to them, unless told so.
  const factor = Math.min(Number(width) / shot.size.width, Number(height) / shot.size.height);
  const size = geometry.includes('!')
    ? { width: Number(width), height: Number(height) }
    : { width: Math.round(shot.size.width * factor), height: Math.round(shot.size.height * factor) };
  return resizedShot(shot, size);
}

/** `sips -c height width --cropOffset y x in --out out` */
function sips(words: readonly string[], written: string, world: World): void {
  const after = (names: readonly string[], nth = 1): string => {
    const at = words.findIndex((word) => names.includes(word));
    return at < 0 ? '' : (words[at + nth] ?? '');
  };
  const numbers = [
    after(['-c', '--cropToHeightWidth'], 2),
    after(['-c', '--cropToHeightWidth']),
    after(['--cropOffset'], 2),
    after(['--cropOffset']),
  ].map((word) => (word === '' ? NaN : Number(word)));
  const out = after(['--out', '-o']);
  const input = words.find((word, at) => isPicture(word) && !['--out', '-o'].includes(words[at - 1] ?? ''));
  const [width = NaN, height = NaN, x = NaN, y = NaN] = numbers;
  if (input === undefined || !(width > 0 && height > 0)) return;
  const shot = world.open(input);
  // Without an offset it cuts the middle.
  const [left, top] = [
    Number.isNaN(x) ? ((shot.size?.width ?? NaN) - width) / 2 : x,
    Number.isNaN(y) ? ((shot.size?.height ?? NaN) - height) / 2 : y,
  ];
  if (Number.isNaN(left) || Number.isNaN(top)) return;
  world.save(out === '' ? input : out, croppedShot(shot, cornersAt(left, top, width, height), written));
}

/** `ffmpeg -i in -vf crop=w:h:x:y out` */
function ffmpeg(words: readonly string[], written: string, world: World): void {
  const input = words[words.indexOf('-i') + 1] ?? '';
  const filters = words.map((word) => /crop=(\d{1,6}):(\d{1,6}):(\d{1,6}):(\d{1,6})/.exec(word)).find(Boolean);
  const out = words.at(-1) ?? '';
  if (!filters || !isPicture(input) || out === '') return;
  const [width = 0, height = 0, x = 0, y = 0] = filters.slice(1).map(Number);
  world.save(out, croppedShot(world.open(input), cornersAt(x, y, width, height), written));
}

const cornersAt = (x: number, y: number, width: number, height: number) => ({
  x1: x,
  y1: y,
  x2: x + width,
  y2: y + height,
});
