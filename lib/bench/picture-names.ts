/**
 * Pictures of a data set by the names that its documents have for them. Systems write one name in several ways: Windows and macOS do
 * not tell `PIC.PNG` from `pic.png`, macOS writes `é` as two letters, and a path may begin with `./` or have backslashes.
 */

const tidy = (path: string): string => {
  const parts: string[] = [];
  for (const part of path.normalize('NFC').split(/[\\/]+/)) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
};

export interface PictureNames<T> {
  /** As it is written, then tidied, then whatever the case where only one is meant. */
  find(path: string): T | null;
}

/** @param nameOf what a file is found by */
export function pictureNames<T>(files: readonly T[], nameOf: (file: T) => string): PictureNames<T> {
  const exact = new Map<string, T>();
  const tidied = new Map<string, T>();
  /** Null: several. */
  const loose = new Map<string, T | null>();
  for (const file of files) {
    const name = nameOf(file);
    const key = tidy(name);
    const small = key.toLowerCase();
    if (!exact.has(name)) exact.set(name, file);
    if (!tidied.has(key)) tidied.set(key, file);
    loose.set(small, loose.has(small) ? null : file);
  }
  return {
    find(path) {
      const key = tidy(path);
      return exact.get(path) ?? tidied.get(key) ?? loose.get(key.toLowerCase()) ?? null;
    },
  };
}
