/** Which of several files is opened: the first that is a picture by its bytes. */
import { sniff } from '@/lib/image';

/** Enough for `sniff`. */
const HEAD_BYTES = 4096;

const isPicture = async (file: Blob): Promise<boolean> => {
  const head = await file
    .slice(0, HEAD_BYTES)
    .arrayBuffer()
    .catch(() => new ArrayBuffer(0));
  return sniff(new Uint8Array(head)).kind === 'image';
};

/** The first of all where none is one: why it is none is said when it is opened. */
export async function firstPicture<T extends Blob>(files: readonly [T, ...T[]]): Promise<T> {
  for (const file of files) if (await isPicture(file)) return file;
  return files[0];
}
