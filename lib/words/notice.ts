/** What a notice is before it has words: a code of the table `notices`, and what belongs to it. */
import type { Words } from './en';

type Notices = Words['notices'];

/** `engine/device-lost`, `image/corrupt` …; `session/not-started` is said where not even that table has come. */
export type NoticeCode =
  { [Of in keyof Notices]: `${Of}/${keyof Notices[Of] & string}` }[keyof Notices] | 'session/not-started';

/** A problem as `writePhrase` writes it, and whose it is. */
export interface WrittenProblem {
  readonly of: 'engine' | 'image' | 'servers';
  readonly written: string;
}

/** Plain data: what happened, for a person. Its words: `useNoticeWords`. */
export interface Notice {
  readonly code: NoticeCode;
  /** How many it is about. */
  readonly count?: number;
  /** What exactly happened. `instead`: it is said in place of the detail, else behind it in brackets. */
  readonly problem?: WrittenProblem & { readonly instead: boolean };
  /** The same in technical words, or in a sentence that a run of an earlier version kept. */
  readonly told?: { readonly text: string; readonly instead: boolean };
  /** Nothing failed: it is said beside what worked. */
  readonly remark?: boolean;
}

/** A notice in words. */
export interface SaidNotice {
  readonly title: string;
  readonly detail: string;
  /** What the person can do next. */
  readonly advice: string;
}

/** @param problem `notice.problem` in words; null where there are none */
export function sayNotice(table: Notices, notice: Notice, problem: string | null): SaidNotice | null {
  const [of = '', code = ''] = notice.code.split('/');
  // `NoticeCode` names the table's own keys.
  const part = (table as Readonly<Record<string, Readonly<Record<string, NoticeWords>>>>)[of];
  const words = part?.[code];
  if (!words) return null;
  const detail = typeof words.detail === 'string' ? words.detail : words.detail({ count: notice.count ?? 0 });
  const { title, advice } = words;
  const [text, instead] =
    problem !== null ? [problem, notice.problem?.instead] : [notice.told?.text, notice.told?.instead];
  if (!text) return { title, detail, advice };
  return { title, detail: instead ? text : `${detail} (${text})`, advice };
}

interface NoticeWords {
  readonly title: string;
  readonly detail: string | ((params: { readonly count: number }) => string);
  readonly advice: string;
}
