/**
 * Codex's sessions: `~/.codex/sessions/…/rollout-….jsonl`, whose lines hold items of OpenAI's Responses API, older ones bare; and what
 * `codex exec --json` prints. Events repeat the items and are read only where there are none.
 */
import type { Json } from '@/lib/trajectory';
import type { Format, PictureFinder, Read, Reading, Where } from '../contract';
import { fromList } from '../from-list';
import { isObject, textOf, type JsonObject } from '../json-shape';
import { buildRun } from '../run-builder';
import { createSession } from '../sessions/tell';
import { createItemReader, viewedBy } from './codex-items';

const LINES = /^(?:session_meta|turn_context|response_item|event_msg|compacted|world_state|inter_agent_communication)$/;
const EXEC = /^(?:thread\.started|turn\.started|turn\.completed|turn\.failed|item\.(?:started|updated|completed))$/;

export const codex: Format = {
  id: 'codex',
  unit: 'file',
  is: (record) => {
    if (!isObject(record)) return false;
    const type = textOf(record['type']);
    if (LINES.test(type)) return isObject(record['payload'] ?? null);
    if (EXEC.test(type)) return true;
    // The head of an older file.
    return (
      type === '' && 'instructions' in record && 'timestamp' in record && 'id' in record && !('messages' in record)
    );
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
  let hasItems = false;
  const viewed = new Set<string>();
  for await (const record of records()) {
    if (!isObject(record)) continue;
    hasItems ||= record['type'] === 'response_item';
    for (const name of viewedBy(payloadOf(record))) viewed.add(name);
  }
  const run = buildRun({ where, system: 'codex', rule: 'as-recorded', dialect: 'codex' });
  const session = createSession({ run, finder, reading, lone: 'perhaps', viewed, model: 'gpt' });
  const items = createItemReader();
  let model = '';
  let created = '';
  let kept = true;
  for await (const record of records()) {
    if (!isObject(record)) continue;
    const type = textOf(record['type']);
    const payload = payloadOf(record);
    created ||= textOf(record['timestamp']);
    if (type === 'turn_context') model = textOf(payload['model']) || model;
    if (type === 'session_meta') kept = isPlain(payload);
    if (type === 'event_msg' && hasItems) continue;
    for (const event of items.events(type, payload)) await session.tell(event);
  }
  const ending = await session.end();
  const { hidden } = items;
  if (hidden() + (kept ? 0 : 1) > 0)
    run.note({ code: 'private-left-out', params: { count: hidden() + (kept ? 0 : 1) } });
  run.about({ ...(model !== '' && { model: { name: model } }), ...(created !== '' && { createdAt: created }) });
  if (!session.hasSpoken() && run.pictureCount() === 0 && run.stepCount() === 0)
    yield { problem: { code: 'empty-conversation' } };
  else yield run.finish(ending);
}

/** Whether it holds no instructions of the person's own. */
const isPlain = (meta: JsonObject): boolean => textOf(meta['instructions'] ?? meta['base_instructions']) === '';

/** What a line tells of; older lines and those of `codex exec` are that themselves. */
function payloadOf(record: JsonObject): JsonObject {
  const { payload, item } = record;
  if (isObject(payload)) return payload;
  return isObject(item) ? item : record;
}
