/**
 * Excel workbooks: an archive of XML, of which the first sheet's rows are read, named by its first. A worker has no XML parser; cells are few
 * kinds and flat, and are found by their tags.
 */
import type { Json } from '@/lib/trajectory';
import { scalarText } from '../json-shape';
import { rowOf } from './delimited';
import { countedRecords, type Records } from './record-file';
import { SourceError, type Source } from './source';
import { zipSources } from './zip';

/** Of one part, unpacked: a browser's strings end at twice that. */
const MOST_XML = 200 * 1024 * 1024;
const MOST_ROWS = 1_000_000;
const MOST_COLUMNS = 1_000;

/** @throws SourceError where it is no workbook, or a larger one than is taken */
export async function workbookRecords(source: Source): Promise<Records> {
  const parts = new Map<string, Source>();
  for (const part of await zipSources(await source.blob(), source.path))
    parts.set(part.path.slice(source.path.length + 1), part);
  const text = async (name: string): Promise<string> => {
    const part = parts.get(name);
    if (!part) return '';
    if (part.size > MOST_XML) throw new SourceError('too-large', source.path);
    return (await part.blob()).text();
  };
  const sheet = await firstSheet(text, [...parts.keys()]);
  if (sheet === null) throw new SourceError('damaged', source.path);
  const shared = sharedTexts(await text('xl/sharedStrings.xml'));
  const [head = [], ...rows] = rowsOf(await text(sheet), shared);
  const names = head.map((cell) => scalarText(cell));
  return countedRecords(rows.length, async (row) => ({ json: rowOf(names, rows[row] ?? []) }));
}

/** The sheet that comes first in the book, by its name among the parts. */
async function firstSheet(text: (name: string) => Promise<string>, names: readonly string[]): Promise<string | null> {
  const id = /<(?:\w+:)?sheet\b[^>]*?\br:id="([^"]{1,100})"/.exec(await text('xl/workbook.xml'))?.[1];
  for (const [relation] of (await text('xl/_rels/workbook.xml.rels')).matchAll(/<Relationship\b[^>]{1,2000}>/g)) {
    if (id === undefined || !relation.includes(`Id="${id}"`)) continue;
    const target = /\bTarget="([^"]{1,500})"/.exec(relation)?.[1] ?? '';
    const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
    if (names.includes(path)) return path;
  }
  return names.filter((name) => /^xl\/worksheets\/[^/]+\.xml$/.test(name)).toSorted()[0] ?? null;
}

/** Pieces between a tag and its end, one after the other. Of a tag that closes itself: null. */
function* elements(
  xml: string,
  tag: string,
  from = 0,
  to = xml.length,
): Generator<{ readonly head: string; readonly body: string | null }> {
  const opens = new RegExp(`<(?:\\w+:)?${tag}(?=[\\s/>])`, 'g');
  opens.lastIndex = from;
  for (let found = opens.exec(xml); found && found.index < to; found = opens.exec(xml)) {
    const close = xml.indexOf('>', found.index);
    if (close < 0) return;
    const head = xml.slice(found.index, close + 1);
    if (head.endsWith('/>')) {
      yield { head, body: null };
      continue;
    }
    const name = /^<((?:\w+:)?\w+)/.exec(head)?.[1] ?? tag;
    const end = xml.indexOf(`</${name}>`, close);
    if (end < 0) return;
    yield { head, body: xml.slice(close + 1, end) };
    opens.lastIndex = end;
  }
}

/** Runs of one text may be many; what says how it is pronounced is none of it. */
function textIn(xml: string): string {
  const own = xml.includes('rPh') ? xml.replace(/<rPh\b[\s\S]{0,10000}?<\/rPh>/g, '') : xml;
  let text = '';
  for (const { body } of elements(own, 't')) text += body ?? '';
  return decoded(text);
}

const sharedTexts = (xml: string): readonly string[] =>
  Array.from(elements(xml, 'si'), ({ body }) => textIn(body ?? ''));

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decoded(text: string): string {
  const plain = !text.includes('&')
    ? text
    : text.replace(
        /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi,
        (whole, hex?: string, number?: string, name?: string) => {
          if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
          const code = hex === undefined ? Number(number) : parseInt(hex, 16);
          return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
        },
      );
  // Excel's own way to write what XML may not hold.
  return plain.includes('_x')
    ? plain.replace(/_x([0-9A-F]{4})_/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    : plain;
}

function rowsOf(xml: string, shared: readonly string[]): readonly (readonly Json[])[] {
  const rows: Json[][] = [];
  for (const { body } of elements(xml, 'row')) {
    if (rows.length > MOST_ROWS) break;
    const row: Json[] = [];
    for (const { head, body: cell } of elements(body ?? '', 'c')) {
      const column = columnOf(/\br="([A-Z]{1,3})\d*"/.exec(head)?.[1]) ?? row.length;
      if (column >= MOST_COLUMNS || cell === null) continue;
      while (row.length < column) row.push(null);
      row[column] = valueOf(/\bt="(\w{1,12})"/.exec(head)?.[1] ?? 'n', cell, shared);
    }
    if (row.some((cell) => cell !== null)) rows.push(row);
  }
  return rows;
}

function valueOf(kind: string, cell: string, shared: readonly string[]): Json {
  if (kind === 'inlineStr') return textIn(cell);
  const [value] = elements(cell, 'v');
  const text = value?.body ?? '';
  if (text === '') return null;
  if (kind === 's') return shared[Number(text)] ?? null;
  if (kind === 'b') return text === '1';
  if (kind === 'str') return decoded(text);
  const number = Number(text);
  return kind === 'e' || Number.isNaN(number) ? decoded(text) : number;
}

/** `AB` is the 28th, from 0. */
function columnOf(letters: string | undefined): number | null {
  if (letters === undefined) return null;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}
