/** The page "How it learned to look". */
import { countingIn } from '../counting';

const { plural } = countingIn('en');

export const learn = {
  title: 'How it learned to look',
  fetching: 'Loading the training run…',
  notFetched: (status: number) => `Couldn’t load the training run (status ${status}).`,
  notRead: (detail: string) => `Couldn’t read the training run: ${detail}`,
  notOfTheApp:
    'This isn’t how the model in the app was trained: that one learned from demonstrations. This one figured it out on its own.',

  question: {
    heading: 'One question across checkpoints',
    choose: 'Question',
    play: 'Play',
    pause: 'Pause',
    checkpoint: 'Checkpoint',
    step: (step: number) => `step ${step}`,
    stepSaid: (step: number) => `Step ${step}`,
    boxes:
      'Solid boxes show where it looked, in order; the dashed box is the target with its tag. Greedy answers on test scenes with fonts, backgrounds, and palettes that weren’t in training.',
    pictureAt: (step: number, looks: string) => `The picture at step ${step}. ${looks}`,
    looks: (count: number) =>
      count === 0
        ? 'It didn’t look closer.'
        : `It looked closer ${plural(count, { one: 'once', other: `${count} times` })}.`,
    needsZoom: 'Needs a closer look.',
    needsNone: 'Doesn’t need a closer look.',
    theAnswerIs: 'The answer is <answer/>.',
    look: (at: number) => `Look ${at}`,
    lookRefused: (at: number) => `Look ${at}: invalid box`,
    right: 'Right',
    wrong: 'Wrong',
    noAnswer: 'No answer',
  },

  curves: {
    heading: 'The run, step by step',
    about:
      'Each point is the average over one step’s sampled trajectories; the bold line averages the last eight steps. The vertical line marks the selected checkpoint.',
    scenesGrew: (levels: string) => `Dotted lines mark where scenes got larger: ${levels}.`,
    scenesOf: (level: string) => `Scenes with ${level}.`,
    levels: { 0: '2–4 objects', 1: '4–9 objects', 2: '6–24 objects' },
    levelFrom: (level: string, step: number) => `${level} from step ${step}`,
    fromTo: (name: string, from: string, to: string) => `${name} from ${from} to ${to}`,
    described: (title: string, series: string) => `${title}: ${series}.`,
    firstStep: 'step 0',
    rightAnswers: 'Right answers',
    zoomNeeded: 'zoom needed',
    notNeeded: 'not needed',
    looks: 'Looks per question',
    whereLooksLand: 'Where looks land',
    tagInCrop: 'tag in a crop',
    iou: 'IoU',
    reward: 'Reward',
    mean: 'mean',
    tokens: 'Tokens per trajectory',
    written: 'written by the model',
    withoutLook: 'Answered without looking',
    zoomNotNeeded: 'zoom not needed',
  },

  tested: {
    title: 'On the test scenes',
    note: (questions: number) =>
      `Greedy decoding, ${questions} questions on scenes with 6 to 24 objects, the same at every checkpoint.`,
    step: 'Step',
    /** One a column. */
    heads: [
      'Right',
      'Zoom needed',
      'Not needed',
      'Tag in a crop',
      'IoU',
      'Looks',
      'Looks, not needed',
    ] as readonly string[],
  },

  paper: {
    title: 'Compared with the paper',
    note: 'DeepEyes: V*, photographs, and a 7-billion-parameter model that could already read. This run: our tagged scenes and questions that need a closer look, before and after training. The tasks differ; only the direction is comparable.',
    what: 'What',
    theirs: 'DeepEyes-7B',
    ours: 'This run',
    right: 'Right, %',
    iou: 'IoU of looks',
    tokens: 'Tokens per answer',
  },

  stages: {
    title: 'The three stages',
    note: (window: number) =>
      `The stages come from DeepEyes (arXiv 2505.14362). Our own rule assigns steps to them, using averages over ${window} steps: the first while the IoU of looks is below 0.2; the third once it’s 0.35 or more and there are fewer looks than the median so far; the second in between. When looks per question hardly change, as here after the first steps, the line between the last two means little.`,
    stage: 'Stage',
    what: 'What happens',
    theirSteps: 'DeepEyes-7B, steps',
    ourSteps: 'This run, steps',
    never: 'never',
    named: {
      1: { name: 'Explores', what: 'looks more and more, in the wrong places' },
      2: { name: 'Looks often', what: 'sweeps the picture; looks start to land' },
      3: { name: 'Looks well', what: 'fewer looks, on the target' },
    },
  },
};
