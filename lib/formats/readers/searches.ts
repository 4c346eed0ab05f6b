/**
 * Searches that no model writes a call for: SEAL's `eval_result.json` (a list for each kind of question) and ZoomEye's rows. Their boxes are left,
 * top, width and height in pixels of the picture; where they looked is told as calls of one turn each.
 */
import type { Json } from '@/lib/trajectory';
import { cornersOf } from '../crops';
import type { Format, PictureFinder, Read, Where } from '../contract';
import { fourNumbers, isList, isObject, numberOf, textOf, type JsonObject } from '../json-shape';
import { buildRun, shows } from '../run-builder';

const KINDS = ['direct_attributes', 'relative_position'] as const;

const isSealRow = (row: Json): row is JsonObject & { readonly search_result: Json } =>
  isObject(row) && 'search_result' in row && 'option_chosen' in row;

export const seal: Format = {
  id: 'seal',
  unit: 'record',
  is: (record) =>
    isObject(record) && [record, ...KINDS.flatMap((kind) => listAt(record, kind).slice(0, 1))].some(isSealRow),
  rules: ['as-recorded'],
  async *read([record = null], where, finder) {
    if (!isObject(record)) return;
    if (isSealRow(record)) {
      yield await readSearch(sealRow(record, ''), where, finder, 0);
      return;
    }
    let index = 0;
    for (const [kind, rows] of Object.entries(record)) {
      if (!isList(rows)) continue;
      for (const row of rows) {
        if (isSealRow(row)) yield await readSearch(sealRow(row, kind), where, finder, index);
        index += 1;
      }
    }
  },
};

export const zoomEye: Format = {
  id: 'zoomeye',
  unit: 'record',
  is: (record) => isObject(record) && ('searched_bbox' in record || 'num_pop' in record) && 'question' in record,
  rules: ['as-recorded'],
  async *read([record = null], where, finder) {
    if (isObject(record)) yield await readSearch(zoomEyeRow(record), where, finder, 0);
  },
};

/** What both have in common. */
interface Search {
  readonly system: 'seal' | 'zoomeye';
  readonly question: string;
  readonly image: string;
  readonly options: readonly string[];
  readonly kind: string;
  readonly thought: string;
  readonly boxes: readonly { readonly box: readonly [number, number, number, number]; readonly label: string }[];
  readonly answer: string;
  readonly truth: readonly string[];
  readonly places: readonly { readonly box: readonly [number, number, number, number]; readonly label: string }[];
  readonly correct: number | null;
  readonly aside: JsonObject | null;
}

function sealRow(row: JsonObject, kind: string): Search {
  const options = texts(row['options']);
  const chosen = numberOf(row['option_chosen']);
  const missing = texts(row['missing_objects']);
  const found = listAt(row, 'search_result').filter(isObject);
  return {
    system: 'seal',
    question: textOf(row['question']),
    image: textOf(row['image']),
    options,
    kind,
    thought: [textOf(row['prediction_freeform']), missing.join(', ')].filter((one) => one !== '').join('\n'),
    boxes: found.flatMap((one) => {
      const box = fourNumbers(one['bbox']);
      return box ? [{ box, label: textOf(one['name']) }] : [];
    }),
    answer: chosen === null ? '' : (options[chosen] ?? String(chosen)),
    // The first option is right, always.
    truth: options.slice(0, 1),
    places: [],
    correct: numberOf(row['correct']) ?? (typeof row['correct'] === 'boolean' ? Number(row['correct']) : null),
    aside: null,
  };
}

function zoomEyeRow(row: JsonObject): Search {
  const options = texts(row['options']);
  const output = numberOf(row['output']);
  const targets = texts(row['target_object'] ?? row['targets']);
  const truth = listAt(row, 'bbox').flatMap((one, index) => {
    const box = fourNumbers(one);
    return box ? [{ box, label: targets[index] ?? '' }] : [];
  });
  const counts = Object.fromEntries(
    ['num_pop', 'num_zoom_in', 'num_zoom_out', 'targets'].flatMap((key) =>
      key in row ? [[key, row[key] ?? null]] : [],
    ),
  );
  return {
    system: 'zoomeye',
    question: textOf(row['question']),
    image: textOf(row['image'] ?? row['input_image'] ?? row['image_path']),
    options,
    kind: textOf(row['test_type'] ?? row['category']),
    thought: '',
    boxes: listAt(row, 'searched_bbox').flatMap((one, index) => {
      const box = fourNumbers(one);
      return box ? [{ box, label: texts(row['targets'])[index] ?? '' }] : [];
    }),
    answer: output === null ? textOf(row['output']) : (options[output] ?? String(output)),
    truth: options.length > 0 ? options.slice(0, 1) : texts(row['answer'] ?? row['label'] ?? null),
    places: truth,
    correct: numberOf(row['correct']) ?? (output !== null && options.length > 0 ? Number(output === 0) : null),
    aside: Object.keys(counts).length > 0 ? counts : null,
  };
}

async function readSearch(search: Search, where: Where, finder: PictureFinder, index: number): Promise<Read> {
  const run = buildRun({ where, system: search.system, rule: 'as-recorded', index });
  const { question, image, options } = search;
  const name = { names: image === '' ? [] : [image], question };
  const picture = run.picture(await finder.find(name), name);
  // Boxes of the truth say how large a picture is that nobody has, as those of calls do.
  const places = search.places.map(({ box, label }) => ({ label, place: placed(picture, box).place }));
  const listed = options.map((option, at) => `(${String.fromCharCode(65 + (at % 26))}) ${option}`).join('\n');
  run.given([shows(picture), { text: listed === '' ? question : `${question}\n${listed}` }]);
  run.nextTurn();
  if (search.thought !== '') run.think(search.thought);
  if (search.aside) run.other('search', search.aside);
  if (search.boxes.length > 0) run.note({ code: 'search-shown-as-boxes' });
  for (const { box, label } of search.boxes.slice(0, 1000)) {
    const { asked, place } = placed(picture, box);
    const callId = run.call({
      tool: 'zoom',
      written: JSON.stringify(box),
      input: { bbox: [...box] },
      label,
      asked,
      place,
    });
    const view = run.view(picture, place.box);
    run.result(callId, view ? [shows(view.picture)] : []);
    run.nextTurn();
  }
  if (search.answer !== '') run.answer(search.answer);
  run.about({
    title: question,
    truth: { answers: [...search.truth], options: options.length > 1 ? [...options] : null, places },
    source: {
      ...(search.kind !== '' && { kind: search.kind }),
      ...(search.correct !== null && { scores: [{ name: 'correct', value: search.correct }] }),
    },
  });
  return run.finish({ status: 'done', reason: search.answer === '' ? 'unknown' : 'answer' });

  function placed(of: string, box: readonly [number, number, number, number]) {
    const asked = { box: cornersOf(box), frame: 'original-pixels', order: 'xywh', by: 'file' } as const;
    return { asked, place: run.place(of, asked).place };
  }
}

function texts(value: Json | undefined): readonly string[] {
  return isList(value)
    ? value.slice(0, 200).map((one) => textOf(one))
    : typeof value === 'string' && value !== ''
      ? [value]
      : [];
}

const listAt = (row: JsonObject, key: string): readonly Json[] => {
  const list = row[key];
  return isList(list) ? list.slice(0, 5000) : [];
};
