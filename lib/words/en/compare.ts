/** Two runs side by side. */
import { countingIn } from '../counting';

const { number } = countingIn('en');

const percent = (share: number) => number(share, { style: 'percent', maximumFractionDigits: 0 });

export const compare = {
  title: 'Compare two runs',
  missing: 'One of these runs isn’t in this browser.',
  missingAdvice: 'Select two runs in the library, then choose Compare.',
  library: 'Open the library',
  opening: 'Opening both runs',
  side: { a: 'Left run', b: 'Right run' },
  run: (at: number, answer: string) => [`Run ${number(at)}`, answer].filter(Boolean).join(': '),
  open: 'Open this run',
  player: 'Steps of both runs',
  first: 'First step',
  previous: 'Previous step',
  next: 'Next step',
  last: 'Last step',
  withKey: (label: string, key: string) => `${label} (${key})`,
  at: (step: number, of: number) => `${number(step)} / ${number(of)}`,
  position: 'Step of both runs',
  divergence: 'They part here',
  toDivergence: 'Go to where they part',
  same: 'They are the same, step by step.',
  linked: 'Link views',
  linkedHint: 'Zoom and move both pictures together',
  probabilities: 'Probabilities',
  overlay: 'Both on one picture',
  overlayLabel: 'Where each of them looked, on one picture',
  look: (at: number) => `Look ${number(at)}`,
  overlap: (share: number) => `${percent(share)} overlap`,
  noOverlap: 'only one looked',
  words: 'What differs in the words',
  onlyIn: { a: 'only left', b: 'only right' },
};
