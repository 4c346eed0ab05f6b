/**
 * One run as a file: the trajectory document as docs/trajectory-format.md has it, with two fields more, `tags` and, where the
 * file stands alone, `files` (those of its pictures as data: addresses, by hash). Readers of trajectories drop both. In an archive files
 * lie beside it, named by their hash. Earlier files had one `picture` instead. docs/library.md says this in words.
 */
import { MAX_FILE_BYTES } from '@/lib/image';
import { hashesOf, type FileRef, type Trajectory } from '@/lib/trajectory';
import { parseTrajectory } from '@/lib/trajectory/document';
import type { Phrase, Words } from '@/lib/words';
import type { RunFiles } from '../contract';
import { changeTags } from '../tags';

export interface RunFile {
  readonly trajectory: Trajectory;
  readonly tags: readonly string[];
  /** By hash as the file says it, not checked yet. */
  readonly files: RunFiles;
}

/** Why a file is not taken; lib/words has the words. */
export type ImportReason = Phrase<Words['library']['problems']>;

export class FileProblem extends Error {
  override readonly name = 'FileProblem';
  readonly reason: ImportReason;

  constructor(reason: ImportReason) {
    super(reason.code);
    this.reason = reason;
  }
}

/** What import takes. Every picture that the page opens is among it, also in base64 in its run's JSON. */
export const FILE_LIMITS = {
  /** Of one run's JSON, which may carry its picture. */
  json: Math.ceil(MAX_FILE_BYTES * 1.5),
  picture: MAX_FILE_BYTES,
  archive: 1024 * 1024 * 1024,
  entries: 10_000,
  /** Nothing that was written in earnest shrinks to a five-hundredth; what unpacks to less than `harmless` is let through. */
  ratio: 500,
  harmless: 16 * 1024 * 1024,
  /** How deep a file's JSON may be nested: far beyond any run. */
  depth: 100,
} as const;

/**
 * An archive that would grow beyond this goes on in another: less than import takes, with room for the directory at its end,
 * and far from where a zip would need zip64, which fflate does not write (4 GiB, 65,535 entries).
 */
export const ARCHIVE_LIMITS = {
  /** A run alone that would be a larger file, with its pictures in it, goes out as an archive. */
  json: FILE_LIMITS.json,
  bytes: Math.floor(FILE_LIMITS.archive * 0.85),
  entries: Math.floor(FILE_LIMITS.entries * 0.9),
} as const;

export interface ArchiveLimits {
  readonly json: number;
  readonly bytes: number;
  readonly entries: number;
}

export async function writeRunFile(trajectory: Trajectory, tags: readonly string[], files: RunFiles): Promise<string> {
  const addresses: Record<string, string> = {};
  for (const [hash, file] of files) addresses[hash] = await toDataUrl(file);
  const document = { ...trajectory, tags, ...(files.size > 0 && { files: addresses }) };
  return `${JSON.stringify(document)}\n`;
}

/** Whether lists and objects are nested deeper than a run's. A parser takes seconds for ten million brackets. */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charCodeAt(at);
    if (letter === 0x22) inString = !inString;
    else if (!inString && (letter === 0x5b || letter === 0x7b)) depth += 1;
    else if (!inString && (letter === 0x5d || letter === 0x7d)) depth -= 1;
    else if (inString && letter === 0x5c) at += 1;
    if (depth > FILE_LIMITS.depth) return true;
  }
  return false;
}

/** Throws `FileProblem`. */
export function readRunFile(text: string): RunFile {
  if (isTooDeep(text)) throw new FileProblem({ code: 'not-a-run' });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new FileProblem({ code: 'not-json' });
  }
  return readRunValue(value);
}

/** Throws `FileProblem`. */
export function readRunValue(value: unknown): RunFile {
  const parsed = parseTrajectory(value);
  if (!parsed.ok) {
    const [problem] = parsed.problems;
    if (problem?.code === 'not-a-trajectory') throw new FileProblem({ code: 'not-a-run' });
    if (problem?.code === 'newer-version') throw new FileProblem({ code: 'newer-version' });
    throw new FileProblem({ code: 'not-the-format', params: { detail: problem?.message ?? '' } });
  }
  // parseTrajectory took an object, and the two fields are looked at before they are used.
  const { tags, files, picture } = value as Readonly<Record<'tags' | 'files' | 'picture', unknown>>;
  const words = Array.isArray(tags) ? tags.filter((tag): tag is string => typeof tag === 'string') : [];
  return {
    trajectory: parsed.trajectory,
    tags: changeTags([], { add: words }),
    files: readFiles(files, picture, parsed.trajectory),
  };
}

function readFiles(files: unknown, picture: unknown, run: Trajectory): RunFiles {
  const found = new Map<string, Blob>();
  const named = hashesOf(run);
  for (const [hash, address] of Object.entries(typeof files === 'object' && files !== null ? files : {})) {
    if (named.includes(hash) && typeof address === 'string') found.set(hash, fromDataUrl(address));
  }
  const [first] = named;
  if (first !== undefined && typeof picture === 'string') found.set(first, fromDataUrl(picture));
  return found;
}

async function toDataUrl(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const parts: string[] = [];
  // In pieces: a call takes only so many arguments. A multiple of three, so that pieces join without padding between.
  for (let at = 0; at < bytes.length; at += 0x6000) {
    parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + 0x6000))));
  }
  return `data:${blob.type};base64,${parts.join('')}`;
}

function fromDataUrl(address: string): Blob {
  const match = /^data:([a-z0-9.+/-]*);base64,/i.exec(address);
  if (!match) throw new FileProblem({ code: 'picture-not-base64' });
  if (address.length > FILE_LIMITS.picture * 1.4) throw new FileProblem({ code: 'picture-too-large' });
  try {
    const binary = atob(address.slice(match[0].length));
    return new Blob([Uint8Array.from(binary, (letter) => letter.charCodeAt(0))], { type: match[1] ?? '' });
  } catch {
    throw new FileProblem({ code: 'picture-damaged' });
  }
}

/** SHA-256, lower-case hex, as trajectories name pictures. */
export async function hashOf(blob: Blob): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const ENDINGS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'avif',
  'image/bmp': 'bmp',
  'image/heic': 'heic',
};

/** Where a picture lies in an archive. */
export function picturePath(hash: string, { mimeType }: Pick<FileRef, 'mimeType'>): string {
  return `pictures/${hash}.${ENDINGS[mimeType] ?? 'bin'}`;
}

/** A file name that says which run it is, on any system: letters, digits and dashes of the name, and the day. */
export function fileName(title: string, createdAt: string): string {
  const words = title
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');
  const day = /^\d{4}-\d{2}-\d{2}/.exec(createdAt)?.[0] ?? '';
  return [words || 'run', day].filter(Boolean).join('-').toLowerCase();
}
