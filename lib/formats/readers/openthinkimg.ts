/**
 * OpenThinkIMG, old (`value_list[]`, `response_list[]`, `tool_list[]`, "thoughts🤔", "actions🚀", "value👉") and new (`model_response[]`, `tool_cfg[]`,
 * `tool_response[]`, `new_round_input[]`, `conversation`). Only the first action of a turn is carried out, and always on the newest picture,
 * whichever the call names. Grounding answers with fractions; boxes the model only names cannot be drawn.
 */
import type { Json } from '@/lib/trajectory';
import { toolName } from '../call-box';
import type { Format, PictureFinder, Read, Reading, Where } from '../contract';
import { guessFrame } from '../frame-guess';
import { fourNumbers, isList, isObject, textOf, type JsonObject } from '../json-shape';
import { readLenient } from '../lenient-json';
import { pictureAt } from '../message';
import { buildRun, shows, type RunBuilder } from '../run-builder';

export const openThinkImg: Format = {
  id: 'openthinkimg',
  unit: 'record',
  is: (record) => bodyOf(record) !== null,
  rules: ['as-recorded'],
  async *read([record = null], where, finder, reading) {
    const body = bodyOf(record);
    if (body && isObject(record)) yield await readRow(record, body, where, finder, reading);
  },
};

/** New rows lie two or three deep under `results`. */
function bodyOf(record: Json): JsonObject | null {
  let at: Json = record;
  for (let depth = 0; depth < 4 && isObject(at); depth += 1) {
    if (isList(at['model_response'] ?? null)) return at;
    if (isList(at['response_list'] ?? null) && ('tool_list' in at || 'value_list' in at)) return at;
    at = at['results'] ?? null;
  }
  return null;
}

async function readRow(
  record: JsonObject,
  body: JsonObject,
  where: Where,
  finder: PictureFinder,
  reading: Reading,
): Promise<Read> {
  const run = buildRun({ where, system: 'openthinkimg', rule: 'as-recorded', dialect: 'openthinkimg' });
  const about = isObject(body['meta_data'] ?? null) ? (body['meta_data'] as JsonObject) : body;
  const question = textOf(about['text'] ?? about['query'] ?? about['question']);
  const id = [about['image_path'], about['image'], about['figure_id'], about['idx'], record['idx']].map(nameOf);
  const names = id
    .filter((one) => one !== '')
    .flatMap((one) => (/\.\w{2,5}$/.test(one) ? [one] : [one, `${one}.jpg`, `${one}.png`]));
  const name = { names, question };
  const given = run.picture(await finder.find(name), name);
  run.given([shows(given), ...(question === '' ? [] : [{ text: question }])]);

  const turns = isList(body['model_response'] ?? null) ? 'new' : 'old';
  const responses = listAt(body, turns === 'new' ? 'model_response' : 'response_list');
  const results = listAt(body, turns === 'new' ? 'tool_response' : 'value_list');
  const configs = listAt(body, turns === 'new' ? 'tool_cfg' : 'tool_list');
  const told = await tellTurns(responses, configs, results, { run, finder, reading, given });
  const answer = textOf(body['answer'] ?? about['answer'] ?? record['answer'] ?? about['label']);
  const kind = textOf(about['inst_category'] ?? about['qa_source'] ?? record['task_name']);
  const model = textOf(record['model_name']);
  run.about({
    title: question,
    truth: answer === '' ? null : { answers: [answer], options: null, places: [] },
    source: { ...(kind !== '' && { kind }) },
    ...(model !== '' && { model: { name: model } }),
  });
  return run.finish({ status: 'done', reason: told ? 'answer' : 'max-turns' });
}

interface Around {
  readonly run: RunBuilder;
  readonly finder: PictureFinder;
  readonly reading: Reading;
  readonly given: string;
}

async function tellTurns(
  responses: readonly Json[],
  configs: readonly Json[],
  results: readonly Json[],
  { run, finder, reading, given }: Around,
): Promise<boolean> {
  let current = given;
  let answered = false;
  for (const [at, response] of responses.slice(0, 1000).entries()) {
    run.nextTurn();
    const said = readTurn(textOf(response));
    const config = configs[at] ?? null;
    const actions = said.actions.length > 0 ? said.actions : isList(config) ? config.filter(isObject) : [];
    const [action] = actions;
    if (actions.length > 1) run.note({ code: 'only-first-action', params: { count: actions.length } });
    if (/`?bbx_\d/.test(said.thought + said.value)) run.note({ code: 'boxes-by-name' });
    if (said.thought !== '') run.think(said.thought);
    if (!action || actionName(action) === 'Terminate') {
      const final = action ? textOf(paramsOf(action)['ans'] ?? paramsOf(action)['answer']) || said.value : said.value;
      if (final !== '' && (at === responses.length - 1 || final.includes('<stop>') || action)) {
        if (!answered) run.answer(final.replaceAll('<stop>', '').trim());
        answered = true;
      } else if (said.value !== '') run.think(said.value);
      continue;
    }
    if (said.value !== '') run.think(said.value);
    const made = await tellCall(action, results[at] ?? null, current, { run, finder, reading });
    current = made ?? current;
  }
  return answered;
}

/** @returns the picture that the tool made, which the next call then speaks of */
async function tellCall(
  action: JsonObject,
  result: Json,
  current: string,
  { run, finder, reading }: Omit<Around, 'given'>,
): Promise<string | null> {
  const name = actionName(action);
  const params = paramsOf(action);
  const four =
    fourNumbers(params['param'] ?? params['bbox_2d'] ?? params['bbox'] ?? null) ?? fourIn(textOf(params['param']));
  const size = run.sizeOf(current);
  const box = four && { x1: four[0], y1: four[1], x2: four[2], y2: four[3] };
  const frame = box && (reading.frame ? ({ frame: reading.frame, by: 'person' } as const) : guessFrame(box, size));
  const asked = box && frame ? { box, ...frame } : null;
  const placed = asked ? run.place(current, asked) : null;
  const isCrop = /crop|zoom/i.test(name);
  const callId = run.call({
    tool: isCrop ? toolName(name, box !== null) : name,
    written: JSON.stringify(action),
    input: params,
    label: textOf(params['param']).slice(0, 200),
    asked,
    place: placed?.place ?? null,
  });
  const told = isObject(result) ? result : { text: result };
  const text =
    textOf(told['text']) || (told['text'] === null || told['text'] === undefined ? '' : JSON.stringify(told['text']));
  const edited = textOf(told['edited_image'] ?? told['image']);
  const parts = text === '' ? [] : [{ text }];
  if (edited !== '') {
    const at = pictureAt(edited);
    const found = at.bytes ? await finder.keep(at.bytes, name) : await finder.find({ names: [at.name] });
    const picture = run.picture(found, { names: at.name === '' ? [] : [at.name] }, callId);
    run.result(callId, [...parts, shows(picture)]);
    return picture;
  }
  const failed = told['error_code'] === 1 || /^(?:error|there is no tool)/i.test(text);
  run.result(callId, failed ? [] : parts, failed ? { problem: 'refused-there', told: text } : null);
  return null;
}

/** `[x1, y1, x2, y2]` in a parameter that is a text. */
function fourIn(text: string) {
  const at = text.indexOf('[');
  return at < 0 ? null : fourNumbers(readLenient(text, at)?.value ?? null);
}

const actionName = (action: JsonObject): string => textOf(action['name'] ?? action['API_name'] ?? action['api_name']);

function paramsOf(action: JsonObject): JsonObject {
  const params = action['arguments'] ?? action['API_params'] ?? action['api_params'] ?? {};
  return isObject(params) ? params : { param: params };
}

interface Turn {
  readonly thought: string;
  readonly actions: readonly JsonObject[];
  readonly value: string;
}

const OLD_MARKS = ['"thoughts🤔"', '"actions🚀"', '"value👉"'] as const;

function readTurn(text: string): Turn {
  const [thoughtAt, actionsAt, valueAt] = OLD_MARKS.map((mark) => text.indexOf(mark)) as [number, number, number];
  if (thoughtAt >= 0 || actionsAt >= 0 || valueAt >= 0) {
    const part = (at: number, mark: string) => {
      if (at < 0) return '';
      const ends = [thoughtAt, actionsAt, valueAt].filter((one) => one > at);
      return text.slice(at + mark.length, ends.length > 0 ? Math.min(...ends) : undefined).trim();
    };
    const actions = readLenient(part(actionsAt, OLD_MARKS[1]))?.value ?? null;
    return {
      thought: part(thoughtAt, OLD_MARKS[0]),
      actions: isList(actions) ? actions.filter(isObject) : [],
      value: part(valueAt, OLD_MARKS[2]),
    };
  }
  const at = text.indexOf('{');
  const read = at < 0 ? null : (readLenient(text, at)?.value ?? null);
  if (isObject(read) && ('actions' in read || 'thought' in read)) {
    const actions = read['actions'] ?? null;
    return {
      thought: textOf(read['thought']),
      actions: isList(actions) ? actions.filter(isObject) : [],
      value: '',
    };
  }
  return { thought: '', actions: [], value: text.trim() };
}

const listAt = (record: JsonObject, key: string): readonly Json[] => {
  const list = record[key] ?? null;
  return isList(list) ? list : [];
};

const nameOf = (value: Json | undefined): string => (typeof value === 'number' ? String(value) : textOf(value));
