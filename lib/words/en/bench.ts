/** The bench's page. */
import { countingIn } from '../counting';

const { counted } = countingIn('en');

const questions = (count: number) => counted(count, { one: 'question', other: 'questions' });
const pictures = (count: number) => counted(count, { one: 'picture', other: 'pictures' });
const files = (count: number) => counted(count, { one: 'file', other: 'files' });
const runs = (count: number) => counted(count, { one: 'run', other: 'runs' });

export const bench = {
  title: 'Bench',
  about: 'Asks questions with known answers, one after another, in this browser. Results stay out of your Library.',
  nothingYet: 'Nothing measured yet',
  nothingYetAbout:
    'Run it to see how often the model is right with and without looking closer, where it looked, and which answers looking closer saved or lost.',

  /** Over columns and on buttons, and within a sentence. */
  withTools: 'With tools',
  without: 'Without',
  way: { with: 'with tools', without: 'without tools', withoutShort: 'without' },
  kind: 'Kind',
  all: 'All',

  kinds: {
    'read-tag': 'Read a tag',
    'tag-color': 'Tag color',
    'dot-color': 'Dot color',
    'count-dots': 'Count dots',
    'larger-number': 'Larger number',
    'left-right': 'Left or right',
    'above-below': 'Above or below',
    exists: 'Is it there?',
    vstar: 'V*',
    realx: 'RealX-Bench',
  },
  /** `name` heads a column. */
  outcomes: {
    right: { name: 'Right', meaning: 'one of the accepted answers' },
    misread: { name: 'Misread', meaning: 'everything it needed was in its crops, but the answer is wrong' },
    'wrong-look': { name: 'Wrong look', meaning: 'it looked closer, but what it needed was in no crop' },
    'no-look': { name: 'No look', meaning: 'it needed a closer look and didn’t take one' },
    malformed: { name: 'Bad call', meaning: 'a call couldn’t be parsed or carried out' },
    'no-answer': { name: 'No answer', meaning: 'the run ended without one' },
    'wrong-plain': { name: 'Wrong', meaning: 'the answer is wrong, and no closer look was needed' },
    failed: { name: 'Failed', meaning: 'an error ended the run' },
  },

  plan: {
    legend: 'What to measure',
    model: 'Model',
    ways: 'Ways to ask',
    both: 'Both',
    most: 'Question limit',
    mostAll: 'all',
    mostWrong: 'Enter a whole number from 1, or leave it empty for all.',
    mostHint: 'Picked by kind, in the set’s proportions.',
    questions: 'Questions',
    reading: (name: string) => `Reading ${name}…`,
    size: (asked: number, shown: number) => `: ${questions(asked)} about ${pictures(shown)}.`,
    unusable: (name: string) => `“${name}” can’t be used.`,
    stillHere: 'The previous questions are still selected.',
    notUsed: 'Not used',
    shippedScenes: 'Shipped scenes',
    /** Their name as a data set. */
    theShippedScenes: 'the shipped scenes',
    folder: 'Folder',
    theFolder: 'the folder',
    zip: 'Zip',
    folderOfScenes: 'Folder of scenes',
    zipOfScenes: 'Zip of scenes',
    holds: 'The folder or zip needs pictures with a <file>scene.json</file> each, or V*’s pictures and files.',
  },
  /** Before what each is about. */
  problemsOf: (title: string, count: number) => `${title}: ${files(count)}`,
  /** Why a file or a whole data set is not used. */
  problems: {
    'same-name': 'Another scene has the same name. Rename this folder or file.',
    'nothing-here': 'There are no scenes in it. Each picture needs a scene.json or a V* file next to it.',
    'no-scene-files': 'It has pictures but no questions. Each picture needs a scene.json or a V* file next to it.',
    'not-json': 'It isn’t JSON, or can’t be read.',
    'not-a-scene': 'It’s JSON, but not a scene or a V* file.',
    'no-picture': ({ name }: { readonly name: string }) => `Its picture ${name} is missing.`,
    'no-picture-of-its-name': 'There’s no picture with the same name next to it.',
    'bad-picture': ({ name }: { readonly name: string }) => `Its picture ${name} is damaged or isn’t a picture.`,
    'not-the-format': ({ detail }: { readonly detail: string }) => `It doesn’t follow the format: ${detail}`,
    'no-questions': 'It has no questions.',
    'other-size': ({ picture, scene }: { readonly picture: SizeText; readonly scene: SizeText }) =>
      `The picture is ${sizeText(picture)} but the scene says ${sizeText(scene)}, so its boxes would be off.`,
    'picture-unusable': 'The picture can’t be used.',
    'not-fetched': ({ name, status }: { readonly name: string; readonly status: number }) =>
      `Couldn’t fetch ${name} (${status}).`,
    'zip-without-bytes': 'The archive is empty (0 bytes).',
    'zip-too-large': 'It’s over 1 GB. Split it, or unpack it and choose the folder.',
    'zip-damaged': 'The archive is damaged, incomplete, or not a zip.',
    'zip-without-files': 'The archive has no files in it.',
    'zip-file-damaged': ({ name }: { readonly name: string }) => `${name} is damaged in the archive.`,
    unread: 'It couldn’t be read.',
    detail: ({ detail }: { readonly detail: string }) => detail,
  },

  bar: {
    run: 'Run',
    resume: 'Resume',
    pause: 'Pause',
    stop: 'Stop',
    finished: 'Finished runs',
    progress: (done: number, total: number) => `${done} of ${total} runs`,
    engine: (name: string, version: string, device: string) => ` · ${name} ${version} on ${device}`,
    current: (question: string, way: string) => `${question} (${way})`,
    passedOver: 'Skipped',
    waiting: 'Waiting for another Loupe tab to finish. Only one model fits at a time.',
    phases: {
      idle: '',
      loading: 'Loading the model…',
      running: 'Running…',
      pausing: 'Pausing after this question…',
      paused: 'Paused. Nothing is lost.',
      done: 'Finished.',
      stopped: 'Stopped. Finished questions are kept below.',
      failed: 'It couldn’t continue. Finished questions are kept below.',
    },
  },

  results: 'Results',
  outcomesWith: 'Outcomes, with tools',
  outcomesWithout: 'Outcomes, without tools',
  right: {
    title: 'Right answers, %',
    asked: 'Asked',
    gap: 'Gap',
    chance: 'Chance',
    about:
      'Under each percentage is its 95% interval: with few questions it’s wide, and a small gap means little. Chance is what guessing would score.',
    needCloser: 'Needs a closer look',
    needNone: 'Doesn’t need one',
  },
  cost: {
    title: 'Cost and existence',
    what: 'What',
    tokens: 'Tokens per question',
    seconds: 'Seconds per question',
    f1: '“Is it there?” F1, %',
    precision: 'Precision',
    recall: 'Recall',
    saysYes: 'Says yes',
  },
  looks: {
    title: 'Looks',
    perQuestion: 'Looks per question',
    whereNeeded: 'Looked when it needed to',
    withoutCall: 'Answered without looking when it could',
    meanIou: 'Mean IoU of looks',
    lastIou: 'IoU of the last look',
    tagInLast: 'Tag in the last look, at least 10 px',
    histogram: 'IoU of the last look and the target with its tag',
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
    none: 'None',
    showMore: (left: number) => `Show more (${left} left)`,
    about: (kind: string, scene: string, answer: string) => `${kind} · ${scene} · answer: “${answer}”`,
    noAnswer: 'no answer',
  },
  export: {
    jsonLines: 'JSONL',
    csv: 'CSV',
    runs: 'Runs with pictures',
    packing: 'Packing…',
    failed: 'Couldn’t pack the runs. Check your connection and try again.',
    left: (count: number) => `Couldn’t pack ${runs(count)}.`,
  },
  result: {
    title: (question: string) => `Bench result: ${question}`,
    back: 'Results',
    picture: 'Picture',
    steps: 'Question and answer',
    answers: (way: string, answer: string) => ` ${way}. The answer is “${answer}”.`,
    answersOtherwise: (way: string, answer: string, said: string) =>
      ` ${way}. The answer is “${answer}”; it said “${said}”.`,
    keep: 'Save to Library',
    kept: 'In your Library',
    keptSaid: 'Saved to your Library.',
    notKept: 'Couldn’t save it. Check your connection and free disk space, then try again.',
  },

  /** Of a data set in RealX-Bench's layout. */
  realX: {
    title: 'RealX-Bench',
    about:
      'Percent right of the questions that take each ability; integration takes all three. Below, in gray, the paper’s numbers: its own questions, judged by a model, where here the answer has to match.',
    searches: 'Searches',
    columns: {
      average: 'Average',
      perception: 'Perception',
      reasoning: 'Reasoning',
      search: 'Search',
      integration: 'Integration',
    },
    ways: { none: 'None', text: 'Text', image: 'Image', both: 'Both' },
    paper: (model: string, way: string) => `${model} · ${way}`,
    interval: (low: string, high: string, n: number) => `${low}–${high}, n ${n}`,
    choose: 'RealX-Bench, our set',
    name: 'RealX-Bench layout, our set',
    plan: 'Searches',
    all: 'All four',
    own: 'The set brings what can be searched.',
    chosen: 'Searches go where you chose beside the question on the first page.',
    nothing: 'This set brings nothing to search. Choose what to search beside the question on the first page.',
    preparing: 'Preparing what can be searched…',
    failed: 'Couldn’t prepare what can be searched.',
  },
};

interface SizeText {
  readonly width: number;
  readonly height: number;
}

function sizeText({ width, height }: SizeText): string {
  return `${width} × ${height}`;
}
