/** What of a drop or a paste holds records of other systems: files by their names, folders, JSON that was copied. */
import { filesOfDrop, filesOfInput } from '@/components/models/read-dropped';
import type { GivenFile } from '@/lib/formats';

/**
 * Null where there are none. What it brings is taken at once, because it is empty when the event is over; folders are read after.
 * @param everything pictures too belong to records
 */
export function recordsBrought(data: DataTransfer, everything: boolean): Promise<readonly GivenFile[]> | null {
  if (data.files.length > 0) {
    const entries = [...data.items].flatMap((item) => (item.kind === 'file' ? (item.webkitGetAsEntry() ?? []) : []));
    const isForRecords =
      everything || entries.some(({ isDirectory }) => isDirectory) || [...data.files].some(holdsRecords);
    if (!isForRecords) return null;
    // What is pasted has files and no entries.
    return entries.length > 0 ? filesOfDrop(data) : Promise.resolve(filesOfInput(data.files));
  }
  const text = data.getData('text/plain');
  if (!/^\s*[{[]/.test(text) || !isJson(text)) return null;
  const pasted = new File([text], 'pasted.json', { type: 'application/json' });
  return Promise.resolve([{ path: pasted.name, file: pasted }]);
}

function holdsRecords({ name, type }: File): boolean {
  return /\.(jsonl?|ndjson|zip|eval|ipynb|gz|tgz|tar)$/i.test(name) || /json|zip|x-tar/.test(type);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
