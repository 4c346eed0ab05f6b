/**
 * ATIF, versions 1.0 to 1.8: one JSON a run, pictures as paths beside it (or, against the letter, addresses and data URLs). Files chain by
 * `continued_trajectory_ref`, whose first steps may repeat the last file's. Files that only look like ATIF are read as far as they go: `name` for
 * `function_name`, results that stand before their calls.
 */
import type { Json } from '@/lib/trajectory';
import type { Format, PictureFinder, Read, Reading, Where } from '../contract';
import { qwenAgent } from '../crops';
import { guessFrame } from '../frame-guess';
import { isList, isObject, numberOf, textOf, type JsonObject } from '../json-shape';
import { partsOf, type Message, type MessageCall } from '../message';
import { pictureByNumber, tellMessages } from '../messages';
import { buildRun, type RunBuilder } from '../run-builder';

export const atif: Format = {
  id: 'atif',
  unit: 'record',
  is: (record) => {
    if (!isObject(record) || !isList(record['steps'] ?? null)) return false;
    if (/^atif/i.test(textOf(record['schema_version']))) return true;
    return (
      isObject(record['agent'] ?? null) &&
      (record['steps'] as readonly Json[]).some((step) => isObject(step) && 'source' in step)
    );
  },
  rules: ['as-recorded'],
  async *read([record = null], where, finder, reading) {
    if (isObject(record)) yield await readRun(record, where, finder, reading);
  },
};

async function readRun(record: JsonObject, where: Where, finder: PictureFinder, reading: Reading): Promise<Read> {
  const run = buildRun({ where, system: 'atif', rule: 'as-recorded', dialect: 'atif' });
  const version = textOf(record['schema_version']);
  if (!/^ATIF-v1\.[0-8]$/.test(version))
    run.note({ code: 'not-quite-atif', params: { version: version.slice(0, 40) } });
  const steps = await stepsOf(record, run, finder);
  const { messages, usage, told: times } = messagesOfSteps(inOrder(steps, run));
  if (messages.length === 0) return { problem: { code: 'no-messages' } };
  const agent = isObject(record['agent'] ?? null) ? (record['agent'] as JsonObject) : {};
  const model = textOf(agent['model_name'] ?? agent['model']);
  const told = await tellMessages(messages, run, finder, {
    which: reading.call ?? 'all',
    userAnswers: false,
    frame: (box, _, picture) => {
      if (reading.frame) return { frame: reading.frame, by: 'person' };
      const guessed = guessFrame(box, picture, model);
      if (guessed.by === 'values') run.note({ code: 'frame-from-values' });
      return guessed;
    },
    target: (input, pictures) => pictureByNumber(input, ['img_idx', 'image_index', 'target_image'], pictures),
    crop: /qwen-?3/i.test(model) ? qwenAgent : null,
    turnEnd: (message) => {
      const used = usage.get(message);
      if (used) run.used(used);
    },
  });
  const extra = isObject(record['extra'] ?? null) ? (record['extra'] as JsonObject) : {};
  const success = extra['success'] ?? extra['reward'] ?? null;
  const value = typeof success === 'boolean' ? Number(success) : numberOf(success);
  const name = textOf(agent['name']);
  run.about({
    ...(model !== '' && { model: { name: model, version: textOf(agent['version']) } }),
    createdAt: times[0] ?? textOf(extra['start_time']),
    source: {
      ...(value !== null && { scores: [{ name: 'correct', value }] }),
      ...(name !== '' && { kind: name }),
    },
  });
  return run.finish({ status: 'done', reason: told.answered ? 'answer' : 'unknown' });
}

/** More files than this are no chain of anybody's. */
const MOST_FILES = 50;

/** The steps of a file and of those it goes on in, each step once. */
async function stepsOf(record: JsonObject, run: RunBuilder, finder: PictureFinder): Promise<readonly JsonObject[]> {
  const steps = listOf(record['steps']);
  const seen = new Set<string>();
  let next = refOf(record);
  let files = 0;
  let copied = 0;
  while (next !== '' && !seen.has(next) && files < MOST_FILES) {
    seen.add(next);
    const continued = await finder.json(next);
    if (!isObject(continued)) {
      run.note({ code: 'continuation-missing', params: { name: next.slice(0, 200) } });
      break;
    }
    const own = listOf(continued['steps']);
    const fresh = own.filter((step) => !isCopied(step));
    copied += own.length - fresh.length;
    steps.push(...fresh);
    files += 1;
    next = refOf(continued);
  }
  if (files > 0) run.note({ code: 'continued-in', params: { files } });
  if (copied > 0) run.note({ code: 'copied-steps', params: { count: copied } });
  return steps;
}

const listOf = (value: Json | undefined): JsonObject[] => (isList(value) ? value.slice(0, 5000).filter(isObject) : []);

function refOf(record: JsonObject): string {
  const ref = record['continued_trajectory_ref'] ?? null;
  return textOf(isObject(ref) ? (ref['path'] ?? ref['trajectory_path'] ?? null) : ref);
}

function isCopied(step: JsonObject): boolean {
  const extra = isObject(step['extra'] ?? null) ? (step['extra'] as JsonObject) : {};
  return step['is_copied_context'] === true || extra['is_copied_context'] === true;
}

/** A step that is nothing but the result of one call; empty where it is none. */
function orphanOf(step: JsonObject): string {
  if (textOf(step['source']) !== 'system') return '';
  const observation = isObject(step['observation'] ?? null) ? (step['observation'] as JsonObject) : null;
  if (!observation || isList(observation['results'] ?? null)) return '';
  return /^Tool result for (\S{1,200})$/.exec(textOf(step['message']).slice(0, 300).trim())?.[1] ?? '';
}

/** Results that stand before the step that calls for them go behind it. */
function inOrder(steps: readonly JsonObject[], run: RunBuilder): readonly JsonObject[] {
  const places = new Map<string, number>();
  for (const [at, step] of steps.entries()) for (const { id } of callsOf(step)) if (!places.has(id)) places.set(id, at);
  const moved = new Map<number, JsonObject[]>();
  const early = new Set<JsonObject>();
  for (const [at, step] of steps.entries()) {
    const to = places.get(orphanOf(step));
    if (to === undefined || to < at) continue;
    early.add(step);
    const waiting = moved.get(to);
    if (waiting) waiting.push(step);
    else moved.set(to, [step]);
  }
  if (early.size === 0) return steps;
  run.note({ code: 'results-before-calls', params: { count: early.size } });
  return steps.flatMap((step, at) => (early.has(step) ? [] : [step, ...(moved.get(at) ?? [])]));
}

function callsOf(step: JsonObject): readonly MessageCall[] {
  return listOf(step['tool_calls']).map((call) => {
    const input = call['arguments'] ?? call['input'] ?? null;
    return {
      id: textOf(call['tool_call_id'] ?? call['id']),
      name: textOf(call['function_name'] ?? call['name']),
      written: typeof input === 'string' ? input : JSON.stringify(input),
      input,
    };
  });
}

const ROLES: Readonly<Record<string, Message['role']>> = { system: 'system', user: 'user', agent: 'assistant' };

function messagesOfSteps(steps: readonly JsonObject[]) {
  const messages: Message[] = [];
  const usage = new Map<
    Message,
    { promptTokens: number | null; outputTokens: number | null; reusedTokens: number | null }
  >();
  const told: string[] = [];
  for (const step of steps) {
    const time = textOf(step['timestamp']);
    if (time !== '') told.push(time);
    const orphan = orphanOf(step);
    if (orphan !== '') {
      messages.push(...resultsOf(step, orphan));
      continue;
    }
    const role = ROLES[textOf(step['source'])] ?? 'user';
    const message: Message = {
      role,
      parts: partsOf(step['message'] ?? null),
      calls: role === 'assistant' ? callsOf(step) : [],
      reasoning: textOf(step['reasoning_content']),
      callId: '',
      json: step,
    };
    messages.push(message, ...resultsOf(step, ''));
    const metrics = isObject(step['metrics'] ?? null) ? (step['metrics'] as JsonObject) : null;
    if (metrics) {
      const count = (key: string) => {
        const value = numberOf(metrics[key]);
        return value === null || value < 0 ? null : value;
      };
      usage.set(message, {
        promptTokens: count('prompt_tokens'),
        outputTokens: count('completion_tokens'),
        reusedTokens: count('cached_tokens'),
      });
    }
  }
  return { messages, usage, told };
}

function resultsOf(step: JsonObject, orphan: string): readonly Message[] {
  const observation = isObject(step['observation'] ?? null) ? (step['observation'] as JsonObject) : null;
  if (!observation) return [];
  const results = isList(observation['results'] ?? null) ? listOf(observation['results']) : [observation];
  return results.map((result) => ({
    role: 'tool',
    parts: partsOf(result['content'] ?? null),
    calls: [],
    reasoning: '',
    callId: orphan !== '' ? orphan : textOf(result['source_call_id'] ?? result['tool_call_id']),
    json: result,
  }));
}
