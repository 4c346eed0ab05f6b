/**
 * Was a run right? What the file says stands (`acc` of DeepEyes' judge and its like); where it says nothing, a rule of ours: a letter is an
 * option, an option's words are that option, and of questions without options the words decide (lib/scene). No judge model.
 */
import { isRight, normalizeAnswer } from '@/lib/scene';
import { answerOf, type Trajectory } from '@/lib/trajectory';

export interface Verdict {
  /** Null where nobody knows. */
  readonly right: boolean | null;
  readonly by: 'file' | 'options' | 'words' | null;
  /** What our rule says, whoever decided: a file's judge may be wrong. Null where it cannot say. */
  readonly ours: boolean | null;
}

/** Scores that say whether the answer was right, 0 to 1, by the names that files have for them. */
const JUDGED =
  /^(?:acc(?:uracy)?|acc_reward|acc_score|accuracy_reward|correct(?:ness)?|is_correct|round[01]_correctness)$/i;

export function verdictOf(run: Trajectory): Verdict {
  const [ours, by] = ownVerdict(run);
  const told = run.source?.scores?.findLast(({ name }) => JUDGED.test(name));
  // The code's own threshold: a judge may give parts.
  if (told) return { right: told.value > 0.5, by: 'file', ours };
  return { right: ours, by: ours === null ? null : by, ours };
}

function ownVerdict(run: Trajectory): readonly [boolean | null, 'options' | 'words'] {
  const { truth } = run;
  if (!truth || truth.answers.length === 0) return [null, 'words'];
  const given = boxed(answerOf(run) ?? '');
  const options = truth.options ?? [];
  if (options.length > 1) {
    const wanted = truth.answers.map((answer) => optionOf(answer, options)).filter((option) => option !== null);
    // Options that nobody can find the answer among are none.
    if (wanted.length > 0) return [wanted.includes(optionOf(given, options) ?? -1), 'options'];
  }
  return [isRight(given, truth.answers), 'words'];
}

/** What stands in the last `\boxed{}`, which judges take first; the whole text where there is none. */
function boxed(text: string): string {
  const at = text.lastIndexOf('\\boxed{');
  if (at < 0) return text.trim();
  let depth = 0;
  for (let index = at + 6; index < text.length; index += 1) {
    if (text[index] === '{') depth += 1;
    else if (text[index] === '}' && (depth -= 1) === 0) return text.slice(at + 7, index).trim();
  }
  return text.slice(at + 7).trim();
}

/**
 * Which of the options a text is, from 0; null where it is none. A letter alone, in brackets, or before a stop, a colon or a closing
 * bracket; an option's own words, with its letter or without. Letters are capital, or alone: "a dog" is not option A.
 */
function optionOf(text: string, options: readonly string[]): number | null {
  const asWords = options.findIndex((option) => isRight(text, [option, withoutLetter(option)]));
  if (asWords >= 0) return asWords;
  const [, bracketed, alone, leading, rest = ''] =
    /^\s*(?:\(([A-Za-z])\)|([A-Za-z])[.):]?\s*$|([A-Z])[.):]\s*(.*))/su.exec(text) ?? [];
  const letter = bracketed ?? alone ?? leading;
  if (letter === undefined) return null;
  const index = letter.toUpperCase().charCodeAt(0) - 65;
  if (index >= options.length) return null;
  // "B. red" where red is option A says two things; the words are what was meant to be read.
  const named =
    rest === '' ? -1 : options.findIndex((option) => normalizeAnswer(withoutLetter(option)) === normalizeAnswer(rest));
  return named >= 0 ? named : index;
}

/** HR-Bench writes its options with their letters. */
const withoutLetter = (option: string): string => option.replace(/^\s*\(?[A-Z][.):]\s*/u, '');
