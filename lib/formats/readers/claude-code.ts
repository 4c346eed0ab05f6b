/**
 * Claude Code's sessions: `~/.claude/projects/…/<session>.jsonl`, and what `claude -p --output-format stream-json` prints. One message of the
 * model is many lines, pictures stand in them twice, and what the program puts around a person's words is not theirs. Read line by line.
 */
import type { Json } from '@/lib/trajectory';
import type { Format, PictureFinder, Read, Reading, Where } from '../contract';
import { fromList } from '../from-list';
import { isObject, textOf, type JsonObject } from '../json-shape';
import { buildRun } from '../run-builder';
import { createSession } from '../sessions/tell';
import { sortLines, type SessionLines } from './claude-lines';
import { createLineReader } from './claude-events';

/** Lines that stand at the beginning of such a file. */
const KINDS =
  /^(?:user|assistant|system|attachment|progress|queue-operation|result|permission-mode|last-prompt|custom-title|ai-title|agent-name|mode)$/;

export const claudeCode: Format = {
  id: 'claude-code',
  unit: 'file',
  is: (record) => {
    if (!isObject(record)) return false;
    const type = textOf(record['type']);
    if (type === 'summary') return 'leafUuid' in record;
    if (type === 'file-history-snapshot') return 'snapshot' in record || 'messageId' in record;
    const names = 'sessionId' in record || 'session_id' in record || 'parentUuid' in record;
    return names && KINDS.test(type);
  },
  rules: ['as-recorded'],
  read: (records, where, finder, reading) => stream(() => fromList(records), where, finder, reading),
  stream,
};

async function* stream(
  records: () => AsyncIterable<Json>,
  where: Where,
  finder: PictureFinder,
  reading: Reading,
): AsyncGenerator<Read, void> {
  const sorted = await sortLines(records());
  let trunk: string | null = null;
  for (const [index, own] of sorted.runs.entries()) {
    const read = await readRun(records(), { index, own, sorted, trunk, where, finder, reading });
    if ('run' in read) trunk ??= read.run.id;
    yield read;
  }
}

interface RunFacts {
  readonly index: number;
  readonly own: SessionLines['runs'][number];
  readonly sorted: SessionLines;
  readonly trunk: string | null;
  readonly where: Where;
  readonly finder: PictureFinder;
  readonly reading: Reading;
}

async function readRun(
  records: AsyncIterable<Json>,
  { index, own, sorted, trunk, where, finder, reading }: RunFacts,
): Promise<Read> {
  const run = buildRun({ where, system: 'claude-code', rule: 'as-recorded', index, dialect: 'claude-code' });
  const session = createSession({ run, finder, reading, lone: 'perhaps', viewed: sorted.viewed, model: 'claude' });
  const lines = createLineReader();
  let model = '';
  let created = '';
  let shared = 0;
  let at = -1;
  for await (const record of records) {
    at += 1;
    if (!own.lines.has(at) || !isObject(record)) continue;
    if (own.kind === 'branch' && at === own.fork) shared = run.stepCount();
    const message = isObject(record['message'] ?? null) ? (record['message'] as JsonObject) : {};
    const said = textOf(message['model']);
    // What the program itself answers is no model's.
    if (said !== '' && said !== '<synthetic>') model = said;
    created ||= textOf(record['timestamp']);
    for (const event of lines.events(record)) await session.tell(event);
  }
  const ending = await session.end();
  if (lines.hidden() > 0) run.note({ code: 'private-left-out', params: { count: lines.hidden() } });
  if (own.kind !== 'main') {
    run.note(own.kind === 'branch' ? { code: 'branch-of', params: { steps: shared } } : { code: 'side-agent' });
    if (trunk !== null)
      run.about({
        parent: {
          runId: trunk,
          steps: shared,
          change: { kind: own.kind === 'branch' ? 'branch' : 'side-agent', json: null },
        },
      });
  }
  run.about({
    ...(own.kind === 'main' && sorted.title !== '' && { title: sorted.title }),
    ...(model !== '' && { model: { name: model } }),
    ...(created !== '' && { createdAt: created }),
    ...(sorted.runs.length > 1 && { source: { kind: own.kind === 'side' ? 'sub-agent' : 'session' } }),
  });
  if (!session.hasSpoken() && run.pictureCount() === 0 && run.stepCount() === 0 && !lines.asked())
    return { problem: { code: 'empty-conversation' } };
  return run.finish(ending);
}
