/** The page "How it learned to look". */
import { countingIn } from '../counting';

const { plural } = countingIn('en');

export const learn = {
  title: 'How it learned to look',
  fetching: 'Fetching the training run.',
  notFetched: (status: number) => `The training run could not be fetched (status ${status}).`,
  notRead: (detail: string) => `The training run could not be read: ${detail}`,
  notOfTheApp:
    'This is not the training of the model in the app: that one was shown demonstrations. This one found out by itself.',

  question: {
    heading: 'One question, checkpoint by checkpoint',
    choose: 'Question',
    play: 'Play',
    pause: 'Pause',
    checkpoint: 'Checkpoint',
    step: (step: number) => `step ${step}`,
    stepSaid: (step: number) => `Step ${step}`,
    boxes:
      'Solid boxes are what it looked at, in order; the dashed box is the object asked about, with its tag. Greedy answers on test scenes whose fonts, grounds and palettes training never saw.',
    pictureAt: (step: number, looks: string) => `The picture at step ${step}. ${looks}`,
    looks: (count: number) =>
      count === 0
        ? 'It did not look closer.'
        : `It looked closer ${plural(count, { one: 'once', other: `${count} times` })}.`,
    needsZoom: 'Needs a closer look.',
    needsNone: 'Can be told without looking closer.',
    theAnswerIs: 'The answer is <answer/>.',
    look: (at: number) => `Look ${at}`,
    lookRefused: (at: number) => `Look ${at}: the box was refused`,
    right: 'Right',
    wrong: 'Wrong',
    noAnswer: 'No answer',
  },

  curves: {
    heading: 'The run, step by step',
    about:
      'What the sampled trajectories of each step did; the strong line is the mean of the last eight steps. The upright line is the checkpoint above.',
    scenesGrew: (levels: string) => `Where a dotted line stands, the scenes grew: ${levels}.`,
    scenesOf: (level: string) => `Scenes of ${level}.`,
    levels: { 0: '2–4 objects', 1: '4–9 objects', 2: '6–24 objects' },
    levelFrom: (level: string, step: number) => `${level} from step ${step}`,
    fromTo: (name: string, from: string, to: string) => `${name} from ${from} to ${to}`,
    described: (title: string, series: string) => `${title}: ${series}.`,
    firstStep: 'step 0',
    rightAnswers: 'Right answers',
    zoomNeeded: 'zoom needed',
    notNeeded: 'not needed',
    looks: 'Looks a question',
    whereLooksLand: 'Where looks land',
    tagInCrop: 'tag in a crop',
    iou: 'IoU',
    reward: 'Reward',
    mean: 'mean',
    tokens: 'Tokens a trajectory',
    written: 'written by the model',
    withoutLook: 'Answered without a look',
    zoomNotNeeded: 'zoom not needed',
  },

  tested: {
    title: 'On the test scenes',
    note: (questions: number) =>
      `Greedy, ${questions} questions on scenes of 6 to 24 objects, the same at every checkpoint.`,
    step: 'Step',
    heads: {
      right: 'Right',
      zoomNeeded: 'Zoom needed',
      notNeeded: 'Not needed',
      tagInCrop: 'Tag in a crop',
      iou: 'IoU',
      looks: 'Looks',
      looksNotNeeded: 'Looks, not needed',
    },
  },

  paper: {
    title: 'Beside the paper',
    note: 'DeepEyes: V*, photographs, a model of 7 billion parameters that could read before. This run: our tagged scenes, questions that need a closer look, before the run and after. The tasks differ; the direction is what can be compared.',
    what: 'What',
    theirs: 'DeepEyes-7B',
    ours: 'This run',
    right: 'Right, %',
    iou: 'IoU of looks',
    tokens: 'Tokens an answer',
  },

  stages: {
    title: 'The three stages',
    note: (window: number) =>
      `The stages are DeepEyes’ (arXiv 2505.14362). Which steps belong to which is told by a rule of ours, over means of ${window} steps: the first while the IoU of looks stays below 0.2; the third once it is 0.35 or more and looks are fewer than the median so far; the second in between. Where looks a question hardly change, as here after the first steps, the border between the last two says little.`,
    stage: 'Stage',
    what: 'What happens',
    theirSteps: 'DeepEyes-7B, steps',
    ourSteps: 'This run, steps',
    never: 'never',
    named: {
      1: { name: 'Explores', what: 'looks more and more, at the wrong places' },
      2: { name: 'Looks often', what: 'sweeps the picture; looks begin to land' },
      3: { name: 'Looks well', what: 'fewer looks, on the target' },
    },
  },
};
