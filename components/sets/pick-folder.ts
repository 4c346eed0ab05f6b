/** A folder through the File System Access API, where the browser has it: it can be looked into again without asking. */
import type { GivenFile } from '@/lib/formats';
import type { Folder } from './create-set-store';

/** The part of the browser's window that types do not know yet. */
interface WithPicker {
  readonly showDirectoryPicker?: (options: { readonly mode: 'read' }) => Promise<FileSystemDirectoryHandle>;
}

const picker = () => (typeof window === 'undefined' ? undefined : (window as WithPicker).showDirectoryPicker);

export const canFollow = (): boolean => picker() !== undefined;

/** Null where the person chose none. */
export async function pickFolder(): Promise<Folder | null> {
  try {
    const handle = await picker()?.call(window, { mode: 'read' });
    return handle ? { name: handle.name, list: () => filesIn(handle, handle.name) } : null;
  } catch {
    return null;
  }
}

/** Deeper is no evaluation, and a folder may lead back into itself. */
const DEEPEST = 12;

async function filesIn(folder: FileSystemDirectoryHandle, path: string, depth = 0): Promise<readonly GivenFile[]> {
  const files: GivenFile[] = [];
  for await (const [name, entry] of folder.entries()) {
    const at = `${path}/${name}`;
    if (entry.kind === 'directory') {
      // The browser tells the two apart by `kind`.
      if (depth < DEEPEST) files.push(...(await filesIn(entry, at, depth + 1)));
      continue;
    }
    // One that has gone meanwhile is none.
    const file = await entry.getFile().catch(() => null);
    if (file) files.push({ path: at, file });
  }
  return files;
}
