/**
 * ChatGPT's data export: conversations.json, alone, in its zip, or split into several. A conversation is a tree of messages in no order: the
 * path to its current one is a run, and every other end of it a run that shares its beginning. Crops are written down nowhere but in the code
 * that made them, in pixels of the file as the code saw it.
 */
import type { Json } from '@/lib/trajectory';
import type { Format, PictureFinder, Read, Reading, Where } from '../contract';
import { isList, isObject, textOf, type JsonObject } from '../json-shape';
import { buildRun } from '../run-builder';
import { createSession } from '../sessions/tell';
import { eventsOfNode, isPrivate, modelOf } from './chatgpt-node';

export const chatGpt: Format = {
  id: 'chatgpt',
  unit: 'record',
  is: (record) => isObject(record) && (isConversation(record) || conversationsIn(record).length > 0),
  rules: ['as-recorded'],
  async *read([record = null], where, finder, reading) {
    if (!isObject(record)) return;
    const all = isConversation(record) ? [record] : conversationsIn(record);
    let index = 0;
    for (const conversation of all) {
      for await (const read of readTree(conversation, index, where, finder, reading)) {
        index += 1;
        yield read;
      }
    }
  },
};

interface Node {
  readonly id: string;
  readonly parent: string;
  readonly children: readonly string[];
  readonly message: JsonObject | null;
}

function isConversation(record: JsonObject): boolean {
  const { mapping } = record;
  if (!isObject(mapping)) return false;
  for (const key in mapping) {
    const node = mapping[key];
    return isObject(node) && ('message' in node || 'parent' in node || 'children' in node);
  }
  return 'current_node' in record;
}

function conversationsIn(record: JsonObject): readonly JsonObject[] {
  const list = record['conversations'] ?? record['items'] ?? null;
  const all = isList(list) ? list : isObject(record['data'] ?? null) ? [record['data'] as Json] : [];
  return all.filter((one): one is JsonObject => isObject(one) && isConversation(one));
}

function nodesOf(mapping: JsonObject): ReadonlyMap<string, Node> {
  const nodes = new Map<string, Node>();
  for (const [id, node] of Object.entries(mapping)) {
    if (!isObject(node)) continue;
    const children = isList(node['children'] ?? null) ? (node['children'] as readonly Json[]).map(textOf) : [];
    const message = node['message'] ?? null;
    nodes.set(id, { id, parent: textOf(node['parent']), children, message: isObject(message) ? message : null });
  }
  return nodes;
}

/** Branches of one conversation. */
const MOST_BRANCHES = 50;
const MOST_NODES = 20_000;

/** From the root to a node; the ids before a circle where there is one. */
function pathTo(nodes: ReadonlyMap<string, Node>, leaf: string): readonly Node[] {
  const path: Node[] = [];
  const seen = new Set<string>();
  for (
    let node = nodes.get(leaf);
    node && !seen.has(node.id) && path.length < MOST_NODES;
    node = nodes.get(node.parent)
  ) {
    seen.add(node.id);
    path.push(node);
  }
  return path.reverse();
}

async function* readTree(
  conversation: JsonObject,
  from: number,
  where: Where,
  finder: PictureFinder,
  reading: Reading,
): AsyncGenerator<Read, void> {
  const nodes = nodesOf(conversation['mapping'] as JsonObject);
  const leaves = [...nodes.values()].filter(({ children }) => !children.some((id) => nodes.has(id)));
  const newest = leaves.toSorted((a, b) => timeOf(b) - timeOf(a))[0]?.id ?? '';
  const told = textOf(conversation['current_node']);
  const current = nodes.has(told) ? told : newest;
  const main = pathTo(nodes, current);
  const onMain = new Set(main.map(({ id }) => id));
  const branches = leaves
    .filter(({ id }) => !onMain.has(id))
    .map(({ id }) => pathTo(nodes, id))
    .filter((path) => path.some((node) => !onMain.has(node.id) && isSaid(node)))
    .slice(0, MOST_BRANCHES);
  const facts = { where, finder, reading, grouped: branches.length > 0 };
  const read = await readPath(conversation, main, { ...facts, index: from, trunk: null });
  yield read;
  const trunk = 'run' in read ? read.run.id : null;
  for (const [at, path] of branches.entries()) {
    const fork = path.findIndex(({ id }) => !onMain.has(id));
    yield await readPath(conversation, path, {
      ...facts,
      index: from + at + 1,
      trunk: trunk === null ? null : { id: trunk, fork: Math.max(0, fork) },
    });
  }
}

interface PathFacts {
  readonly index: number;
  readonly where: Where;
  readonly finder: PictureFinder;
  readonly reading: Reading;
  /** Of a branch: the run it left, and the place in its path where it did. */
  readonly trunk: { readonly id: string; readonly fork: number } | null;
  /** It has branches. */
  readonly grouped: boolean;
}

async function readPath(conversation: JsonObject, path: readonly Node[], facts: PathFacts): Promise<Read> {
  const { index, where, finder, reading, trunk, grouped } = facts;
  const run = buildRun({ where, system: 'chatgpt', rule: 'as-recorded', index, dialect: 'chatgpt' });
  const session = createSession({ run, finder, reading, lone: 'surely' });
  let hidden = 0;
  let shared = 0;
  let model = textOf(conversation['default_model_slug']);
  for (const [at, { message }] of path.entries()) {
    if (trunk && at === trunk.fork) shared = run.stepCount();
    if (!message) continue;
    if (isPrivate(message)) hidden += 1;
    model = modelOf(message) || model;
    for (const event of eventsOfNode(message)) await session.tell(event);
  }
  const ending = await session.end();
  if (hidden > 0) run.note({ code: 'private-left-out', params: { count: hidden } });
  if (trunk) {
    run.note({ code: 'branch-of', params: { steps: shared } });
    run.about({ parent: { runId: trunk.id, steps: shared, change: { kind: 'branch', json: null } } });
  }
  const title = textOf(conversation['title']);
  const created = conversation['create_time'] ?? null;
  run.about({
    ...(title !== '' && { title }),
    ...(model !== '' && { model: { name: model } }),
    ...(typeof created === 'number' && created > 0 && created < 1e11 && { createdAt: dateOf(created) }),
    // Branches of one conversation are found by its name.
    ...(grouped && { source: { kind: title } }),
  });
  if (!session.hasSpoken() && run.pictureCount() === 0 && !path.some(isSaid))
    return { problem: { code: 'empty-conversation' } };
  return run.finish(ending);
}

const dateOf = (seconds: number): string => new Date(seconds * 1000).toISOString();

function timeOf({ message }: Node): number {
  const time = message?.['create_time'] ?? null;
  return typeof time === 'number' ? time : 0;
}

const isSaid = ({ message }: Node): boolean => message !== null && eventsOfNode(message).length > 0;
