/**
 * The rotate tool of DeepEyes, which its environment carries out though no prompt names it: `image_rotate_tool {"angle"}`. Angles count
 * counterclockwise, as Pillow's do. Only quarter turns are views; a model that asks for another angle is told so.
 */
import { boxOfSize, viewSize, type Turn } from '@/lib/geometry';
import { nextPictureId, viewPicture, type Json } from '@/lib/trajectory';
import { seenAs } from './zoom';
import type { Tool } from './tool';

function readAngle(input: Json): number | null {
  if (typeof input !== 'object' || input === null || !('angle' in input)) return null;
  return typeof input.angle === 'number' && Number.isFinite(input.angle) ? input.angle : null;
}

/** Clockwise; null where it is no quarter. */
function turnOf(angle: number): Turn | null {
  const clockwise = ((-angle % 360) + 360) % 360;
  return clockwise === 0 || clockwise === 90 || clockwise === 180 || clockwise === 270 ? clockwise : null;
}

export const rotate: Tool = {
  id: 'rotate',
  name: 'image_rotate_tool',
  plan(input, { run, card, target }) {
    const angle = readAngle(input);
    if (angle === null) return { ok: false, problem: 'no-angle' };
    const turn = turnOf(angle);
    if (turn === null) return { ok: false, problem: 'angle-no-quarter' };
    if (target === null) return { ok: false, problem: 'no-picture' };
    const { picture } = target;
    return {
      ok: true,
      label: '',
      asked: null,
      place: { picture: picture.id, box: boxOfSize(picture) },
      carryOut: async () => {
        const view = { region: boxOfSize<'image'>(picture), turn };
        const id = nextPictureId(run);
        return {
          pictures: [viewPicture(id, picture, view)],
          parts: [{ picture: id, seen: seenAs(card, viewSize(view)) }],
        };
      },
    };
  },
  /** The turns that change something. */
  forms: () => [90, 180, 270].map((angle) => [{ name: 'angle', value: { json: [{ literal: `${angle}` }] } }]),
  same: ({ input }, { input: before }) => readAngle(input) !== null && readAngle(input) === readAngle(before),
  refusals: {
    'no-angle': 'Error: the arguments hold no "angle".',
    'angle-no-quarter': 'Error: "angle" must be a multiple of 90.',
    'no-picture': 'Error: there is no image.',
    'repeated-call': 'Error: the image was turned so before; do something else or answer.',
  },
};
