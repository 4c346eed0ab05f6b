/**
 * Which lines of a Claude Code session belong to which run. Lines form a tree (`parentUuid`): the path to the last of them is the run, prompts
 * that were edited leave branches, sub-agents (`isSidechain`, `parent_tool_use_id`) write sessions of their own. Of each line no more is kept
 * than its place in that.
 */
import type { Json } from '@/lib/trajectory';
import { isList, isObject, textOf, type JsonObject } from '../json-shape';

interface Line {
  readonly at: number;
  readonly id: string;
  readonly parent: string;
  readonly side: boolean;
  readonly role: 'user' | 'assistant' | null;
  /** Nothing in it but results of tools. */
  readonly results: readonly string[];
  readonly calls: readonly string[];
  readonly message: string;
}

export interface SessionLines {
  /** Places of a run's lines in the file, in their order; `shared` of them it has in common with the first run. */
  readonly runs: readonly {
    readonly lines: ReadonlySet<number>;
    readonly kind: 'main' | 'branch' | 'side';
    readonly fork: number;
  }[];
  /** Files that some call shows. */
  readonly viewed: ReadonlySet<string>;
  readonly title: string;
}

const MOST_BRANCHES = 20;

export const blocksOf = (record: JsonObject): readonly JsonObject[] => {
  const { message } = record;
  const content = isObject(message) ? (message['content'] ?? null) : null;
  return isList(content) ? content.filter(isObject) : [];
};

export async function sortLines(records: AsyncIterable<Json>): Promise<SessionLines> {
  const lines: Line[] = [];
  const viewed = new Set<string>();
  let title = '';
  let at = -1;
  for await (const record of records) {
    at += 1;
    if (!isObject(record)) continue;
    if (record['type'] === 'summary' || record['type'] === 'custom-title' || record['type'] === 'ai-title')
      title = textOf(record['summary'] ?? record['customTitle'] ?? record['aiTitle'] ?? record['title']) || title;
    const line = lineOf(record, at);
    if (line) lines.push(line);
    for (const { input } of blocksOf(record).filter(({ type }) => type === 'tool_use')) {
      const path = isObject(input) ? textOf(input['file_path'] ?? input['path']) : '';
      if (path !== '') viewed.add(path.slice(path.lastIndexOf('/') + 1).toLowerCase());
    }
  }
  return { runs: runsOf(lines), viewed, title };
}

function lineOf(record: JsonObject, at: number): Line | null {
  const type = textOf(record['type']);
  const role = type === 'user' || type === 'assistant' ? type : null;
  const id = textOf(record['uuid']);
  if (!role && id === '') return null;
  const blocks = blocksOf(record);
  const results = blocks.filter((block) => block['type'] === 'tool_result');
  return {
    at,
    id: id === '' ? `#${at}` : id,
    parent: textOf(record['parentUuid']) || textOf(record['logicalParentUuid']),
    side: record['isSidechain'] === true || textOf(record['parent_tool_use_id']) !== '',
    role,
    results: results.length === blocks.length ? results.map((block) => textOf(block['tool_use_id'])) : [],
    calls: blocks.filter((block) => block['type'] === 'tool_use').map((block) => textOf(block['id'])),
    message: isObject(record['message'] ?? null) ? textOf((record['message'] as JsonObject)['id']) : '',
  };
}

function runsOf(all: readonly Line[]): SessionLines['runs'] {
  // A session that goes on in another file repeats its lines.
  const byId = new Map<string, Line>();
  for (const line of all) if (!byId.has(line.id)) byId.set(line.id, line);
  const lines = [...byId.values()];
  const main = lines.filter(({ side }) => !side);
  const isTree = main.some(({ parent }) => parent !== '');
  const last = main.findLast(({ role }) => role !== null) ?? main.at(-1);
  const trunk = isTree && last ? withKin(pathTo(byId, last), main) : new Set(main.map(({ at }) => at));
  const branches = isTree ? branchesOf(main, byId, trunk) : [];
  const sides = sidesOf(lines, byId);
  // A sub-agent may have a file of its own.
  const isMain = sides.length === 0 || main.some(({ role }) => role !== null);
  return [
    ...(isMain ? [{ lines: trunk, kind: 'main' as const, fork: 0 }] : []),
    ...branches.map((path) => ({
      lines: withKin(path, main),
      kind: 'branch' as const,
      fork: path.find(({ at }) => !trunk.has(at))?.at ?? 0,
    })),
    ...sides,
  ];
}

function pathTo(byId: ReadonlyMap<string, Line>, leaf: Line): readonly Line[] {
  const path = new Set<Line>();
  for (let line: Line | undefined = leaf; line && !path.has(line); line = byId.get(line.parent)) path.add(line);
  return [...path].reverse();
}

/** Pieces of one message and results of its calls hang beside each other in the tree, and belong together. */
function withKin(path: readonly Line[], lines: readonly Line[]): ReadonlySet<number> {
  const own = new Set(path.map(({ at }) => at));
  const messages = new Set(
    path.flatMap(({ message, role }) => (role === 'assistant' && message !== '' ? [message] : [])),
  );
  const kin = lines.filter(({ role, message }) => role === 'assistant' && messages.has(message));
  for (const { at } of kin) own.add(at);
  const calls = new Set([...path, ...kin].flatMap((line) => line.calls));
  for (const { at, results } of lines) if (results.length > 0 && results.some((id) => calls.has(id))) own.add(at);
  return own;
}

function branchesOf(main: readonly Line[], byId: ReadonlyMap<string, Line>, trunk: ReadonlySet<number>) {
  const parents = new Set(main.map(({ parent }) => parent));
  return main
    .filter(({ id, at, role }) => role !== null && !parents.has(id) && !trunk.has(at))
    .map((leaf) => pathTo(byId, leaf))
    .filter((path) => path.some(({ at, role }) => role === 'assistant' && !trunk.has(at)))
    .slice(-MOST_BRANCHES);
}

/** Sub-agents, each from its own prompt on; one that says nothing is none. */
function sidesOf(lines: readonly Line[], byId: ReadonlyMap<string, Line>) {
  const sides = new Map<string, Line[]>();
  for (const line of lines.filter(({ side }) => side)) {
    const root = pathTo(byId, line).find(({ side }) => side) ?? line;
    const own = sides.get(root.id);
    if (own) own.push(line);
    else sides.set(root.id, [line]);
  }
  return [...sides.values()]
    .filter((own) => own.some(({ role }) => role === 'assistant'))
    .slice(0, MOST_BRANCHES)
    .map((own) => ({ lines: new Set(own.map(({ at }) => at)), kind: 'side' as const, fork: 0 }));
}
