/**
 * Keeps the names of one run's code: a block finds what the blocks before it left. Where their frame is gone (stopped, broken down, left
 * idle, or another run's) they are run again first, so that nothing has to be remembered but the run itself.
 */
import { createMutex } from '@/lib/port';
import {
  MOST_TIME_MS,
  USUAL_TIME_MS,
  type CodePicture,
  type CodeRequest,
  type CodeResult,
  type Sandbox,
} from './contract';
import { fetchPython, type PythonFiles } from './files';
import { openFrame, type Frame } from './frame';
import type { FullLibraries } from './protocol';

export interface SandboxOptions {
  /** The real libraries, where they are here. Left out: the small ones. */
  readonly full?: (signal: AbortSignal) => Promise<FullLibraries | null>;
  /** An unused frame is ended after this long, which gives back some 200 MB. Milliseconds. */
  readonly idleMs?: number;
}

const IDLE_MS = 300_000;

/** A frame, what its names began with, and which blocks they come from. */
interface Kept {
  readonly frame: Frame;
  readonly keys: string;
  readonly blocks: string[];
  /** The names of those blocks could not be had again; told with the next block. */
  lost: boolean;
}

export function createSandbox({ full, idleMs = IDLE_MS }: SandboxOptions = {}): Sandbox {
  const oneAtATime = createMutex(1);
  let files: Promise<PythonFiles> | null = null;
  let kept: Kept | null = null;
  let idle: ReturnType<typeof setTimeout> | undefined;

  const drop = () => {
    clearTimeout(idle);
    kept?.frame.end();
    kept = null;
  };

  const open = async (pictures: readonly CodePicture[], signal: AbortSignal): Promise<Kept> => {
    drop();
    files ??= fetchPython(signal);
    const [python, libraries, pixels] = await Promise.all([
      files.catch((error: unknown) => {
        files = null; // the next call tries again
        throw error;
      }),
      full?.(signal) ?? null,
      Promise.all(pictures.map((picture) => picture.pixels())),
    ]);
    const frame = await openFrame({ files: python, pictures: pixels, full: libraries, signal });
    return { frame, keys: keysOf(pictures), blocks: [], lost: false };
  };

  /** A frame with the names of the blocks before, or where those cannot be had again, one without. */
  const withNames = async ({ before, pictures, signal }: CodeRequest, most: number): Promise<Kept> => {
    if (kept && kept.keys === keysOf(pictures) && kept.blocks.join('\0') === before.join('\0')) return kept;
    kept = await open(pictures, signal);
    const until = performance.now() + most;
    for (const block of before) {
      const ran = await kept.frame.run(block, Math.max(0, until - performance.now()), signal);
      if (typeof ran !== 'string') continue;
      kept = await open(pictures, signal);
      kept.lost = true;
      break;
    }
    kept.blocks.push(...before);
    return kept;
  };

  const run = async (request: CodeRequest): Promise<CodeResult> => {
    const { code, signal } = request;
    const most = Math.min(MOST_TIME_MS, request.timeLimit ?? USUAL_TIME_MS);
    clearTimeout(idle);
    try {
      const names = await withNames(request, most);
      const namesGone = names.lost;
      names.lost = false;
      const began = performance.now();
      const ran = await names.frame.run(code, most, signal);
      const ms = performance.now() - began;
      if (typeof ran === 'string') {
        drop();
        const nothing = { stdout: '', stderr: '', error: null, pictures: [], picturesLeft: 0 };
        return { ...nothing, ended: ran, namesGone, ms };
      }
      names.blocks.push(code);
      idle = setTimeout(drop, idleMs);
      return { ...ran, ended: null, namesGone, ms };
    } catch (error) {
      drop();
      throw error;
    }
  };

  return {
    run: (request) => oneAtATime.run(() => run(request), request.signal),
    end: drop,
  };
}

const keysOf = (pictures: readonly CodePicture[]): string => pictures.map(({ key }) => key).join('\0');
