/**
 * Results in numbers; docs/evaluation.md defines each. Shares are fractions 0 … 1, null where there is nothing to take the
 * share of. Pure, and of plain data: the command line computes with it too.
 */
import type { BenchResult } from './result';

export interface Share {
  readonly n: number;
  readonly right: number;
  readonly accuracy: number | null;
}

/** All results of one way of asking. */
export interface Column extends Share {
  readonly byKind: Readonly<Record<string, Share>>;
  readonly needsZoom: Share;
  readonly needsNoZoom: Share;
  readonly existence: Existence | null;
  readonly tokensPerQuestion: number | null;
  readonly secondsPerQuestion: number | null;
}

/** As POPE scores: `yes` is the positive answer; what is not `yes` is taken for no, and is right only where it says so. */
export interface Existence {
  readonly n: number;
  readonly accuracy: number;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
  readonly yesRatio: number;
}

/** Of the questions that were asked with tools. */
export interface Looks {
  readonly meanIou: number | null;
  readonly lastCallIou: number | null;
  readonly targetIou: number | null;
  readonly tagInLastCall: number | null;
  readonly callsPerQuestion: number | null;
  /** Of the questions that need a closer look, those that got one. */
  readonly lookedWhereNeeded: number | null;
  readonly answeredWithoutCall: number | null;
}

export interface Summary {
  readonly withTools: Column | null;
  readonly without: Column | null;
  readonly looks: Looks | null;
}

type Row = Omit<BenchResult, 'trajectory'>;

export function summarize(results: readonly Row[]): Summary {
  const withTools = results.filter(({ tools }) => tools);
  const without = results.filter(({ tools }) => !tools);
  return {
    withTools: columnOf(withTools),
    without: columnOf(without),
    looks: withTools.length > 0 ? looksOf(withTools) : null,
  };
}

function columnOf(rows: readonly Row[]): Column | null {
  if (rows.length === 0) return null;
  const kinds = [...new Set(rows.map(({ kind }) => kind))];
  return {
    ...shareOf(rows),
    byKind: Object.fromEntries(kinds.map((kind) => [kind, shareOf(rows.filter((row) => row.kind === kind))])),
    needsZoom: shareOf(rows.filter(({ needsZoom }) => needsZoom === true)),
    needsNoZoom: shareOf(rows.filter(({ needsZoom }) => needsZoom === false)),
    existence: existenceOf(rows.filter(({ kind }) => kind === 'exists')),
    tokensPerQuestion: mean(rows.map(({ tokens }) => tokens)),
    secondsPerQuestion: mean(rows.map(({ ms }) => ms / 1000)),
  };
}

function shareOf(rows: readonly Row[]): Share {
  const right = rows.filter((row) => row.right).length;
  return { n: rows.length, right, accuracy: ratio(right, rows.length) };
}

function looksOf(rows: readonly Row[]): Looks {
  const looked = rows.filter(({ callIous }) => callIous.length > 0);
  const needed = rows.filter(({ needsZoom }) => needsZoom === true);
  const free = rows.filter(({ needsZoom }) => needsZoom === false);
  const shown = rows.flatMap(({ tagInLastLook }) => tagInLastLook ?? []);
  return {
    meanIou: mean(looked.flatMap(({ callIous }) => callIous)),
    lastCallIou: mean(looked.flatMap(({ callIous }) => callIous.slice(-1))),
    targetIou: mean(needed.flatMap(({ targetIou }) => targetIou ?? [])),
    tagInLastCall: ratio(shown.filter(Boolean).length, shown.length),
    callsPerQuestion: mean(rows.map(({ calls }) => calls)),
    lookedWhereNeeded: ratio(needed.filter(({ calls }) => calls > 0).length, needed.length),
    answeredWithoutCall: ratio(free.filter(({ calls, given }) => calls === 0 && given !== null).length, free.length),
  };
}

const isYes = (answer: string | null): boolean => /^\W*yes\b/i.test(answer ?? '');

function existenceOf(rows: readonly Row[]): Existence | null {
  if (rows.length === 0) return null;
  const count = (said: boolean, there: boolean) =>
    rows.filter(({ given, answer }) => isYes(given) === said && isYes(answer) === there).length;
  const [hits, alarms, misses] = [count(true, true), count(true, false), count(false, true)];
  const precision = ratio(hits, hits + alarms);
  const recall = ratio(hits, hits + misses);
  return {
    n: rows.length,
    accuracy: rows.filter(({ right }) => right).length / rows.length,
    precision,
    recall,
    f1: ratio(2 * hits, 2 * hits + alarms + misses),
    yesRatio: (hits + alarms) / rows.length,
  };
}

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

const mean = (values: readonly number[]): number | null =>
  ratio(
    values.reduce((sum, value) => sum + value, 0),
    values.length,
  );
