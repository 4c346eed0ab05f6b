/** Which rows of a set are shown, in which order, and how an address says so. Pure. */
import type { ReadRow, SetRow } from '@/lib/formats';
import type { PairOutcome, RunFacts } from '@/lib/sets';

export type VerdictFilter = 'any' | 'right' | 'wrong' | 'unknown';
export type IouFilter = 'any' | 'hit' | 'miss';
export type StateFilter = 'any' | 'problem' | 'noted' | 'no-picture';

export interface SetFilter {
  readonly words: string;
  readonly verdict: VerdictFilter;
  /** Null: of any kind; '' : of those that name none. */
  readonly kind: string | null;
  readonly calls: number | null;
  readonly iou: IouFilter;
  readonly state: StateFilter;
  readonly outcome: string | null;
  readonly step: number | null;
  readonly pattern: PatternId | null;
}

export type PatternId = RunFacts['patterns'][number];

const PATTERNS: readonly PatternId[] = [
  'visual-search',
  'visual-comparison',
  'visual-confirmation',
  'hallucination-mitigation',
];

export const NO_FILTER: SetFilter = {
  words: '',
  verdict: 'any',
  kind: null,
  calls: null,
  iou: 'any',
  state: 'any',
  outcome: null,
  step: null,
  pattern: null,
};

export const SORT_KEYS = [
  'row',
  'verdict',
  'question',
  'kind',
  'calls',
  'bestIou',
  'lastIou',
  'length',
  'reward',
] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export interface SetSort {
  readonly by: SortKey;
  readonly down: boolean;
}

export const FILE_ORDER: SetSort = { by: 'row', down: false };

/** This many calls and more are one choice. */
export const MANY_CALLS = 5;

/** A box met its target from this IoU on. */
export const HIT = 0.5;

export function isFiltered(filter: SetFilter): boolean {
  return Object.entries(NO_FILTER).some(([key, value]) => filter[key as keyof SetFilter] !== value);
}

export function arrangeRows(rows: readonly SetRow[], filter: SetFilter, { by, down }: SetSort): readonly SetRow[] {
  const words = wordsOf(filter.words);
  const kept = rows.filter((row) => passes(row, filter, words));
  if (by === 'row') return down ? kept.toReversed() : kept;
  const keyed = kept.map((row) => ({ row, key: row.problem === undefined ? sortKey(row, by) : null }));
  keyed.sort((a, b) => {
    // What says nothing stands last either way.
    if (a.key === null || b.key === null) return a.key === b.key ? a.row.index - b.row.index : a.key === null ? 1 : -1;
    const order = typeof a.key === 'string' ? a.key.localeCompare(String(b.key)) : a.key - Number(b.key);
    return order === 0 ? a.row.index - b.row.index : down ? -order : order;
  });
  return keyed.map(({ row }) => row);
}

function passes(row: SetRow, filter: SetFilter, words: readonly string[]): boolean {
  if (row.problem !== undefined) {
    const { state, ...others } = filter;
    return state === 'problem' || (state === 'any' && !isFiltered({ ...others, state }));
  }
  const { facts, notes, wanted } = row;
  const { verdict, kind, calls, iou, state, outcome, step, pattern } = filter;
  if (verdict !== 'any' && facts.verdict.right !== { right: true, wrong: false, unknown: null }[verdict]) return false;
  if (kind !== null && (facts.kind ?? '') !== kind) return false;
  if (calls !== null && (calls >= MANY_CALLS ? facts.calls < calls : facts.calls !== calls)) return false;
  if (iou !== 'any' && (facts.bestIou === null || facts.bestIou >= HIT !== (iou === 'hit'))) return false;
  if (
    state === 'problem' ||
    (state === 'noted' && notes.length === 0) ||
    (state === 'no-picture' && wanted.length === 0)
  )
    return false;
  if (outcome !== null && facts.outcome !== outcome) return false;
  if (step !== null && facts.trainingStep !== step) return false;
  if (pattern !== null && !facts.patterns.includes(pattern)) return false;
  return hasWords([facts.question, facts.answer ?? '', facts.kind ?? '', ...facts.wanted], words);
}

/** All of them, in lower case, anywhere in the texts. */
export function hasWords(texts: readonly string[], words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = texts.join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}

export const wordsOf = (text: string): readonly string[] => text.trim().toLowerCase().split(/\s+/).filter(Boolean);

function sortKey({ facts }: ReadRow, by: Exclude<SortKey, 'row'>): number | string | null {
  switch (by) {
    case 'verdict':
      return facts.verdict.right === null ? null : Number(facts.verdict.right);
    case 'question':
      return facts.question;
    case 'kind':
      return facts.kind;
    case 'calls':
      return facts.calls;
    case 'bestIou':
      return facts.bestIou;
    case 'lastIou':
      return facts.lastIou;
    case 'length':
      return facts.tokens ?? facts.characters;
    case 'reward':
      return facts.rewards.told ?? facts.rewards.code;
    default:
      return by satisfies never;
  }
}

// The address: what is chosen, and nothing of what is not.

export interface SetPlace {
  readonly filter: SetFilter;
  readonly sort: SetSort;
  /** The row that is looked at, and the step there. */
  readonly row: number | null;
  readonly step: number | null;
  /** Of two sets side by side: which pairs. */
  readonly pair: PairOutcome | null;
}

const PAIRS: readonly PairOutcome[] = ['left-only', 'right-only', 'both-right', 'both-wrong', 'unknown'];

export function readPlace(search: string): SetPlace {
  const given = new URLSearchParams(search);
  const number = (name: string): number | null => {
    const value = Number.parseInt(given.get(name) ?? '', 10);
    return Number.isSafeInteger(value) && value >= 0 ? value : null;
  };
  const one = <T extends string>(name: string, of: readonly T[], usual: T): T =>
    of.find((value) => value === given.get(name)) ?? usual;
  const sort = given.get('sort') ?? '';
  const by = SORT_KEYS.find((key) => sort === key || sort === `-${key}`);
  return {
    filter: {
      words: given.get('q') ?? '',
      verdict: one('answer', ['right', 'wrong', 'unknown'], 'any'),
      kind: given.get('kind'),
      calls: number('calls'),
      iou: one('iou', ['hit', 'miss'], 'any'),
      state: one('state', ['problem', 'noted', 'no-picture'], 'any'),
      outcome: given.get('end'),
      step: number('trained'),
      pattern: PATTERNS.find((one) => one === given.get('pattern')) ?? null,
    },
    sort: by ? { by, down: sort.startsWith('-') } : FILE_ORDER,
    row: number('row'),
    step: number('step'),
    pair: PAIRS.find((one) => one === given.get('pair')) ?? null,
  };
}

/** @param base what names the set: `set=…` or `open=…` */
export function writePlace(base: string, { filter, sort, row, step, pair }: SetPlace): string {
  const given = new URLSearchParams(base);
  const put = (name: string, value: string | number | null) => {
    if (value !== null && value !== 'any') given.set(name, String(value));
  };
  put('q', filter.words === '' ? null : filter.words);
  put('answer', filter.verdict);
  put('kind', filter.kind);
  put('calls', filter.calls);
  put('iou', filter.iou);
  put('state', filter.state);
  put('end', filter.outcome);
  put('trained', filter.step);
  put('pattern', filter.pattern);
  put('pair', pair);
  put('sort', sort.by === 'row' && !sort.down ? null : `${sort.down ? '-' : ''}${sort.by}`);
  put('row', row);
  put('step', row === null ? null : step);
  const text = given.toString();
  return text === '' ? '' : `?${text}`;
}
