/**
 * Mini-o3's folders: `traj.jsonl` beside the pictures. Boxes are fractions of the source a call names, or, in runs configured so, pixels of
 * the size it was used at; the last grounding of a turn is carried out. `observation_k` counts the crops that succeeded, the files count
 * turns: after one failed call they differ. A rerun appends to the file, so it may hold several runs.
 */
import type { Size } from '@/lib/geometry';
import type { Json } from '@/lib/trajectory';
import type { Format, PictureFinder, Read, Reading, Where } from '../contract';
import { fourNumbers, isObject, numberOf, textOf, type JsonObject } from '../json-shape';
import { miniO3, seenByMiniO3 } from '../crops';
import { objectIn } from '../lenient-json';
import { piecesOf } from '../pieces';
import { buildRun, shows, type Asked, type RunBuilder } from '../run-builder';

const isHeader = (record: Json): record is JsonObject =>
  isObject(record) && 'doc_id' in record && ('initial_prompt' in record || 'ground_truth' in record);

const isTurn = (record: Json): record is JsonObject =>
  isObject(record) && 'text_output' in record && 'turn_idx' in record;

const isError = (record: Json): record is JsonObject => isObject(record) && 'error_info' in record;

export const miniO3Folder: Format = {
  id: 'mini-o3',
  unit: 'file',
  is: (record) => isHeader(record) || isTurn(record),
  rules: ['as-recorded'],
  async *read(records, where, finder, reading) {
    const runs: { readonly header: JsonObject; readonly lines: Json[] }[] = [];
    for (const record of records) {
      if (isHeader(record)) runs.push({ header: record, lines: [] });
      else {
        if (runs.length === 0) runs.push({ header: {}, lines: [] });
        runs.at(-1)?.lines.push(record);
      }
    }
    for (const [index, { header, lines }] of runs.entries()) {
      const read = await readRun(header, lines, { where, finder, reading, index });
      if ('problem' in read || runs.length === 1) yield read;
      else {
        const note = { code: 'started-again', params: { part: index + 1, parts: runs.length } } as const;
        yield { ...read, notes: [note, ...read.notes] };
      }
    }
  },
};

interface Around {
  readonly where: Where;
  readonly finder: PictureFinder;
  readonly reading: Reading;
  readonly index: number;
}

async function readRun(
  header: JsonObject,
  lines: readonly Json[],
  { where, finder, reading, index }: Around,
): Promise<Read> {
  const run = buildRun({ where, system: 'mini-o3', rule: 'as-recorded', index, dialect: 'mini-o3' });
  const question = textOf(header['initial_prompt'])
    .replace(/<image>\s*/g, '')
    .trim();
  const name = { names: ['original_image.jpg', 'resized_image.jpg', `${textOf(header['doc_id'])}.jpg`], question };
  const original = run.picture(await finder.find(name), name);
  run.given([shows(original), ...(question === '' ? [] : [{ text: question }])]);
  const told = await tellTurns(lines, run, original, { finder, reading });
  const answer = header['ground_truth'];
  const answers = (typeof answer === 'object' && answer !== null ? Object.values(answer) : [answer])
    .map((one) => (typeof one === 'number' ? String(one) : textOf(one as Json)))
    .filter((one) => one !== '');
  run.about({
    title: question,
    truth: answers.length > 0 ? { answers: answers.slice(0, 100), options: null, places: [] } : null,
  });
  if (told === 'answer') return run.finish({ status: 'done', reason: 'answer' });
  if (told === 'call') run.note({ code: 'last-call-without-crop' });
  return run.finish({ status: 'done', reason: told === 'call' ? 'max-turns' : 'no-call' });
}

/** The box of a turn's last grounding, as it was written. */
interface Grounding {
  readonly written: string;
  readonly input: JsonObject | null;
  readonly box: readonly [number, number, number, number] | null;
  readonly source: string;
}

async function tellTurns(
  lines: readonly Json[],
  run: RunBuilder,
  original: string,
  { finder, reading }: Pick<Around, 'finder' | 'reading'>,
): Promise<'answer' | 'call' | 'text'> {
  /** Pictures that calls may name: the original, then each crop that succeeded. */
  const observations = [original];
  let ended: 'answer' | 'call' | 'text' = 'text';
  let failures = 0;
  for (const [at, line] of lines.entries()) {
    if (!isTurn(line)) continue;
    const next = lines[at + 1];
    const failure = next !== undefined && isError(next) ? errorIn(next) : null;
    run.nextTurn();
    ended = 'text';
    const pieces = piecesOf(bared(textOf(line['text_output'])), TAGS);
    const last = pieces.findLastIndex(({ kind }) => kind === 'call');
    const count = pieces.filter(({ kind }) => kind === 'call').length;
    if (count > 1) run.note({ code: 'several-calls', params: { count, run: 'last' } });
    for (const [index, { kind, text }] of pieces.entries()) {
      if (kind === 'answer') {
        run.answer(text.trim());
        ended = 'answer';
      } else if (kind !== 'call') run.think(text);
      else {
        const grounding = groundingIn(text);
        const isRun = index === last;
        const source = sourceOf(grounding.source, observations, run, failures);
        const box = grounding.box && source !== null ? placed(run, grounding, source, reading) : null;
        const callId = run.call({
          tool: 'zoom',
          written: text.trim(),
          input: grounding.input,
          asked: box?.asked ?? null,
          place: isRun ? (box?.placed.place ?? null) : null,
        });
        if (!isRun) run.result(callId, [], { problem: 'not-run', told: '' });
        else if (failure !== null) {
          failures += 1;
          run.result(callId, [], { problem: 'refused-there', told: failure });
        } else {
          const isFollowed = lines.slice(at + 1).some(isTurn);
          const number = (numberOf(line['turn_idx']) ?? at) + 1;
          const seen = await observationOf(run, box, source, callId, { finder, number, isFollowed });
          if (seen) {
            observations.push(seen.picture);
            run.result(callId, [shows(seen.picture, seen.size)]);
          }
          ended = seen && isFollowed ? 'text' : 'call';
        }
      }
    }
  }
  return ended;
}

const TAGS = { think: ['think'], call: ['grounding'], answer: ['answer'] } as const;

const BARE =
  /\{\s{0,9}"bbox_2d"\s{0,9}:\s{0,9}\[[^\]]{0,200}\]\s{0,9},\s{0,9}"source"\s{0,9}:\s{0,9}["'][^"']{0,100}["']\s{0,9}\}/g;

/** Special tokens may have been dropped, the tag of a grounding among them. */
function bared(text: string): string {
  if (text.includes('<grounding>')) return text;
  const bare = [...text.matchAll(BARE)].at(-1);
  if (!bare) return text;
  const end = bare.index + bare[0].length;
  return `${text.slice(0, bare.index)}<grounding>${bare[0]}</grounding>${text.slice(end)}`;
}

function groundingIn(text: string): Grounding {
  const input = objectIn(text);
  return { written: text, input, box: fourNumbers(input?.['bbox_2d']), source: textOf(input?.['source']) };
}

/** The picture a call names; null where there is none of that name. */
function sourceOf(name: string, observations: readonly string[], run: RunBuilder, failures: number): string | null {
  if (name === '' || name === 'original_image') return observations[0] ?? null;
  const digits = /^observation_(\d{1,4})$/.exec(name)?.[1];
  if (digits === undefined) return null;
  const crop = Number(digits);
  // Its own list knows nothing of calls that failed; the files do.
  if (failures > 0 && crop > 0) run.note({ code: 'observation-renumbered', params: { name, crop } });
  return observations[crop] ?? null;
}

function placed(run: RunBuilder, { box }: Grounding, source: string, reading: Reading) {
  if (!box) return null;
  const [x1, y1, x2, y2] = box;
  const values = Math.max(...box) <= 1 ? 'fractions' : 'resized-pixels';
  if (values !== 'fractions' && !reading.frame) run.note({ code: 'frame-from-values' });
  const by = reading.frame ? ('person' as const) : values === 'fractions' ? ('file' as const) : ('values' as const);
  const asked: Asked = { box: { x1, y1, x2, y2 }, frame: reading.frame ?? values, by };
  return { asked, placed: run.place(source, asked, seenByMiniO3(run.sizeOf(source))) };
}

/** The crop the model was shown: a view by the rule; where that makes none, the file that was saved. */
async function observationOf(
  run: RunBuilder,
  box: ReturnType<typeof placed>,
  source: string | null,
  callId: string,
  {
    finder,
    number,
    isFollowed,
  }: { readonly finder: PictureFinder; readonly number: number; readonly isFollowed: boolean },
): Promise<{ readonly picture: string; readonly size: Size | null } | null> {
  if (!isFollowed) return null;
  const crop = box && source !== null ? miniO3(box.placed.asked, run.sizeOf(source)) : null;
  const view = crop?.ok && source !== null ? run.view(source, crop.region) : null;
  if (view && crop?.ok) return { picture: view.picture, size: crop.seen };
  const name = { names: [`observation_${number}_original_image.jpg`, `observation_${number}_resized_image.jpg`] };
  const found = await finder.find(name);
  return found ? { picture: run.picture(found, name, callId), size: null } : null;
}

/** What the model was told, without the marks of the template. */
function errorIn(line: JsonObject): string {
  return textOf(line['error_info'])
    .replace(/<\|im_(?:start|end)\|>(?:user|assistant|system)?/g, '')
    .trim();
}
