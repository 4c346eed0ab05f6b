/**
 * `npm run formats -- FOLDER`: opens a folder (or files) as the page would, and prints for each file what it was taken for, how many runs, steps,
 * pictures and boxes are in it, which pictures are missing, and every note and problem. Without a browser; nothing leaves the machine.
 */
import { openAsBlob, readdirSync, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runMain, SetupError } from '../../scripts/install.mjs';
import { loadSource } from './load-source.mjs';

const HELP = `npm run formats -- FOLDER|FILE… [options]

Prints a table: the format found for each file, its runs, steps, pictures, boxes, notes and problems.

  --rows   a line for every run, not only for every file
  --alone  each file by itself, without those beside it
  --json   the last line of the output is one JSON object
`;

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        rows: { type: 'boolean', default: false },
        alone: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (!values.help && positionals.length === 0) throw new Error('Name a folder or files.');
    return { ...values, paths: positionals };
  } catch (error) {
    throw new SetupError(`${error.message}\n\n${HELP}`);
  }
}

function filesUnder(path, root) {
  let stat;
  try {
    stat = statSync(path);
  } catch {
    throw new SetupError(`There is nothing at ${path}.`);
  }
  if (!stat.isDirectory()) return [{ path, name: relative(root, path) || basename(path) }];
  return readdirSync(path)
    .toSorted()
    .flatMap((name) => filesUnder(join(path, name), root));
}

const never = new AbortController().signal;

/** Facts of each run of a set, and what was not read. */
async function openAll(files, { createSetDesk, boxesAt, lastCursor, say, words }) {
  const desk = createSetDesk();
  const given = await Promise.all(files.map(async ({ path, name }) => ({ path: name, file: await openAsBlob(path) })));
  const found = [];
  const unread = [];
  const rows = [];
  for await (const event of desk.open(given, never)) {
    if (event.type === 'file') found[event.file.index] = event.file;
    if (event.type === 'unread') unread.push(...event.files);
    if (event.type === 'rows') rows.push(...event.rows);
  }
  const told = [];
  for (const row of rows) {
    const base = { file: found[row.file].path, format: words.systems[found[row.file].format], row: row.index };
    const opened = await desk.row(row.index);
    if ('problem' in opened) {
      told.push({ ...base, problem: say(words.problems, opened.problem) });
      continue;
    }
    const { run, notes, wanted } = opened;
    told.push({
      ...base,
      title: run.title,
      steps: run.steps.length,
      pictures: run.pictures.filter(({ from }) => from !== 'view').length,
      boxes: boxesAt(run, lastCursor(run)).length,
      missing: wanted.map(({ is }) => is.names[0] ?? is.id ?? is.hash ?? ''),
      notes: notes.map((note) => say(words.notes, note)),
    });
  }
  return { told, unread: unread.map(({ path, problem }) => ({ file: path, problem: words.page.unread[problem] })) };
}

const sum = (rows, key) => rows.reduce((total, row) => total + (row[key] ?? 0), 0);

function print(rows, unread) {
  const table = [
    ['file', 'format', 'runs', 'steps', 'pictures', 'boxes', 'missing', 'problems'],
    ...rows.map((row) =>
      [row.file, row.format, row.runs, row.steps, row.pictures, row.boxes, row.missing, row.problems].map(String),
    ),
    ...unread.map(({ file }) => [file, '–', '', '', '', '', '', '1']),
  ];
  const widths = table[0].map((_, at) => Math.max(...table.map((line) => line[at].length)));
  for (const line of table)
    console.log(
      line
        .map((cell, at) => (at < 2 ? cell.padEnd(widths[at]) : cell.padStart(widths[at])))
        .join('  ')
        .trimEnd(),
    );
}

function summed(told, key) {
  const groups = new Map();
  for (const row of told) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return [...groups.values()].map((rows) => ({
    file: rows[0].file,
    format: rows[0].format,
    runs: rows.length,
    steps: sum(rows, 'steps'),
    pictures: sum(rows, 'pictures'),
    boxes: sum(rows, 'boxes'),
    missing: new Set(rows.flatMap(({ missing = [] }) => missing)).size,
    problems: rows.filter(({ problem }) => problem).length,
    said: [...new Set(rows.flatMap(({ notes = [], problem }) => [...notes, ...(problem ? [problem] : [])]))],
    asked: [...new Set(rows.flatMap(({ missing = [] }) => missing))],
  }));
}

async function main() {
  const options = readArguments();
  if (options.help) {
    console.log(HELP);
    return;
  }
  const door = {
    ...(await loadSource('lib/formats/set-desk.ts')),
    ...(await loadSource('lib/trajectory/index.ts')),
    ...(await loadSource('lib/words/phrase.ts')),
    words: (await loadSource('lib/words/en/formats.ts')).formats,
  };
  const files = options.paths.flatMap((path) => filesUnder(resolve(path), folderOf(path)));
  const groups = options.alone ? files.map((file) => [file]) : [files];
  const told = [];
  const unread = [];
  for (const group of groups) {
    const opened = await openAll(group, door);
    told.push(...opened.told);
    unread.push(...opened.unread);
  }
  const rows = summed(told, options.rows ? ({ file, row }) => `${file}\n${row}` : ({ file }) => file);
  print(rows, unread);
  for (const { file, said, asked } of rows) {
    if (said.length === 0 && asked.length === 0) continue;
    console.log(`\n${file}`);
    for (const line of said) console.log(`  ${line}`);
    if (asked.length > 0) console.log(`  Missing: ${asked.slice(0, 20).join(', ')}${asked.length > 20 ? ' …' : ''}`);
  }
  for (const { file, problem } of unread) console.log(`\n${file}\n  ${problem}`);
  if (options.json) console.log(JSON.stringify({ rows, unread }));
}

/** Paths are told from the folder that was named. */
function folderOf(path) {
  const whole = resolve(path);
  try {
    return statSync(whole).isDirectory() ? whole : join(whole, '..');
  } catch {
    return whole;
  }
}

await runMain(main);
