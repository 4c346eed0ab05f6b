/** The marks of a run's answers: read from its text like any text, over the picture that the person sent last before it. Pure. */
import { givenPictures, pictureOf, picturesOf, seenOf, type Mark, type Trajectory } from '@/lib/trajectory';
import { readMarks, type MarksChoice, type MarksRead, type PictureOfMarks } from './read-marks';

type Run = Pick<Trajectory, 'pictures' | 'given' | 'steps' | 'models'>;

/** @param upTo how many of the run's steps stand before the text */
export function readAnswer(
  run: Run,
  upTo: number,
  text: string,
  choice: MarksChoice = {},
  model = run.models[0]?.name ?? '',
): MarksRead {
  const said = run.steps.slice(0, upTo).flatMap((step) => (step.type === 'said' ? picturesOf(step.parts) : []));
  const sent = [...givenPictures(run).map(({ id }) => id), ...said];
  const pictures = [...new Set(sent)].flatMap((id): readonly PictureOfMarks[] => {
    const picture = pictureOf(run.pictures, id);
    return picture ? [{ id, width: picture.width, height: picture.height, seen: seenOf(run, id) }] : [];
  });
  const main = sent.at(-1);
  return readMarks(text, { pictures, model, choice, ...(main !== undefined && { main }) });
}

/** The same run with the marks of answers that have none yet; those that were recorded stay. */
export function withAnswerMarks<T extends Run>(run: T, choice: MarksChoice = {}): T {
  let found = false;
  const steps = run.steps.map((step, index) => {
    if (step.type !== 'answer' || step.marks !== undefined) return step;
    const model = run.models[step.model ?? 0]?.name;
    const { marks } = readAnswer(run, index, step.text, choice, model);
    found ||= marks.length > 0;
    return marks.length > 0 ? { ...step, marks: [...marks] } : step;
  });
  return found ? { ...run, steps } : run;
}

/** Every answer read anew, as a person chose for the whole document. */
export function readAnswersAgain<T extends Run>(run: T, choice: MarksChoice): T {
  const steps = run.steps.map((step) => {
    if (step.type !== 'answer') return step;
    const { marks: _, ...without } = step;
    return without;
  });
  return withAnswerMarks({ ...run, steps }, choice);
}

/** How the answers of a run were read, as far as its document keeps it; null where they point at nothing. */
export function answerReading({ steps }: Pick<Trajectory, 'steps'>): Mark['read'] | null {
  const marks = steps.flatMap((step) => (step.type === 'answer' ? (step.marks ?? []) : []));
  return (marks.find(({ shape }) => shape.kind === 'box') ?? marks[0])?.read ?? null;
}
