/**
 * V* annotations: `sa_1.json` beside `sa_1.jpg`, `{target_object[], bbox[[x, y, w, h]], question, options[]}`, the first option being right.
 * They are the truth of whatever was asked of that picture, and on their own a question nobody has answered yet.
 */
import { corners } from '@/lib/notations';
import type { Trajectory } from '@/lib/trajectory';
import type { Format, PictureFinder, PictureName } from '../contract';
import { fourNumbers, isList, isObject, textOf, type JsonObject } from '../json-shape';
import { buildRun, shows, type RunBuilder } from '../run-builder';

type Truth = NonNullable<Trajectory['truth']>;

export const vStar: Format = {
  id: 'vstar',
  unit: 'record',
  is: (record) => isObject(record) && isAnnotation(record),
  rules: ['as-recorded'],
  async *read([record], where, finder) {
    if (!isObject(record)) return;
    const run = buildRun({ where, system: 'vstar', rule: 'as-recorded' });
    const stem = where.file.replace(/\.json$/i, '');
    const own = textOf(record['image']);
    const name: PictureName = {
      names: [...(own === '' ? [] : [own]), ...EXTENSIONS.map((ending) => `${stem}.${ending}`)],
    };
    const picture = run.picture(await finder.find(name), name);
    const question = textOf(record['question']);
    run.given([shows(picture), { text: question }]);
    run.about({ title: question, truth: truthOf(run, picture, record), source: { kind: kindOf(where.file) } });
    yield run.finish({ status: 'stopped', reason: 'unknown' });
  },
};

const EXTENSIONS = ['jpg', 'jpeg', 'png', 'JPG', 'webp'];

function kindOf(file: string): string {
  return /(direct_attributes|relative_position)/.exec(file)?.[1] ?? '';
}

function isAnnotation(record: JsonObject): boolean {
  return (
    isList(record['target_object']) && isList(record['bbox']) && 'question' in record && !('pred_output' in record)
  );
}

/** The boxes of an annotation in the picture it lies beside, and what it says is right. */
function truthOf(run: RunBuilder, picture: string, record: JsonObject): Truth {
  const labels = isList(record['target_object']) ? record['target_object'] : [];
  const boxes = isList(record['bbox']) ? record['bbox'] : [];
  const options = isList(record['options']) ? record['options'].map(textOf) : [];
  const places = boxes.flatMap((value, index) => {
    const four = fourNumbers(value);
    if (!four) return [];
    const { place } = run.place(picture, { box: corners(four, 'xywh'), frame: 'original-pixels' });
    return [{ label: textOf(labels[index]), place }];
  });
  return { answers: options.slice(0, 1), options: options.length > 0 ? options : null, places };
}

/** What an annotation beside the run's first picture adds to what the row says of the answer. */
export async function tellAnnotation(
  run: RunBuilder,
  finder: PictureFinder,
  { names, question }: PictureName,
  said: { readonly answers: readonly string[]; readonly options: readonly string[] },
): Promise<Truth | null> {
  const own: Truth = {
    answers: [...said.answers],
    options: said.options.length > 0 ? [...said.options] : null,
    places: [],
  };
  const nothing = own.answers.length > 0 || own.options ? own : null;
  for (const name of names) {
    const record = await finder.json(name.replace(/\.[^./]+$/, '.json'));
    if (!isObject(record) || !isAnnotation(record) || run.pictureCount() === 0) continue;
    // Of another question, it says nothing of this one.
    if (question !== undefined && tidy(question) !== tidy(textOf(record['question']))) continue;
    const known = truthOf(run, 'p1', record);
    return {
      answers: own.answers.length > 0 ? own.answers : known.answers,
      options: own.options ?? known.options,
      places: known.places,
    };
  }
  return nothing;
}

const tidy = (question: string): string => question.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();

/** Options as a question lists them, a line each: `A. The cap is white.` */
export function optionsIn(text: string): readonly string[] {
  return [...text.matchAll(/^\(?([A-H])[.)]\s+(.+)$/gm)].map(([, , option = '']) => option.trim());
}
