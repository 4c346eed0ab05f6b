/**
 * How what code came to is told: as DeepEyesV2's environment words it (Visual-Agent/DeepEyesV2,
 * reinforcement_learning/verl/workers/agent/envs/deepeyesv2/prompt.py, `RETURN_CODE_PROMPT`, stripped). What its sandbox does not word (a
 * limit, a breakdown) stands in stderr, worded as Python words errors.
 */
import type { CodeResult } from '@/lib/python/contract';

export interface ToldCode {
  readonly stdout: string;
  readonly stderr: string;
  readonly hasPictures: boolean;
}

/** The text before the pictures; each of them is a part of its own. */
export function tellCode({ stdout, stderr, hasPictures }: ToldCode): string {
  const text = `Code execution result:\nstdout:\n\`\`\`\n${stdout}\n\`\`\`\n\nstderr:\n\`\`\`\n${stderr}\n\`\`\``;
  return hasPictures ? `${text}\n\nImages:\n` : text;
}

const ENDED = {
  time: (seconds: number) =>
    `TimeoutError: the code ran for more than ${seconds} s and was ended. Names that it made are gone, those of earlier code are not.`,
  crash: () =>
    'MemoryError: Python broke down, most likely for want of memory. Names that this code made are gone, those of earlier code are not.',
} as const;

const GONE = 'NameWarning: the names of earlier code are gone; image_1 and what Python itself has are there.';

/** stderr with what the sandbox has to say. */
export function stderrOf(
  { stderr, ended, namesGone, picturesLeft }: Pick<CodeResult, 'stderr' | 'ended' | 'namesGone' | 'picturesLeft'>,
  seconds: number,
): string {
  const said = [
    ...(namesGone ? [GONE] : []),
    ...(picturesLeft > 0 ? [`Warning: ${picturesLeft} more pictures were shown and are left out.`] : []),
    ...(ended === null ? [] : [ENDED[ended](seconds)]),
  ];
  // What was printed need not end its line.
  const between = stderr === '' || stderr.endsWith('\n') || said.length === 0 ? '' : '\n';
  return stderr + between + said.map((line) => `${line}\n`).join('');
}

/** Whether a told result is that of code which did not come to its end, and so left no names. */
export function wasEnded(told: string): boolean {
  return /\n(?:TimeoutError: the code ran for more than \d+ s and was ended\.|MemoryError: Python broke down, )/.test(
    told,
  );
}

/** The end of a text that is too long to be told. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')}\n[${text.length - most} more characters were left out]`;
}
