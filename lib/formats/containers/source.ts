/** A file among what was given, wherever it lies: on disk, or in an archive, from which it is unpacked when it is first read. */
export interface Source {
  /** `/` between folders; inside an archive behind the archive's own path. */
  readonly path: string;
  /** Bytes, unpacked. */
  readonly size: number;
  /** When it was last changed, ISO 8601; empty where nobody knows. */
  readonly changed: string;
  /** All of it. @throws SourceError where it cannot be read or unpacked */
  blob(): Promise<Blob>;
  /** Its first bytes, at most `length`: of a file in an archive no more than these are unpacked. @throws SourceError */
  head(length: number): Promise<Uint8Array<ArrayBuffer>>;
}

export type SourceProblem = 'unreadable' | 'damaged' | 'too-large' | 'encrypted' | 'bomb';

export class SourceError extends Error {
  override readonly name = 'SourceError';

  constructor(
    readonly problem: SourceProblem,
    readonly path: string,
    cause?: unknown,
  ) {
    super(`${problem}: ${path}`, { cause });
  }
}

export interface GivenFile {
  readonly path: string;
  readonly file: Blob;
}

export function sourceOf({ path, file }: GivenFile): Source {
  const read = async (part: Blob): Promise<Uint8Array<ArrayBuffer>> => {
    try {
      return new Uint8Array(await part.arrayBuffer());
    } catch (cause) {
      throw new SourceError('unreadable', path, cause);
    }
  };
  return {
    path: tidyPath(path),
    size: file.size,
    changed: file instanceof File && file.lastModified > 0 ? new Date(file.lastModified).toISOString() : '',
    blob: () => Promise.resolve(file),
    head: (length) => read(file.slice(0, length)),
  };
}

/** `/` between folders, nothing that leads upwards. */
export function tidyPath(path: string): string {
  const parts = path.replaceAll('\\', '/').split('/');
  return parts.filter((part) => part !== '' && part !== '.' && part !== '..').join('/');
}

/** What makers of archives and file systems leave beside the files that were meant. */
export function isLitter(path: string): boolean {
  return /(^|\/)(__MACOSX|\.[^/]+|Thumbs\.db|desktop\.ini)(\/|$)/i.test(path);
}
