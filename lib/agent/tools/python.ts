/**
 * The code tool: `run_python {"code"}`. Code finds the pictures that the person gave as `image_1`, `image_2` … and the names that earlier
 * code of the run left; what it prints and shows comes back as DeepEyesV2's environment words it (python-words.ts). Where it runs is the
 * sandbox's (lib/python): nothing here runs it.
 */
import { encodePng } from '@/lib/image/encode-png';
import { planResample } from '@/lib/image/resample';
import { PICTURE_PIXELS, USUAL_TIME_MS, type CodePicture, type RgbaPixels } from '@/lib/python/contract';
import { fitName, givenPictures, nextPictureId, type Json, type PictureOf, type Trajectory } from '@/lib/trajectory';
import type { SourceImage } from '@/lib/image';
import { shownSize } from './picture-size';
import { shortened, stderrOf, tellCode, wasEnded } from './python-words';
import type { Brought, Means, Situation, Tool } from './tool';
import { seenAs } from './zoom';

/** A model with little room is told little: so many characters of each stream at least, else as many as its context has tokens. */
const LEAST_TOLD = 2_000;
/** A line of code, for lists. */
const LABEL = 80;

export function codeOf(input: Json): string | null {
  if (typeof input !== 'object' || input === null || !('code' in input)) return null;
  return typeof input.code === 'string' && input.code.trim() !== '' ? input.code : null;
}

/** The code that ran before in this run and left names, in order: that of calls which have a result and came to their end. */
export function codeBefore({ steps }: Pick<Trajectory, 'steps'>): readonly string[] {
  const came = new Map(
    steps.flatMap((step) => {
      if (step.type !== 'result' || step.refused !== null) return [];
      const [told] = step.parts;
      return told && 'text' in told && !wasEnded(told.text) ? [[step.callId, true] as const] : [];
    }),
  );
  return steps.flatMap((step) => {
    const code = step.type === 'call' && step.tool === python.id && came.has(step.callId) ? codeOf(step.input) : null;
    return code === null ? [] : [code];
  });
}

function picturesFor({ run }: Situation, { pixelsOf }: Means, signal: AbortSignal): readonly CodePicture[] {
  return givenPictures(run).map(({ id, ...picture }) => ({
    key: `${run.id}:${id}:${picture.from === 'view' ? '' : picture.file.hash}`,
    pixels: async () => {
      const { width, height, data } = await pixelsOf(id, PICTURE_PIXELS, signal);
      return { width, height, rgba: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
    },
  }));
}

/** A shown picture as a file, at the size in which it goes to the model. */
async function asFile(shown: RgbaPixels, name: string, means: Means, signal: AbortSignal): Promise<SourceImage> {
  const size = shownSize(shown);
  if (size.width === shown.width && size.height === shown.height) {
    return means.openPicture(await encodePng(shown.width, shown.height, shown.rgba), name, signal);
  }
  const { width, height } = shown;
  const plan = planResample(shown, { x1: 0, y1: 0, x2: width, y2: height }, size, 'lanczos');
  plan.feed(new Uint8ClampedArray(shown.rgba.buffer, shown.rgba.byteOffset, shown.rgba.byteLength), 0, height);
  return means.openPicture(await encodePng(size.width, size.height, plan.finish().data), name, signal);
}

async function carryOut(code: string, situation: Situation, means: Means, signal: AbortSignal): Promise<Brought> {
  const { run, card } = situation;
  const { sandbox, callId } = means;
  if (sandbox === null) return { pictures: [], parts: [{ text: 'Code execution error' }] };
  const result = await sandbox.run({
    code,
    before: codeBefore(run),
    pictures: picturesFor(situation, means, signal),
    timeLimit: USUAL_TIME_MS,
    signal,
  });
  const most = Math.max(LEAST_TOLD, card.context);
  const text = tellCode({
    stdout: shortened(result.stdout, most),
    stderr: shortened(stderrOf(result, USUAL_TIME_MS / 1000), most),
    hasPictures: result.pictures.length > 0,
  });
  const pictures: PictureOf<'call'>[] = [];
  const files: SourceImage[] = [];
  for (const [index, shown] of result.pictures.entries()) {
    const file = await asFile(shown, `${callId}-${index + 1}.png`, means, signal);
    const { hash, mimeType, width, height, name } = file.ref;
    const id = nextPictureId({ pictures: [...run.pictures, ...pictures] });
    pictures.push({ id, width, height, from: 'call', callId, file: { hash, mimeType, name } });
    files.push(file);
  }
  const shown = pictures.map((picture) => ({ picture: picture.id, seen: seenAs(card, picture) }));
  return { pictures, parts: [{ text }, ...shown], files };
}

export const python: Tool = {
  id: 'python',
  name: 'run_python',
  isTold: true,
  plan(input, situation) {
    const code = codeOf(input);
    if (code === null) return { ok: false, problem: 'no-code' };
    const first = code.split('\n').find((line) => line.trim() !== '' && !line.trim().startsWith('#')) ?? code;
    return {
      ok: true,
      label: fitName(first.trim(), LABEL),
      asked: null,
      place: null,
      carryOut: (signal, means) => carryOut(code, situation, means, signal),
    };
  },
  refusals: { 'no-code': 'Error: the arguments hold no "code".' },
};
