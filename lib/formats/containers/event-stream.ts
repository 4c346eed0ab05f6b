/** A saved event stream as a file of lines: the JSON of each event is a record. */
import { readEvents } from '@/lib/wire';

/** @param start of the text, without white space before it */
export function isEventStream(start: string): boolean {
  return /^(?::|(?:event|data|id|retry):)/.test(start);
}

/** So many lines are put into the file at once. */
const BUNDLE = 2000;

/** @throws the signal's reason when stopped */
export async function linesOfEvents(file: Blob, signal: AbortSignal): Promise<Blob> {
  const pieces: Blob[] = [];
  let lines: string[] = [];
  const put = () => {
    if (lines.length > 0) pieces.push(new Blob([`${lines.join('\n')}\n`]));
    lines = [];
  };
  // The last event of a stream that was saved need not have its blank line.
  for await (const { data } of readEvents(new Blob([file, '\n\n']).stream())) {
    signal.throwIfAborted();
    // What is no JSON is an end mark, or nothing that can be read.
    if (/^\s*[{[]/.test(data)) lines.push(data.replace(/\n/g, ' '));
    if (lines.length >= BUNDLE) put();
  }
  put();
  return new Blob(pieces);
}
