/** Changing a run and going on from there, its branches, the same question many times. */
import { countingIn } from '../counting';

const { counted, number } = countingIn('en');

const percent = (share: number) => number(share, { style: 'percent', maximumFractionDigits: 0 });

interface Told {
  readonly questions: number;
  readonly times: number;
  readonly area: number;
  readonly low: number;
  readonly high: number;
}

export const fork = {
  /** Of the step that is shown. */
  step: {
    label: 'Change this step',
    move: 'Move the box',
    look: 'Look somewhere else',
    lookAgain: 'Look here, then answer again',
    edit: 'Edit',
    editCode: 'Edit and run again',
    settings: 'Continue with changes',
  },
  draft: {
    label: 'Your box',
    draw: 'Drag on the picture to draw a box, or use the arrow keys.',
    look: 'Look here',
    lookAgain: 'Look here and answer again',
    asking: 'Your question is about this box.',
    cancel: 'Cancel',
    draws: 'Ask about a region',
  },
  edit: {
    label: 'How it begins',
    hint: 'The model continues after the last character. Your words stay marked as yours.',
    goOn: 'Continue from here',
    cancel: 'Cancel',
  },
  code: {
    label: 'Code to run',
    hint: 'The run continues from what your code returns. What you change stays marked as yours.',
    run: 'Run from here',
    cancel: 'Cancel',
  },
  settings: {
    label: 'Continue with other settings',
    hint: 'Everything before this step stays. The model is the one chosen below.',
    temperature: 'Temperature',
    seed: 'Seed',
    tools: 'Let it look closer',
    goOn: 'Continue from here',
    cancel: 'Cancel',
  },
  followUp: {
    ask: 'Ask as a follow-up',
    hint: 'Continues this conversation instead of starting a new one.',
  },
  branches: {
    label: 'Branches',
    heading: (count: number) => counted(count, { one: 'branch', other: 'branches' }),
    hint: 'Press [ and ] to switch between them.',
    open: (what: string, answer: string) => `${what}: ${answer}`,
    original: 'First run',
    noAnswer: 'no answer',
    remove: (what: string, answer: string) => `Delete ${what}: ${answer}`,
    compare: (what: string, answer: string) => `Compare with ${what}: ${answer}`,
    deleted: 'Branch deleted.',
    undo: 'Undo',
    changes: {
      box: 'Box moved',
      look: 'Custom look',
      words: 'Text edited',
      code: 'Code edited',
      token: 'Other token',
      settings: 'Other settings',
      said: 'Follow-up',
      again: 'Asked again',
      other: 'Asked again',
    },
  },
  times: {
    label: 'Asked many times',
    ask: 'Ask many times',
    count: 'Times',
    hint: 'Each run has its own seed. See whether they agree.',
    start: (count: number) => `Ask ${counted(count, { one: 'time', other: 'times' })}`,
    going: (done: number, of: number) => `Run ${done} of ${of}`,
    agreement: (share: number) => `${percent(share)} agree`,
    /** `pairs`: how often two of the runs say the same. */
    about: (runs: number, answers: number, pairs: number) =>
      `${counted(runs, { one: 'run', other: 'runs' })}, ${counted(answers, { one: 'answer', other: 'different answers' })}. Any two of them agree ${percent(pairs)} of the time; if every run picked among these answers at random, they would agree ${percent(1 / Math.max(1, answers))} of the time.`,
    /** What agreement was measured to tell: `area` is how often a right majority agrees more than a wrong one, `low` to `high` its interval of 95 %. */
    tells: ({ questions, times, area, low, high }: Told) =>
      `Asked ${number(questions)} questions ${number(times)} times each, this model agreed with itself more when most of its answers were right than when they were wrong ${percent(area)} of the time (95% interval: ${percent(low)} to ${percent(high)}; chance: 50%).`,
    votes: (count: number) => counted(count, { one: 'vote', other: 'votes' }),
    cost: (seconds: string, tokens: string) => `${seconds} s, ${tokens} tokens`,
    show: (at: number, answer: string) => `Show run ${at}: ${answer}`,
    greedy: 'Without randomness (temperature 0)',
    showGreedy: 'Show',
    boxes: 'Where all of them looked',
    noAnswer: 'no answer',
  },
};
