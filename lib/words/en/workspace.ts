/** The page at work: the picture, its run, what is going on, the model that answers. */
import { countingIn } from '../counting';

const { counted } = countingIn('en');

export const workspace = {
  title: (name: string) => `Look at ${name}`,
  aPicture: 'a picture',
  picture: 'Picture',
  talk: 'Questions and answers',
  /** The handle between the picture and the steps, on a phone. */
  resize: 'Resize the steps',
  size: { peek: 'Picture', half: 'Half and half', full: 'Steps' },
  editScene: 'Edit this scene',
  share: 'Share',
  sharePair: 'Share both runs as one link',
  export: 'Export',
  exportHint: 'Save as a web page, pictures, or another format',
  shareHint: 'Share this run by link (S)',

  /** Those that the next question is about. */
  pictures: {
    label: 'Pictures in your question',
    add: 'Add a picture',
    choose: 'Choose pictures to add',
    named: (number: number, name: string) => `Picture ${number}: ${name}`,
    keys: 'Arrow keys move a picture, Delete removes it.',
    earlier: (number: number) => `Move picture ${number} forward`,
    remove: (number: number) => `Remove picture ${number}`,
    moved: (name: string, number: number, of: number) => `${name} is now picture ${number} of ${of}`,
    onlyOne: (model: string) => `${model} looks at one picture at a time.`,
  },

  /** Of this picture, in other runs. */
  asked: {
    heading: (count: number) => `${counted(count, { one: 'question', other: 'questions' })} about this picture`,
    noAnswer: 'no answer',
  },

  suggestions: {
    none: 'Ask about anything in the picture: what a tag says, its color, how many dots, what’s left of what.',
    heading: 'Try one of these, or ask your own',
    label: 'Suggested questions',
    needsZoom: 'Needs a closer look',
    needsZoomHint: 'Too small to read without zooming in',
  },

  model: {
    choose: (name: string, state: string) => `Model: ${[name, state].filter(Boolean).join(', ')}. Change`,
    afterRun: 'after this run',
    paused: 'paused',
    pausedAt: (percent: string) => `paused at ${percent}`,
    downloading: 'downloading',
    downloadingAt: (percent: string) => `downloading ${percent}`,
    percent: (share: number) => `${Math.floor(100 * share)}%`,
    starting: 'starting',
    failed: 'not loaded',
    kept: 'The model stays in this browser, so next time there’s nothing to download.',
  },

  /** Beside the question, where it is to leave this device. */
  leaves: {
    toServer: (host: string) => `Your question and the picture go to ${host}.`,
    throughSite: (name: string) => `Your question and the picture go through this site to ${name}.`,
  },

  /** What takes time, and how far it is. */
  work: {
    starting: 'Starting the model',
    downloading: 'Downloading the model',
    compiling: 'Compiling the model',
    waiting: 'Waiting for another Loupe tab to finish',
    waitingWhy: 'Only one model fits at a time',
    checking: 'Checking it against a known answer',
    ready: 'The model is ready',
    /** Parts of the bar. */
    parts: { download: 'Download', compile: 'Compile', check: 'Self-test', wait: 'Waiting' },
    amount: (part: string, whole: string) => `${part} of ${whole} MB`,
    some: (done: number, total: number) => `${done} of ${total}`,

    cropping: 'Cropping',
    looking: 'Looking',
    pictures: (done: number, total: number) => `${done} of ${total} pictures`,
    reading: 'Reading',
    readTokens: (done: number, total: number) => `${done} of ${total} tokens`,
    preparing: 'Preparing the picture',
    writing: 'Writing',
    tokens: (count: number) => counted(count, { one: 'token', other: 'tokens' }),
  },

  outside: {
    title: 'Loupe Nano can’t read pictures like this one.',
    about: 'It only knows drawn scenes of icons with small tags. Anything it says here is a guess.',
    server: 'Ask a model on a server',
    recorded: 'Open a recorded run',
    gallery: 'Try a gallery scene',
  },
  question: {
    outside:
      'Loupe Nano can’t answer this. It can read tags, count, compare, name tag colors, and say what’s there and where:',
  },
  training: {
    untrained: 'This model wasn’t trained to give boxes; its zooms may miss.',
    unknown: 'This model may not have been trained to give boxes; its zooms may miss.',
  },
};
