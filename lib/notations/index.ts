/**
 * Notations: the boxes, points and polygons that models write into their texts. docs/formats.md has the table of notations.
 *
 * - **written**: numbers as they stand in a text. **range**: how long an axis is as they count. **order**: which of them is which.
 * - **reading**: the range and the order that a text was read by, and who said so. **habit**: how a model is known to count.
 */
export { corners } from './corners';
export { numbersByEdge } from './edge-names';
export { readMarks } from './read-marks';
export type { MarksChoice, MarksNotes, MarksRead, MarksReading, MarksRequest, PictureOfMarks } from './read-marks';
export { answerReading, readAnswer, readAnswersAgain, withAnswerMarks } from './answer-marks';
export { pastedRun } from './pasted-run';
export { seenByQwen25 } from './models';
export type { Order, Range } from './written';
