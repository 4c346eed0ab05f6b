/** A run with its pictures as one file, as the library takes it in. */
import type { FileHash, Trajectory } from '@/lib/trajectory';

export async function runFile(run: Trajectory, files: ReadonlyMap<FileHash, Blob>): Promise<File> {
  const addresses: Record<string, string> = {};
  for (const [hash, file] of files) addresses[hash] = await toDataUrl(file);
  return new File([JSON.stringify({ ...run, files: addresses })], `${run.id}.json`, { type: 'application/json' });
}

function toDataUrl(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string); // read as a data URL, it is text
    reader.onerror = () => reject(reader.error ?? new Error('The file could not be read.'));
    reader.readAsDataURL(file);
  });
}
