/** Lenses: what a look, a thought, a word of a run was worth. */
import { countingIn } from '../counting';

const { counted, number } = countingIn('en');

const nats = (value: number) =>
  `${number(value, { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: 'negative' })} nats`;
const signed = (value: number) => number(value, { maximumFractionDigits: 2, signDisplay: 'exceptZero' });
/** Small chances as what they are, not as 0 %. */
const chance = (share: number) =>
  share > 0 && share < 0.01
    ? `1 in ${number(1 / share, { maximumSignificantDigits: 2 })}`
    : number(share, { style: 'percent', maximumFractionDigits: 0 });

export const lenses = {
  label: 'Lenses',
  hint: 'What was the look worth? Lenses ask the same model again and show the numbers.',
  measure: 'Measure',
  measureAgain: 'Measure again',
  stop: 'Stop',
  starting: 'Starting the model…',
  passes: (done: number, of: number) => `Pass ${done} of ${of}`,
  saveSvg: 'Save as SVG',
  savePng: 'Save as PNG',
  paper: 'From the paper',
  rebuilt: 'Filled in by us [R]',
  notShown: 'What this does not show',
  pointAt: 'Point at a word, or use the arrow keys, to see its numbers.',
  problems: {
    'no-score': 'This model can’t say how likely a given text is. Lenses need one that can, such as Loupe Nano.',
    'no-pixels': 'Only Loupe Nano comes with what this lens needs.',
    'other-model': 'Another model wrote this run. Choose that model below, then measure again.',
    'no-tokens':
      'The tokens of this run were not kept, or a person wrote some of them. Ask the question again and measure that run.',
    'follow-up': 'This run has a follow-up question. Lenses look at runs of one question.',
    'no-answer': 'This run has no answer.',
    'no-others': 'There is nothing of the same kind to swap in for this question.',
    'no-place': 'Nobody knows where the answer is in this picture. Try a picture from the gallery.',
  },
  steps: { think: 'Thought', call: 'Call', answer: 'Answer', other: 'Step' },
  turn: (turn: number, what: string) => `Turn ${turn} · ${what}`,
  follow: {
    name: 'Thought or picture?',
    ask: 'Put another crop in, or change the thought: which one does the answer follow?',
    picture: 'The answer followed the picture, not the thought.',
    thought: 'The answer followed the thought, not the picture.',
    both: 'The answer followed now the picture, now the thought.',
    neither: 'The answer followed neither.',
    crop: 'Another crop, same thought',
    edited: 'Same crop, edited thought',
    followed: { picture: 'picture', thought: 'thought', neither: 'neither' },
    counts: (picture: number, thought: number, neither: number) =>
      `${counted(picture, { one: 'time', other: 'times' })} the picture, ${number(thought)} the thought, ${number(neither)} neither`,
    trialCrop: (says: string, thought: string, answer: string) =>
      `The crop says “${says}”, the thought “${thought}”: answered “${answer}”`,
    trialUnknown: (thought: string, answer: string) =>
      `Another crop, the thought says “${thought}”: answered “${answer}”`,
    trialThought: (says: string, picture: string, answer: string) =>
      `The thought says “${says}”, the crop “${picture}”: answered “${answer}”`,
    paper:
      'CREDIT (arXiv 2605.11613) asks how much of a token is owed to this input. Here the input is changed and the model answers again.',
    rebuilt: 'The test itself: the paper measures likelihoods and swaps nothing.',
    notShown:
      'Whether the thought helped earlier, for example to find the place. A few swaps are an anecdote; the table in the docs has more.',
  },
  contrast: {
    name: 'Contrast',
    ask: 'How much does each word owe to the overview, to the last crop, and to the question?',
    says: {
      overview: (step: string) => `Most owed to the overview: ${step}.`,
      crop: (step: string) => `Most owed to the last crop: ${step}.`,
      question: (step: string) => `Most owed to the question: ${step}.`,
    },
    sources: { overview: 'Overview', crop: 'Last crop', question: 'Question' },
    draws: (count: number) => `Mean over ${counted(count, { one: 'swap', other: 'swaps' })} of the same kind`,
    token: (text: string, own: number) => `“${text}” had ${chance(Math.exp(own))}`,
    drop: (source: string, drop: number, least: number, most: number) =>
      `${source}: ${nats(drop)} (${signed(least)} to ${signed(most)})`,
    alpha: 'Share of the baseline taken off (α)',
    mean: 'Baseline',
    means: { 'mean-log': 'Mean of logs', 'log-mean': 'Log of mean' },
    legend: 'A darker bar: the word is less likely once that is another one.',
    paper: 'CREDIT (arXiv 2605.11613): log p minus α times the mean log p under other inputs.',
    rebuilt:
      'α, the number of swaps and the kind of mean. The paper scores with feedback; there is none here, so this is called contrast.',
    notShown:
      'A cause. A word may lose likelihood only because a swapped picture is unusual; the spread over swaps hints at that.',
  },
  belief: {
    name: 'Belief',
    ask: 'How likely was the right answer before and after each look?',
    askGiven: 'How likely was the given answer before and after each look?',
    says: (from: number, to: number) => `From ${chance(from)} before the first look to ${chance(to)} at the end.`,
    of: (answer: string) => `p(“${answer}”)`,
    moments: { before: 'Before', look: 'After a look', thought: 'After the thought' },
    chance: (share: number) => `Chance ${chance(share)}`,
    point: (moment: string, logprob: number) => `${moment}: ${chance(Math.exp(logprob))}, log p ${nats(logprob)}`,
    gain: (gain: number) => signed(gain),
    strip: (answer: string) => `Belief in “${answer}” along the run`,
    share: chance,
    paper: 'AntiSD (arXiv 2605.11609): the potential Φ = log p(answer | everything so far).',
    rebuilt:
      'Looks in the place of tokens. The start is asked without tools, since the model was never trained to answer there; after a look, the model’s own reading sentence is completed.',
    notShown: 'Whether the look was needed: the model may have known the answer without being asked in this way.',
  },
  antisd: {
    name: 'What it would have known',
    ask: 'How would each word change if the model had already looked at the right place?',
    askAnswer: 'How would each word change if the model already knew the answer?',
    saysMore: (step: string) => `With the answer at hand it would say less of this: ${step}.`,
    saysSame: 'It would have said much the same.',
    shortcut: 'More likely (shortcut)',
    deliberation: 'Less likely (deliberation)',
    token: (text: string, u: number, minusPhi: number) => `“${text}”: u ${signed(u)}, −λφ ${signed(minusPhi)}`,
    sum: (u: number) => `Σu ${signed(u)}`,
    entropy: (median: number, up: number, down: number) =>
      `Median teacher entropy at least ${nats(median)}. If that were the warm-up, the gate would open at ${nats(up)} and shut below ${nats(down)}.`,
    row: 'Words given away tell this model nothing, so a look is given away, and only u is shown.',
    paper: 'AntiSD (arXiv 2605.11609): u = log p with context − log p without; −λφ(u) is added to a word’s advantage.',
    rebuilt:
      'A look at the right place as the context; the paper gives text away. Entropy counts the five likeliest words and the rest as one.',
    notShown: 'What training would make of it. The gate needs many steps; one run has one entropy.',
  },
  reading: {
    name: 'What the reading rests on',
    ask: 'Which pixels decide what was read, and how little would change it?',
    says: (token: string, where: string) => `The reading of “${token}” rests on these pixels of ${where}.`,
    overview: 'the overview',
    crop: (look: number) => `look ${number(look)}`,
    overviewLabel: 'Overview',
    cropLabel: (look: number) => `Look ${number(look)}`,
    sensitivity: (value: number) => `λ₁ ${number(value, { maximumSignificantDigits: 3 })}`,
    pictures:
      'Brighter: a small change there changes what is read the most. As the model sees the pictures, 256 by 256.',
    options: (list: string) => `It could have been: ${list}.`,
    option: (text: string, share: number) => `“${text}” ${chance(share)}`,
    chart: 'What a nudge does',
    axis: 'Size of the nudge, in steps of 1/255 (root mean square)',
    height: 'KL, nats',
    along: 'Along v₁',
    random: 'At random',
    predicted: 'Predicted, ½λ₁ε²',
    nudge: 'Nudge',
    at: (epsilon: number) => `${number(epsilon, { maximumSignificantDigits: 2 })}/255`,
    measured: (along: number, predicted: number, random: number) =>
      `KL along v₁ ${number(along, { maximumSignificantDigits: 2 })} (predicted ${number(predicted, { maximumSignificantDigits: 2 })}), at random ${number(random, { maximumSignificantDigits: 2 })}`,
    reads: (text: string) => `It then reads “${text}”.`,
    difference: (times: number) => `What is added, ${number(times)} times as strong`,
    flips: (along: number | null, random: number | null) =>
      along === null
        ? 'No nudge that was tried changes what it reads.'
        : random === null
          ? `The smallest nudge that changes the reading: ${number(along, { maximumSignificantDigits: 2 })}/255 along v₁. At random none that was tried does.`
          : `The smallest nudge that changes the reading: ${number(along, { maximumSignificantDigits: 2 })}/255 along v₁, ${number(random, { maximumSignificantDigits: 2 })}/255 at random.`,
    doubt: (lambda: number, unsure: number) =>
      `As a warning sign: λ₁ ${number(lambda, { maximumSignificantDigits: 3 })}. Plain doubt, 1 − p, is ${chance(unsure)} and tells nearly as much.`,
    paper:
      'OSSA (arXiv 1810.03806): the first eigenvector of Fisher’s information over the pixels, and its eigenvalue as a warning sign.',
    rebuilt:
      'All formulas: only the abstract was at hand. The options are the five likeliest tokens; nudges are in the picture as the model sees it, before rounding.',
    notShown:
      'A change that could be made to the original photo: v₁ lives in the resized crop. And the thought may change while the answer stays.',
  },
  set: {
    means: 'Mean belief by outcome',
    at: { before: 'Before', look: (count: number) => `Look ${count}`, thought: 'End' },
    right: 'Right',
    wrong: 'Wrong',
    runs: (count: number) => counted(count, { one: 'run', other: 'runs' }),
  },
};
