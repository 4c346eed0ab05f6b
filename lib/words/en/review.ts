/** Under a run's last step: the reward, the patterns of thinking, the same question the other way round. */
import { countingIn } from '../counting';

const { counted, number } = countingIn('en');

/** "0.35"; two decimals at most. */
const overlap = (iou: number) => number(iou, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const range = (low: number, high: number) =>
  `${number(Math.round(100 * low))}–${number(high, { style: 'percent', maximumFractionDigits: 0 })}`;
const both = (looks: readonly number[]) => looks.join(' and ');

export const review = {
  right: 'Right',
  wrong: 'Wrong',
  /** Behind "Right" or "Wrong". */
  known: {
    wrote: (wrote: string, read: string) =>
      read === '' ? `You wrote ${wrote}. It read nothing.` : `You wrote ${wrote}. It read ${read}.`,
    is: (answer: string) => `The answer is ${answer}.`,
  },

  reward: {
    name: 'Reward',
    /** Within the line that adds them up. */
    sum: { accuracy: 'accuracy', format: 'format', tool: 'tool' },
    terms: { accuracy: 'Accuracy', format: 'Format', tool: 'Tool' },
    theAnswerIs: (answer: string) => `The answer is ${answer}`,
    caption: 'The DeepEyes reward, term by term',
    term: 'Term',
    paper: 'Paper',
    code: 'Code',
    about:
      'This is the reward DeepEyes was trained with. The paper prints the sum without weights; counting each term once is our reading. The weights come from its released code. Loupe checks answers by exact match; DeepEyes used a judge model.',
    v2: 'V2 code',
    v2Hint: 'What DeepEyesV2’s released code gives the same run',
    v2About:
      'DeepEyesV2 drops the tool term; its code takes a tenth of the accuracy for searching on a search question.',
    accepted: (answers: readonly string[]) => answers.map((text) => `“${text}”`).join(' or '),
    accuracy: (accepted: string) => `The answer is accepted: ${accepted}.`,
    inaccurate: (accepted: string) => `The accepted answer is ${accepted}.`,
    format: {
      'think-tags': 'A thought was opened but not closed, or closed but not opened.',
      'answer-tags': 'The answer’s tags after the last thought don’t match.',
      'long-answer': 'An answer of a thousand characters or more counts as wrong and badly formatted.',
      good: 'Every opened tag was closed.',
      unwritten: 'This run doesn’t include the model’s exact output, so its tags are assumed to be fine.',
    },
    tool: {
      'looked-wrong': 'It looked closer, but only a right answer earns this.',
      'no-look-wrong': 'It didn’t look closer.',
      'no-look': 'It was right without looking closer.',
      looked: 'It looked closer and was right.',
      'looked-needlessly':
        'It looked closer and was right. It could have told from the whole picture; the reward doesn’t care.',
    },
  },

  /** What a run's calls were for. The classes are DeepEyesV2's. */
  tools: {
    label: 'Tool use',
    named: {
      crop: 'Crop',
      mark: 'Mark',
      numeric: 'Numerical analysis',
      'other-code': 'Other code',
      'image-search': 'Image search',
      'text-search': 'Text search',
      other: 'Other tool',
    },
    times: (count: number) => `×${number(count)}`,
    failed: (count: number) => counted(count, { one: 'failed call', other: 'failed calls' }),
    placeholders: (count: number) => counted(count, { one: 'placeholder', other: 'placeholders' }),
    placeholderHint: 'Code in which nothing runs and that returned nothing',
    /** Why a wrong run went wrong. */
    faults: {
      execution: 'A tool was used wrongly: its code failed, or it looked in the wrong place.',
      choice: 'The wrong tool: it never looked at what the question is about.',
      analysis: 'A right result, read wrongly: it had the right place in view.',
    },
    source: 'The classes are DeepEyesV2’s; the rules are ours.',
  },

  patterns: {
    label: 'Thinking patterns',
    rule: (rule: string) => `Rule: ${rule}`,
    source: 'The pattern is from DeepEyes; the rule is our reconstruction.',
    /** `meaning` after the paper, in our words; `rule` is ours. */
    named: {
      'visual-search': {
        name: 'Visual search',
        meaning: 'It checks several places for a missing clue.',
        rule: (apart: number) =>
          `two looks whose boxes overlap by less than ${apart} (IoU), neither mostly inside the other, and no answer claimed before the first.`,
      },
      'visual-comparison': {
        name: 'Visual comparison',
        meaning: 'It looks at different things one by one and compares them.',
        rule: 'two looks under different labels, and a comparing word in the question or in a thought.',
      },
      'visual-confirmation': {
        name: 'Visual confirmation',
        meaning: 'It has an idea and looks at the same thing again to make sure.',
        rule: (same: number) =>
          `two looks in a row under one label whose boxes overlap by more than ${same} (IoU), and no claim that the answer takes back.`,
      },
      'hallucination-mitigation': {
        name: 'Hallucination mitigation',
        meaning: 'It corrects its first claim after looking.',
        rule: 'a thought before the first look claims a different answer than the one given.',
      },
    },
    /** What fired, with this run's own numbers. */
    because: {
      'visual-search': (looks: readonly number[], iou: number) =>
        `Looks ${both(looks)} overlap by ${overlap(iou)}, and nothing was claimed before them.`,
      'visual-comparison': (looks: readonly number[], labels: readonly string[], word: string) =>
        `Look ${looks[0]} is at “${labels[0]}”, look ${looks[1]} at “${labels[1]}”, and a word compares them: “${word}”.`,
      'visual-confirmation': (looks: readonly number[], label: string, iou: number) =>
        `Looks ${both(looks)} are both at “${label}” and overlap by ${overlap(iou)}; the answer stayed the same.`,
      'hallucination-mitigation': (before: string, after: string) =>
        `Before looking it said “${before}”; in the end, “${after}”.`,
    },
  },

  raw: {
    label: 'Copy this run',
    json: 'Copy as JSON',
    transcript: 'Copy transcript',
    prompt: 'Copy prompt',
    copied: 'Copied.',
    failed: 'Couldn’t copy. Allow clipboard access and try again.',
  },

  whatIf: {
    notLooked: 'What if it hadn’t looked?',
    looked: 'What if it had looked?',
    notLookedAbout: 'Asks again without zooming and compares.',
    lookedAbout: 'Asks again with zooming and compares.',
    label: 'With and without looking',
    once: 'One run each way, so it may be luck: another seed can come out differently.',
    chance: (share: number) =>
      `One run each way, so it may be luck: a guess gets this right ${number(share, { style: 'percent', maximumFractionDigits: 0 })} of the time.`,
    together: 'Step through both',
    /** The same question many times each way. */
    many: {
      ask: 'Try more seeds',
      howOften: 'How many times each way',
      times: (count: number) => `${count} times each way`,
      label: 'How often it’s right each way',
      findings: {
        'looking-helps': 'Looking helps here.',
        'looking-misleads': 'Looking misleads it here.',
        'answers-differ': 'Looking changes its answer.',
        'no-gap': 'Looking made no difference in these runs.',
        undecided: 'Too close to tell whether looking matters.',
      },
      right: (hits: number, n: number) => `${hits} of ${n} right`,
      same: (hits: number, n: number, answer: string) =>
        answer === '' ? `${hits} of ${n} gave no answer` : `${hits} of ${n} say “${answer}”`,
      guess: 'A guess',
      guessed: (share: number) => `${number(share, { style: 'percent', maximumFractionDigits: 0 })} right`,
      between: (low: number, high: number) => `95% interval: ${range(low, high)}`,
      bars: 'Bars show 95% intervals.',
      byChance: (share: number) =>
        `If looking made no difference, a gap this large would come up ${share < 0.01 ? 'less than 1%' : number(share, { style: 'percent', maximumFractionDigits: 0 })} of the time (Fisher’s exact test).`,
    },
    again: 'Ask again',
    running: 'The same question, the other way around',
    broken: { with: 'The run with looking didn’t finish.', without: 'The run without looking didn’t finish.' },
    findings: {
      'looking-helped': 'Right with looking, wrong without.',
      'looking-misled': 'Wrong with looking, right without.',
      'right-either-way': 'Right both ways.',
      'wrong-either-way': 'Wrong both ways.',
      'same-answer': 'The same answer both ways.',
      'other-answer': 'A different answer without looking.',
    },
    /** Why their times say little about looking. */
    times: {
      devices: 'They ran on different devices, so don’t compare their times.',
      models: 'They’re from different models, so looking isn’t the only difference.',
      encoded: 'The later run reused the encoded picture, which saved time.',
    },
  },

  column: {
    with: 'With looking',
    without: 'Without looking',
    onScreen: 'on screen',
    /** What is marked is only heard. */
    show: { with: 'Show<more> the run with looking</more>', without: 'Show<more> the run without looking</more>' },
    looks: 'Looks',
    steps: 'Steps',
    tokens: 'Tokens',
    time: 'Time',
    /** In the place of an answer, by how the run stands. */
    noAnswer: { running: 'Not yet', done: 'No answer', stopped: 'Stopped', failed: 'Failed' },
  },
};
