/**
 * What a model that knows its tool by description is told of a call that could not be carried out: docs/protocol.md S4. It
 * says what is wrong, so that a model can mend it.
 */
import type { ParseProblem } from '@/lib/trajectory';
import { ZOOM_TOOL } from './tag-grammar';

export const TOLD = {
  'not-json': 'Error: the call is not one valid JSON object.',
  'unknown-tool': `Error: there is no such tool; the only one is ${ZOOM_TOOL}.`,
  'no-box': 'Error: the arguments hold no "bbox_2d".',
  'box-not-four-numbers': 'Error: "bbox_2d" must be four numbers, [x1, y1, x2, y2].',
  'box-empty': 'Error: the box is empty; x1 < x2 and y1 < y2 must hold.',
  'box-out-of-frame': 'Error: the box lies outside the image.',
  'repeated-box': 'Error: this box was shown before; choose another or answer.',
  interrupted: 'Error: the call was not finished.',
} as const satisfies Record<ParseProblem, string>;
