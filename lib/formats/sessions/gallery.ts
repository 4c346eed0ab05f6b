/**
 * The pictures of a session that have pixels of their own, and which of them a program means by a path. Programs count in pixels of the file
 * they open; what a log shows of it may be smaller.
 */
import type { Size } from '@/lib/geometry';
import type { Shot } from '../code/shot';
import type { FoundPicture, PictureFinder, PictureName } from '../contract';
import type { Asked, RunBuilder } from '../run-builder';
import type { SessionPart } from './event';

type PicturePart = Extract<SessionPart, { kind: 'picture' }>;

interface Root {
  readonly picture: string;
  readonly key: string;
  readonly given: boolean;
  names: readonly string[];
  /** As programs see its file; null where nobody told. */
  sandbox: Size | null;
}

export interface PlacedShot {
  readonly picture: string;
  readonly asked: Asked;
  /** As large as the program saw it. */
  readonly seen: Size | undefined;
  /** Whether the picture, and how it was shrunk, are known and not guessed. */
  readonly sure: boolean;
}

/** @param lone of one picture alone every path means it; else that is a guess, and is said */
export function createGallery(run: RunBuilder, finder: PictureFinder, lone: 'surely' | 'perhaps') {
  const roots: Root[] = [];
  let latest: readonly Root[] = [];

  const rootAt = (path: string): { root: Root; sure: boolean } | null => {
    const name = nameOf(path);
    const named = roots.findLast(({ names }) => names.some((one) => nameOf(one) === name));
    if (named) return { root: named, sure: true };
    const number = /^input_file_(\d{1,3})\b/.exec(name)?.[1];
    const given = roots.filter((root) => root.given);
    const numbered = number === undefined ? undefined : given[Number(number)];
    if (numbered) return { root: numbered, sure: true };
    const withId = roots.find(({ names }) => names.some((one) => one.length >= 12 && name.includes(nameOf(one))));
    if (withId) return { root: withId, sure: true };
    const [only, more] = given;
    return only && !more ? { root: only, sure: lone === 'surely' } : null;
  };

  /** Of several pictures whose names programs do not know, the only one in those proportions. */
  const byProportions = (path: string, size: Size | undefined): Root | null => {
    const fitting = roots.filter(({ given, picture }) => given && size && alike(run.sizeOf(picture), size));
    const [only, more] = fitting;
    if (!only || more) return null;
    only.names = [...only.names, path];
    return only;
  };

  const own = (found: FoundPicture | null, name: PictureName, key: string, callId?: string): Root => {
    const picture = run.picture(found, name, callId);
    const root = { picture, key, given: callId === undefined, names: name.names, sandbox: null };
    roots.push(root);
    return root;
  };

  const gallery = {
    /** @returns the picture's id: the same picture again is the same */
    async add(part: PicturePart, callId?: string): Promise<string> {
      const key = keyOf(part);
      let root = key === '' ? undefined : roots.find((one) => one.key === key);
      if (!root) {
        const [name = ''] = part.is.names;
        const found =
          part.bytes === null ? await fits(finder.find(part.is), part.is) : await finder.keep(part.bytes, name);
        root = own(found, part.is, key, callId);
      }
      if (part.original) root.sandbox = part.original;
      latest = [...latest, root];
      return root.picture;
    },
    /** Pictures that come from here on came together. */
    begin: (): void => void (latest = []),
    about(nth: number | undefined, { name, original }: { readonly name?: string; readonly original?: Size }): void {
      const root = nth === undefined ? latest.at(-1) : latest[nth];
      if (!root) return;
      if (name !== undefined) root.names = [...root.names, name];
      if (original) root.sandbox = original;
    },
    latest: (): string | null => (latest.at(-1) ?? roots.at(-1))?.picture ?? null,
    isEmpty: (): boolean => roots.length === 0,

    sizeOf(path: string): Size | null {
      const root = rootAt(path)?.root;
      if (!root) return null;
      return root.sandbox ?? (run.isAssumed(root.picture) ? null : run.sizeOf(root.picture));
    },
    /** A program printed how large a file is. Of several sizes, the one in the picture's proportions. @returns whether that was news */
    told(path: string, sizes: readonly Size[]): boolean {
      const root = rootAt(path)?.root ?? byProportions(path, sizes[0]);
      if (!root || root.sandbox) return false;
      const known = run.isAssumed(root.picture) ? null : run.sizeOf(root.picture);
      const size = known ? sizes.find((one) => alike(one, known)) : sizes[0];
      if (!size) return false;
      root.sandbox = size;
      return true;
    },
    rootOf: (path: string): string | null => rootAt(path)?.root.picture ?? null,

    /** Where a shot lies; null where it is no rectangle. A file that nobody showed is a picture that is asked for. */
    async place(shot: Shot): Promise<PlacedShot | null> {
      if (!shot.region || shot.bent) return null;
      const known = rootAt(shot.file);
      const name: PictureName = { names: [shot.file] };
      const { root, sure } = known ?? { root: own(await finder.find(name), name, ''), sure: true };
      if (!sure) run.note({ code: 'picture-supposed', params: { name: nameOf(shot.file) } });
      const { box, unit } = shot.region;
      if (unit === 'fractions')
        return {
          picture: root.picture,
          asked: { box, frame: 'fractions', order: 'xyxy', by: 'file' },
          seen: undefined,
          sure,
        };
      const size = run.sizeOf(root.picture);
      const guessed = !root.sandbox && !run.isAssumed(root.picture) && !within(box, size);
      if (guessed) root.sandbox = await originalOf(root, shot.file, box, size);
      const { sandbox } = root;
      const scaled = sandbox !== null && (sandbox.width !== size.width || sandbox.height !== size.height);
      const asked: Asked = { box, frame: scaled ? 'resized-pixels' : 'original-pixels', order: 'xyxy', by: 'file' };
      return { picture: root.picture, asked, seen: sandbox ?? undefined, sure: sure && !shrunk.has(root) };
    },
  };

  /** Roots whose file is larger than what the log shows of it by a factor that was guessed. */
  const shrunk = new Set<Root>();

  /** The file itself may be among what was given. Else it is taken to be as many times as large as the box needs, and is asked for. */
  const originalOf = async (
    root: Root,
    path: string,
    box: PlacedShot['asked']['box'],
    size: Size,
  ): Promise<Size | null> => {
    const is: PictureName = { names: [path] };
    const found = await finder.find(is);
    if (found && alike(found, size)) return { width: found.width, height: found.height };
    const factor = Math.ceil(Math.max(box.x2 / size.width, box.y2 / size.height) - SLACK);
    if (!(factor >= 2 && factor <= MOST_TIMES)) return null;
    shrunk.add(root);
    run.want(root.picture, is);
    run.note({ code: 'file-was-larger', params: { name: nameOf(path), times: factor } });
    return { width: size.width * factor, height: size.height * factor };
  };

  return gallery;
}

export type Gallery = ReturnType<typeof createGallery>;

/** A box may reach so much of a side beyond the edge. */
const SLACK = 0.05;
const MOST_TIMES = 8;

function within(box: PlacedShot['asked']['box'], { width, height }: Size): boolean {
  return box.x2 <= width * (1 + SLACK) && box.y2 <= height * (1 + SLACK);
}

const alike = (a: Size, b: Size): boolean => Math.abs(a.width / a.height / (b.width / b.height) - 1) < 0.02;

/** A file of that name with other proportions is another. */
async function fits(
  looking: Promise<FoundPicture | null>,
  { width, height, id }: PictureName,
): Promise<FoundPicture | null> {
  const found = await looking;
  if (!found || id === undefined || width === undefined || height === undefined) return found;
  return alike(found, { width, height }) || alike(found, { width: height, height: width }) ? found : null;
}

/** Bytes are told apart by their length and both ends. */
function keyOf({ bytes, is }: PicturePart): string {
  if (bytes === null || bytes === '') return is.id ?? is.names[0] ?? '';
  return `${bytes.length}:${bytes.slice(0, 200)}:${bytes.slice(-200)}`;
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase();
}
