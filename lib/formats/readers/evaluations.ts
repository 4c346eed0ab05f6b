/**
 * What evaluation kits keep of a question: lmms-eval's samples (`<date>_samples_<task>.jsonl`) and VLMEvalKit's tables (.xlsx, .tsv). Both strip
 * pictures: they lie in the data set, which VLMEvalKit keeps as a table of the same `index`.
 */
import type { Json } from '@/lib/trajectory';
import type { Format, FoundPicture, PictureFinder, PictureName, Read, Where } from '../contract';
import { isList, isObject, numberOf, scalarText, textOf, type JsonObject } from '../json-shape';
import { buildRun, shows } from '../run-builder';

export const lmmsEval: Format = {
  id: 'lmms-eval',
  unit: 'record',
  is: (record) => isObject(record) && 'doc_id' in record && ('resps' in record || 'filtered_resps' in record),
  rules: ['as-recorded'],
  async *read([record = null], where, finder) {
    if (isObject(record)) yield await readSample(record, where, finder);
  },
};

export const vlmEvalKit: Format = {
  id: 'vlmevalkit',
  unit: 'record',
  is: (record) => isObject(record) && 'prediction' in record && 'index' in record && 'question' in record,
  rules: ['as-recorded'],
  async *read([record = null], where, finder) {
    if (isObject(record)) yield await readPrediction(record, where, finder);
  },
};

/** The data set itself: questions and pictures. */
export const vlmEvalData: Format = {
  ...vlmEvalKit,
  is: (record) =>
    isObject(record) && 'index' in record && 'question' in record && ('image' in record || 'image_path' in record),
};

/** Texts in lists of lists: answers are kept once for each filter, and once for each try. */
function firstText(value: Json | undefined, depth = 0): string {
  if (isList(value) && depth < 10) return firstText(value[0], depth + 1);
  return scalarText(value);
}

function scoresIn(record: JsonObject, names: RegExp): { name: string; value: number }[] {
  return Object.entries(record).flatMap(([name, told]) => {
    const value = typeof told === 'boolean' ? Number(told) : numberOf(told);
    return names.test(name) && value !== null ? [{ name: name.slice(0, 200), value }] : [];
  });
}

async function readSample(record: JsonObject, where: Where, finder: PictureFinder): Promise<Read> {
  const doc = isObject(record['doc'] ?? null) ? (record['doc'] as JsonObject) : {};
  const run = buildRun({ where, system: 'lmms-eval', rule: 'as-recorded' });
  const question =
    scalarText(doc['question'] ?? doc['query'] ?? doc['problem'] ?? doc['prompt']) ||
    firstText(record['input']) ||
    argumentText(record['arguments'] ?? null);
  const answer = firstText(record['filtered_resps']) || firstText(record['resps']);
  if (question === '' && answer === '') return { problem: { code: 'no-messages' } };
  const named = [
    doc['image_path'],
    doc['image'],
    doc['img_path'],
    doc['file_name'],
    doc['image_id'],
    doc['question_id'],
  ];
  const names = named.map(scalarText).filter((name) => name !== '' && name.length < 500);
  const is: PictureName = {
    names: names.length > 0 ? names : [`${textOf(record['task']) || 'doc'}-${scalarText(record['doc_id'])}`],
    ...(question !== '' && { question }),
  };
  run.given([shows(run.picture(await finder.find(is), is)), { text: question }]);
  run.nextTurn();
  const thought = firstText(record['resps']);
  if (thought !== '' && thought !== answer) run.think(thought);
  run.answer(answer);
  run.note({ code: 'answers-only' });
  const target = firstText(record['target']);
  run.about({
    truth: target === '' ? null : { answers: [target], options: null, places: [] },
    source: {
      scores: scoresIn(record, /^(?!doc_id$|idx$|schema|.*hash).*(?:acc|exact_match|score|correct|anls|f1|iou)/i),
      ...kindOf(doc['category'] ?? record['task']),
    },
  });
  return run.finish({ status: 'done', reason: 'answer' });
}

/** `[["What is it?", {…}]]`, or an object of them. */
function argumentText(value: Json): string {
  const first = isObject(value) ? Object.values(value)[0] : isList(value) ? value[0] : value;
  const inner = isObject(first)
    ? (first['arg_0'] ?? Object.values(first)[0] ?? null)
    : isList(first)
      ? (first[0] ?? null)
      : first;
  return scalarText(inner);
}

const kindOf = (value: Json | undefined) => {
  const kind = scalarText(value);
  return kind === '' ? {} : { kind: kind.slice(0, 200) };
};

/** An index may name another row that has the same picture. */
const MOST_HOPS = 3;

async function pictureOf(
  record: JsonObject,
  finder: PictureFinder,
): Promise<{ found: FoundPicture | null; is: PictureName }> {
  const index = scalarText(record['index']);
  const question = scalarText(record['question']);
  const paths = record['image_path'] ?? null;
  const names = (
    isList(paths)
      ? paths.map(scalarText)
      : scalarText(paths).startsWith('[')
        ? listIn(scalarText(paths))
        : [scalarText(paths)]
  ).filter((name) => name !== '');
  const is: PictureName = {
    names: names.length > 0 ? names : [`${index}.jpg`, `${index}.png`],
    ...(question !== '' && { question }),
  };
  let row: JsonObject | null = record;
  for (let hop = 0; row && hop <= MOST_HOPS; hop += 1) {
    const image = imageIn(row['image'] ?? null);
    if (image.length > 64) {
      const found = await finder.keep(image, names[0] ?? `${index}.jpg`);
      if (found) return { found, is };
    }
    const next: Json = await finder.row(hop > 0 && image !== '' ? image : index);
    row = isObject(next) && next !== row ? next : null;
  }
  return { found: await finder.find(is), is };
}

/** Base64, or several as Python writes a list. */
function imageIn(value: Json): string {
  if (isList(value)) return scalarText(value[0]);
  const text = scalarText(value);
  return text.startsWith('[') ? (listIn(text)[0] ?? '') : text;
}

const listIn = (text: string): readonly string[] =>
  Array.from(text.matchAll(/['"]([^'"]{1,100000000})['"]/g), ([, one = '']) => one);

const LETTERS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'] as const;

async function readPrediction(record: JsonObject, where: Where, finder: PictureFinder): Promise<Read> {
  const run = buildRun({ where, system: 'vlmevalkit', rule: 'as-recorded' });
  const { found, is } = await pictureOf(record, finder);
  const options = LETTERS.flatMap((letter) => {
    const option = scalarText(record[letter]);
    return option === '' ? [] : [{ letter, option }];
  });
  const hint = scalarText(record['hint']);
  const question = scalarText(record['question']);
  const lines = [
    ...(hint === '' ? [] : [hint]),
    question,
    ...options.map(({ letter, option }) => `${letter}. ${option}`),
  ];
  run.given([shows(run.picture(found, is)), { text: lines.join('\n') }]);
  run.nextTurn();
  const prediction = scalarText(record['prediction']);
  if (prediction !== '') {
    const told = /^([\s\S]{0,200000}?)<\/think>([\s\S]{0,200000})$/.exec(prediction);
    if (told) run.think((told[1] ?? '').replace('<think>', '').trim());
    run.answer((told?.[2] ?? prediction).trim());
    run.note({ code: 'answers-only' });
  }
  const answer = scalarText(record['answer']);
  const chosen = options.find(({ letter }) => letter === answer.trim())?.option;
  const hit = numberOf(record['hit'] ?? null);
  run.about({
    title: question,
    truth:
      answer === ''
        ? null
        : {
            answers: [answer, ...(chosen === undefined ? [] : [chosen])],
            options: options.length > 0 ? options.map(({ option }) => option) : null,
            places: [],
          },
    source: {
      scores: [
        ...(hit === null ? [] : [{ name: 'correct', value: hit }]),
        ...scoresIn(record, /^(?:score|eval_score|match|acc|accuracy)$/i),
      ],
      ...kindOf(record['category'] ?? record['l2-category'] ?? record['type']),
    },
  });
  return run.finish({ status: 'done', reason: prediction === '' ? 'unknown' : 'answer' });
}
