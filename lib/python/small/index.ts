/**
 * The small libraries: the part of Pillow and of Matplotlib's pyplot that code about pictures mostly uses, for a Python that has no
 * others. Their surface is Python (`source/`), their pixels are JavaScript (`pixels/`), synchronous and in the same thread.
 *
 * Whoever runs Python registers `pixels` as the module `_loupe_pixels`, puts `files` on the search path, and has a module `_loupe`
 * with `show(width, height, rgba)`, to which `plt.show()` hands each figure.
 */
import { pixels } from './pixels';
import sources from './sources.json';

export const smallLibraries: {
  /** Sources by their path on `sys.path`. */
  readonly files: Readonly<Record<string, string>>;
  /** Functions of the module `_loupe_pixels`. */
  readonly pixels: typeof pixels;
} = { files: sources, pixels };
