/**
 * RealX-Bench's columns: of the questions that take an ability the share that was right, for each way of searching, beside the paper's table
 * (arXiv 2511.05271, with both searches and without any). Pure, and of plain data: the command line computes with it too.
 */
import { SEARCH_WAYS, type SearchWay } from './search-ways';

/** What of a result the columns need. */
export interface RealXResult {
  readonly right: boolean;
  readonly abilities: readonly string[];
  readonly search: SearchWay;
}

export const REALX_COLUMNS = ['average', 'perception', 'reasoning', 'search', 'integration'] as const;
export type RealXColumn = (typeof REALX_COLUMNS)[number];

interface Part {
  readonly n: number;
  readonly right: number;
}

export interface RealXRowOfWay extends Readonly<Record<RealXColumn, Part>> {
  readonly way: SearchWay;
}

/** A question is in the column of each ability that it takes; integration takes all three. */
function isIn(column: RealXColumn, abilities: readonly string[]): boolean {
  if (column === 'average') return true;
  if (column === 'integration') return ['perception', 'reasoning', 'search'].every((one) => abilities.includes(one));
  return abilities.includes(column);
}

/** A row for each way that was asked, in the paper's order. */
export function columnsOf(results: readonly RealXResult[]): readonly RealXRowOfWay[] {
  return SEARCH_WAYS.flatMap((way) => {
    const asked = results.filter(({ search }) => search === way);
    if (asked.length === 0) return [];
    const part = (column: RealXColumn): Part => {
      const rows = asked.filter(({ abilities }) => isIn(column, abilities));
      return { n: rows.length, right: rows.filter(({ right }) => right).length };
    };
    const columns = Object.fromEntries(REALX_COLUMNS.map((column) => [column, part(column)]));
    return [{ way, ...(columns as Record<RealXColumn, Part>) }]; // one for each of REALX_COLUMNS
  });
}

/** The paper's numbers in percent; null where it gives none. Other questions, another judge: to be read beside, not against. */
export const PAPER: readonly {
  readonly model: string;
  readonly way: SearchWay;
  readonly shares: readonly (number | null)[];
}[] = [
  { model: 'Human', way: 'both', shares: [70.0, 69.5, 63.5, 62.1, 51.4] },
  { model: 'Gemini 2.5 Pro', way: 'none', shares: [39.3, null, null, null, null] }, // eslint-disable-line words/in-table -- a name
  { model: 'Gemini 2.5 Pro', way: 'both', shares: [46.0, 41.5, 33.7, 43.6, 27.8] }, // eslint-disable-line words/in-table -- a name
  { model: 'o3', way: 'none', shares: [35.0, null, null, null, null] },
  { model: 'o3', way: 'image', shares: [41.3, null, null, null, null] },
  { model: 'o3', way: 'both', shares: [39.3, 38.4, 25.3, 37.0, 20.8] },
  { model: 'GPT-4o', way: 'none', shares: [32.3, null, null, null, null] },
  { model: 'GPT-4o', way: 'both', shares: [38.7, 30.5, 27.5, 36.5, 15.3] },
  { model: 'Qwen2.5-VL-7B', way: 'none', shares: [17.0, null, null, null, null] },
  { model: 'Qwen2.5-VL-7B', way: 'both', shares: [22.3, 17.1, 16.3, 19.9, 9.7] },
  { model: 'Qwen2.5-VL-32B', way: 'both', shares: [32.0, 27.4, 29.2, 31.8, 23.6] },
  { model: 'Qwen2.5-VL-72B', way: 'both', shares: [31.0, 35.4, 25.8, 25.6, 23.6] },
  { model: 'Thyme', way: 'both', shares: [21.0, 18.3, 14.6, 12.8, 4.2] },
  { model: 'DeepEyes', way: 'both', shares: [19.0, 19.5, 14.6, 12.8, 9.7] },
  { model: 'DeepEyesV2', way: 'both', shares: [28.3, 19.5, 22.5, 28.9, 18.1] },
];

/** Results with labels among the lines of a results.jsonl. */
export function rowsOfLines(text: string): readonly RealXResult[] {
  return text.split('\n').flatMap((line) => {
    let row: unknown;
    try {
      row = JSON.parse(line);
    } catch {
      return [];
    }
    const facts = isRecord(row) && isRecord(row.loupe_result) ? row.loupe_result : {};
    const { abilities } = facts;
    const search = SEARCH_WAYS.find((way) => way === facts.search) ?? 'none';
    if (!isRecord(row) || !Array.isArray(abilities)) return [];
    return [{ right: row.acc === 1 || row.acc === true, abilities: abilities.map(String), search }];
  });
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** For a terminal. */
export function textOf(rows: readonly RealXRowOfWay[]): string {
  const percent = (share: number | null): string => (share === null ? '–' : share.toFixed(1));
  const share = ({ n, right }: Part): number | null => (n === 0 ? null : (100 * right) / n);
  const table = [
    ['', 'searches', ...REALX_COLUMNS],
    ...rows.map((row) => ['measured', row.way, ...REALX_COLUMNS.map((column) => percent(share(row[column])))]),
    ['questions', '', ...REALX_COLUMNS.map((column) => String(rows[0]?.[column].n ?? 0))],
    ...PAPER.map(({ model, way, shares }) => [`${model} *`, way, ...shares.map(percent)]),
  ];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((cells) => cells[column]!.length)));
  const lines = table.map((cells) =>
    cells
      .map((cell, column) => (column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  '),
  );
  // eslint-disable-next-line words/in-table -- for a terminal, as the other reports of the command line
  return [...lines.map((line) => line.trimEnd()), '* the paper: its own 300 questions, judged by a model'].join('\n');
}
