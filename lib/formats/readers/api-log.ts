/**
 * Logs of models' APIs, whoever kept them: bare bodies, pairs, lists, lines, event streams, and the files of a request and its reply that lie side
 * by side. A file is as many runs as it has conversations.
 */
import type { Json } from '@/lib/trajectory';
import type { Format, PictureFinder, Read, Reading, Where } from '../contract';
import { fromList } from '../from-list';
import { createConversations, createExchangeReader } from '../protocols/conversation';
import { PROTOCOLS } from '../protocols/all';
import { piecesOfLog, tellsOfApi, valuesInText } from '../protocols/pieces-of-log';
import { API_RULES } from '../protocols/tell';
import { tellConversations } from '../protocols/tell-all';

/** One format a protocol, so that each has its name; all are read alike. */
export const apiLogs: readonly Format[] = PROTOCOLS.map(({ id }): Format => ({
  id,
  unit: 'file',
  is: (record) => protocolOf(record) === id,
  rules: API_RULES,
  read: (records, where, finder, reading) => readApiLog(() => fromList(records), where, finder, reading),
  stream: readApiLog,
}));

/** Each record is looked into once, for all of them. */
const known = new WeakMap<object, Format['id'] | 'none'>();

function protocolOf(record: Json): Format['id'] | 'none' {
  if (typeof record !== 'object' || record === null) return 'none';
  const told = known.get(record) ?? (tellsOfApi(record) ? protocolIn(record) : null) ?? 'none';
  known.set(record, told);
  return told;
}

function protocolIn(record: Json): Format['id'] | null {
  let asked: Format['id'] | null = null;
  for (const piece of piecesOfLog(record)) {
    if (piece.kind === 'item') return 'openai-responses';
    if (piece.kind !== 'request') return piece.protocol?.id ?? null;
    asked = piece.protocol?.id ?? null;
  }
  return asked;
}

/** Of a log of any size no more is held than its conversations, each told once: requests repeat what came before them. */
async function* readApiLog(
  records: () => AsyncIterable<Json>,
  where: Where,
  finder: PictureFinder,
  reading: Reading,
): AsyncGenerator<Read, void> {
  const beside = await filesBeside(where.file, finder);
  if (beside === 'told-elsewhere') return;
  const exchanges = createExchangeReader();
  const joined = createConversations();
  for await (const record of records()) exchanges.read(record).forEach(joined.add);
  for (const record of beside) exchanges.read(record).forEach(joined.add);
  exchanges.end().forEach(joined.add);
  const conversations = joined.all();
  yield* tellConversations(conversations, { where, finder, reading });
  if (conversations.length === 0) yield { problem: { code: 'no-messages' } };
}

const HALF = /^(.*?)(request|req|response|resp|reply)((?:\.\w+)?)$/i;

/** More are not looked for. */
const MOST_FOLLOWING = 200;

/**
 * What lies beside it and is to be read after it. Where a request and its reply are two files, the request's tells both; where such pairs are numbered, the first that is here tells all of them,
 * so that a conversation of five requests is no five runs.
 */
async function filesBeside(file: string, finder: PictureFinder): Promise<readonly Json[] | 'told-elsewhere'> {
  const name = file.slice(file.lastIndexOf('/') + 1);
  const [, stem = '', half = '', ending = ''] = HALF.exec(name) ?? [];
  if (half === '' || /\w$/.test(stem)) return [];
  const isRequest = /^req/i.test(half);
  const number = /^(.*?)(\d{1,4})(\W*)$/.exec(stem);
  const at = async (step: number, of: readonly string[]): Promise<readonly Json[] | null> => {
    const [, lead = '', digits = '', tail = ''] = number ?? [];
    const own =
      step === 0
        ? stem
        : `${lead}${String(Number(digits) + step).padStart(/^0/.test(digits) ? digits.length : 1, '0')}${tail}`;
    if (step < 0 && Number(digits) + step < 0) return null;
    for (const one of of) {
      for (const end of new Set([ending, '.json', '.sse', '.ndjson', '.jsonl', '.txt'])) {
        const text = await finder.text(`${own}${one}${end}`);
        if (text !== null) return recordsIn(text);
      }
    }
    return null;
  };
  const [requests, replies] = [
    isRequest ? [half] : ['request', 'req'],
    isRequest ? ['response', 'resp', 'reply'] : [half],
  ];
  if (!isRequest && (await at(0, requests))) return 'told-elsewhere';
  if (number && isRequest && (await at(-1, [half]))) return 'told-elsewhere';
  if (!isRequest) return [];
  const told = [...((await at(0, replies)) ?? [])];
  for (let step = 1; number && step < MOST_FOLLOWING; step += 1) {
    const request = await at(step, [half]);
    if (!request) break;
    told.push(...request, ...((await at(step, replies)) ?? []));
  }
  return told;
}

function recordsIn(text: string): readonly Json[] {
  const whole = [...valuesInText(text)];
  if (whole.length > 0) return whole;
  return text.split('\n').flatMap((line) => [...valuesInText(line)]);
}
