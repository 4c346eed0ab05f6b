/** Every file of a folder and of those in it, by its path. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

export const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
