/**
 * Files of one run a line (JSONL): trajectory documents, or lines of DeepEyes' evaluation format with the run in them, as
 * `npm run eval` and the bench page write them (docs/evaluation.md). Their pictures lie beside the file, found by hash.
 */
import { runOfDeepEyesLine } from '@/lib/trajectory';
import { FileProblem, isTooDeep, readRunValue, type RunFile } from './run-file';

export const isLines = (name: string): boolean => /\.jsonl$/i.test(name);

export const isPictureName = (name: string): boolean => /\.(?:png|jpe?g|webp|gif|avif|bmp|heic|heif)$/i.test(name);

interface RunLine {
  /** Counted from 1, as editors do. */
  readonly line: number;
  /** Throws `FileProblem`. */
  readonly read: () => RunFile;
}

/** Empty lines are passed over. */
export function readRunLines(text: string): readonly RunLine[] {
  return text
    .split('\n')
    .flatMap((words, index) => (words.trim() === '' ? [] : [{ line: index + 1, read: () => readLine(words) }]));
}

function readLine(words: string): RunFile {
  if (isTooDeep(words)) throw new FileProblem({ code: 'not-a-run' });
  let value: unknown;
  try {
    value = JSON.parse(words);
  } catch {
    throw new FileProblem({ code: 'line-not-json' });
  }
  const run = runOfDeepEyesLine(value);
  if (run !== undefined) return readRunValue(run);
  if (typeof value === 'object' && value !== null && 'pred_output' in value) {
    throw new FileProblem({ code: 'deepeyes-without-run' });
  }
  return readRunValue(value);
}
