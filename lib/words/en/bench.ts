/** The bench's page. */
import { countingIn } from '../counting';

const { counted } = countingIn('en');

const questions = (count: number) => counted(count, { one: 'question', other: 'questions' });
const pictures = (count: number) => counted(count, { one: 'picture', other: 'pictures' });
const files = (count: number) => counted(count, { one: 'file', other: 'files' });
const runs = (count: number) => counted(count, { one: 'run', other: 'runs' });

export const bench = {
  title: 'Bench',
  about:
    'Questions with known answers, asked one after another, here in this browser. Nothing of it is put among your own runs.',
  nothingYet: 'Nothing measured yet',
  nothingYetAbout:
    'Run it to see how often the model is right with looking closer and without, where it looked, and which answers looking closer saved or lost.',

  /** Over columns and on buttons, and within a sentence. */
  withTools: 'With tools',
  without: 'Without',
  way: { with: 'with tools', without: 'without tools', withoutShort: 'without' },
  kind: 'Kind',
  all: 'All',

  kinds: {
    'read-tag': 'Read a tag',
    'tag-color': 'Colour of a tag',
    'dot-color': 'Colour of dots',
    'count-dots': 'Count dots',
    'larger-number': 'Larger number',
    'left-right': 'Left or right',
    'above-below': 'Above or below',
    exists: 'Is it there?',
    vstar: 'V*',
  },
  /** `name` heads a column. */
  outcomes: {
    right: { name: 'Right', meaning: 'one of the accepted answers' },
    misread: { name: 'Misread', meaning: 'all it was asked about was in crops, and the answer is wrong' },
    'wrong-look': { name: 'Wrong look', meaning: 'it looked closer, but what it was asked about was in no crop' },
    'no-look': { name: 'No look', meaning: 'a closer look was needed, and there was none' },
    malformed: { name: 'Bad call', meaning: 'a call could not be read or carried out' },
    'no-answer': { name: 'No answer', meaning: 'the run ended without one' },
    'wrong-plain': { name: 'Wrong', meaning: 'the answer is wrong, and no closer look was called for' },
    failed: { name: 'Failed', meaning: 'an error ended the run' },
  },

  plan: {
    legend: 'What to measure',
    model: 'Model',
    ways: 'Ways of asking',
    both: 'Both',
    most: 'Most questions',
    mostAll: 'all',
    mostWrong: 'A whole number from 1, or nothing for all.',
    mostHint: 'Taken evenly over the whole set.',
    questions: 'Questions',
    reading: (name: string) => `Reading ${name} …`,
    size: (asked: number, shown: number) => `: ${questions(asked)} about ${pictures(shown)}.`,
    unusable: (name: string) => `“${name}” cannot be used.`,
    stillHere: 'The questions chosen before are still here.',
    notUsed: 'Not used',
    shippedScenes: 'Shipped scenes',
    /** Their name as a data set. */
    theShippedScenes: 'the shipped scenes',
    folder: 'Folder',
    theFolder: 'the folder',
    zip: 'Zip',
    folderOfScenes: 'Folder of scenes',
    zipOfScenes: 'Zip of scenes',
    holds: 'A folder or zip holds pictures with a <file>scene.json</file> each, or V*’s pictures and files.',
  },
  /** Before what each is about. */
  problemsOf: (title: string, count: number) => `${title}: ${files(count)}`,
  /** Why a file or a whole data set is not used. */
  problems: {
    'same-name': 'Another scene has the same name: give this folder or file another one.',
    'nothing-here': 'There are no scenes in it: pictures with a scene.json, or with a V* file, beside each.',
    'no-scene-files':
      'There are pictures in it, but no questions: each needs its scene.json, or its V* file, beside it.',
    'not-json': 'It is not JSON, or cannot be read.',
    'not-a-scene': 'It is JSON, but neither a scene nor a V* file.',
    'no-picture': ({ name }: { readonly name: string }) => `Its picture ${name} is not beside it.`,
    'no-picture-of-its-name': 'No picture of the same name is beside it.',
    'bad-picture': ({ name }: { readonly name: string }) => `Its picture ${name} is damaged, or none.`,
    'not-the-format': ({ detail }: { readonly detail: string }) => `It is not as the format says: ${detail}`,
    'no-questions': 'There are no questions in it.',
    'other-size': ({ picture, scene }: { readonly picture: SizeText; readonly scene: SizeText }) =>
      `The picture is ${sizeText(picture)}, the scene says ${sizeText(scene)}: its boxes would lie elsewhere.`,
    'picture-unusable': 'The picture cannot be used.',
    'not-fetched': ({ name, status }: { readonly name: string; readonly status: number }) =>
      `${name} could not be fetched (${status}).`,
    'zip-without-bytes': 'The archive is empty: there is not a single byte in it.',
    'zip-too-large': 'It is over 1 GB; use it in parts, or unpack it and choose the folder.',
    'zip-damaged': 'The archive is damaged, cut off, or not a zip.',
    'zip-without-files': 'The archive is empty: there are no files in it.',
    'zip-file-damaged': ({ name }: { readonly name: string }) => `${name} is damaged in the archive.`,
    unread: 'It could not be read.',
    detail: ({ detail }: { readonly detail: string }) => detail,
  },

  bar: {
    run: 'Run',
    resume: 'Resume',
    pause: 'Pause',
    stop: 'Stop',
    finished: 'Runs finished',
    progress: (done: number, total: number) => `${done} of ${total} runs`,
    engine: (name: string, version: string, device: string) => ` · ${name} ${version} on ${device}`,
    current: (question: string, way: string) => `${question} (${way})`,
    passedOver: 'Passed over',
    waiting: 'Waiting for another page of Loupe to finish: there is room for one model.',
    phases: {
      idle: '',
      loading: 'Loading the model.',
      running: 'Running.',
      pausing: 'Pausing after this question.',
      paused: 'Paused. Nothing is lost.',
      done: 'Finished.',
      stopped: 'Stopped. What was finished is kept below.',
      failed: 'It could not go on. What was finished is kept below.',
    },
  },

  results: 'Results',
  outcomesWith: 'What came of it, with tools',
  outcomesWithout: 'What came of it, without tools',
  right: {
    title: 'Right answers, percent',
    asked: 'Asked',
    gap: 'Gap',
    needCloser: 'Need a closer look',
    needNone: 'Need none',
  },
  cost: {
    title: 'Cost and existence',
    what: 'What',
    tokens: 'Tokens a question',
    seconds: 'Seconds a question',
    f1: '“Is it there?” F1, percent',
    precision: 'Precision',
    recall: 'Recall',
    saysYes: 'Says yes',
  },
  looks: {
    title: 'Looks',
    perQuestion: 'Looks a question',
    whereNeeded: 'Looked where it was needed',
    withoutCall: 'Answered without a look where none was needed',
    meanIou: 'Mean IoU of looks',
    lastIou: 'IoU of the last look',
    tagInLast: 'Tag in the last look, 10 px or more',
    histogram: 'IoU of the last look with the target and its tag',
    bin: (from: number, to: number, count: number) => `${from} to ${to}: ${count}`,
    histogramSaid: (bins: string) => `Histogram. ${bins}.`,
  },
  list: {
    title: 'Questions',
    filter: 'Which questions',
    wrong: 'Wrong',
    saved: 'Saved',
    lost: 'Lost',
    savedSaid: (count: number) => `Saved by looking closer: ${count}`,
    lostSaid: (count: number) => `Lost by looking closer: ${count}`,
    none: 'None.',
    showMore: (left: number) => `Show more (${left} left)`,
    about: (kind: string, scene: string, answer: string) => `${kind} · ${scene} · right is “${answer}”`,
    noAnswer: 'no answer',
  },
  export: {
    jsonLines: 'JSONL',
    csv: 'CSV',
    runs: 'Runs with pictures',
    packing: 'Packing …',
    failed: 'The runs could not be packed. Check the connection, then try again.',
    left: (count: number) => `Not packed: ${runs(count)}, which could not be written.`,
  },
  result: {
    title: (question: string) => `A result of the bench: ${question}`,
    back: 'Results',
    picture: 'Picture',
    steps: 'Question and answer',
    answers: (way: string, answer: string) => ` ${way}. The answer is “${answer}”.`,
    answersOtherwise: (way: string, answer: string, said: string) =>
      ` ${way}. The answer is “${answer}”, it said “${said}”.`,
    keep: 'Keep in the library',
    kept: 'In the library',
    keptSaid: 'Kept in the library.',
    notKept: 'It could not be kept. Check the connection and the room on the disk, then try again.',
  },
};

interface SizeText {
  readonly width: number;
  readonly height: number;
}

function sizeText({ width, height }: SizeText): string {
  return `${width} × ${height}`;
}
