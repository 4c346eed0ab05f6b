/** Code in a run: what a call ran, and what came of it. Whoever recorded the run, its calls keep their code as `input.code`. */
import type { Json } from './json';
import type { Step, StepOf } from './schema';

/** What a call ran; null where it ran no code. */
export function codeOf(step: Step): string | null {
  if (step.type !== 'call') return null;
  const code = codeIn(step.input);
  return code === null || code.trim() === '' ? null : code;
}

function codeIn(input: Json): string | null {
  if (typeof input !== 'object' || input === null || !('code' in input)) return null;
  return typeof input.code === 'string' ? input.code : null;
}

/** What code wrote, apart from pictures. */
export interface CodeOutput {
  readonly stdout: string;
  readonly stderr: string;
}

/** As DeepEyesV2's environment words it (Visual-Agent/DeepEyesV2, envs/deepeyesv2/prompt.py). */
const HEAD = 'Code execution result:\nstdout:\n```\n';
const BETWEEN = '\n```\n\nstderr:\n```\n';
const END = '\n```';

const withoutEnd = (text: string, end: string): string => (text.endsWith(end) ? text.slice(0, -end.length) : text);

function apart(text: string): CodeOutput {
  const body = withoutEnd(text.trimEnd(), '\n\nImages:').trimEnd();
  const from = body.indexOf(HEAD);
  const middle = body.indexOf(BETWEEN);
  if (from < 0 || middle < 0 || body.slice(0, from).trim() !== '' || !body.endsWith(END))
    return { stdout: text, stderr: '' };
  return {
    stdout: body.slice(from + HEAD.length, middle),
    stderr: body.slice(middle + BETWEEN.length, -END.length),
  };
}

/** The texts of a result apart; one that no known environment worded is all output. */
export function codeOutput(result: StepOf<'result'>): CodeOutput {
  const told = result.parts.flatMap((part) => ('text' in part ? [apart(part.text)] : []));
  const join = (kind: keyof CodeOutput): string =>
    told
      .map((one) => one[kind].trimEnd())
      .filter((text) => text.trim() !== '')
      .join('\n');
  return { stdout: join('stdout'), stderr: join('stderr') };
}

/** The last line of a traceback, as `ValueError: the box is empty`; null where nothing was raised. */
export function errorIn({ stdout, stderr }: CodeOutput): string | null {
  for (const text of [stderr, stdout]) {
    const lines = text.trimEnd().split('\n');
    const raised = lines.findLast((line) =>
      /^(?:[\w.]+\.)?[A-Z]\w*(?:Error|Exception|Interrupt|Exit)\b(?::|$)/.test(line),
    );
    if (raised !== undefined && (text === stderr || text.includes('Traceback'))) return raised;
  }
  return null;
}

/** Whether the code holds no statement that does anything: comments, texts by themselves, `pass` and `...`. */
export function isIdle(code: string): boolean {
  const bare = code
    .replace(/'''[\s\S]*?'''|"""[\s\S]*?"""/g, "''")
    .split('\n')
    .map((line) => line.replace(/^\s*#.*$/, '').trim());
  return bare.every((line) => line === '' || /^(?:pass|\.\.\.|(?:'[^']*'|"[^"]*"))\s*(?:;\s*)?(?:#.*)?$/.test(line));
}
