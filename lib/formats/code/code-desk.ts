/**
 * The desk on which an agent's programs are replayed, one after the other: files that one left are there for the next. What came of a program
 * is told as pictures it showed, saved or marked, each as a region of the file it was opened from (`Shot`).
 */
import type { Size } from '@/lib/geometry';
import type { World } from './python-calls';
import { createPython } from './python-replay';
import { runCommand, shellPieces } from './shell';
import { openedShot, type Shot } from './shot';

export interface Effects {
  readonly shown: readonly Shot[];
  readonly saved: readonly { readonly path: string; readonly shot: Shot }[];
  readonly marked: readonly Shot[];
  /** Files whose sizes the program printed, in order; with them how a size of the file itself is read from the output. */
  readonly asked: readonly Shot[];
}

export interface CodeDesk {
  /** @param notebook the last value is shown, as Jupyter does */
  python(code: string, notebook: boolean): Effects;
  shell(command: string): Effects;
  /** What lies at a path that a program wrote; null where none did. */
  fileAt(path: string): Shot | null;
}

/** @param sizeOf a file's size as programs see it; null where nobody knows */
export function createCodeDesk(sizeOf: (path: string) => Size | null): CodeDesk {
  const python = createPython();
  const files = new Map<string, Shot>();
  const within = (run: (world: World) => void): Effects => {
    const shown: Shot[] = [];
    const saved: { path: string; shot: Shot }[] = [];
    const marked: Shot[] = [];
    const asked: Shot[] = [];
    run({
      open: (path) => fileAt(path) ?? openedShot(path, sizeOf(path)),
      save(path, shot) {
        saved.push({ path, shot });
        files.set(nameOf(path), shot);
      },
      show: (shot) => void shown.push(shot),
      mark: (shot) => void marked.push(shot),
      tell: (shot) => void asked.push(shot),
    });
    return { shown, saved, marked, asked };
  };
  const fileAt = (path: string): Shot | null => files.get(nameOf(path)) ?? null;
  return {
    python: (code, notebook) => within((world) => python.run(code, world, notebook)),
    shell: (command) =>
      within((world) => {
        for (const { python: code, words } of shellPieces(command)) {
          // A program of its own each: no name outlives it.
          if (code !== null) createPython().run(code, world, false);
          else runCommand(words, world);
        }
      }),
    fileAt,
  };
}

/** Programs change folders; the name is what stays. */
function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase();
}
