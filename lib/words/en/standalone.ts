/** The page that an export to HTML is. */
import { countingIn } from '../counting';

const { counted } = countingIn('en');

export const standalone = {
  all: (count: number) => counted(count, { one: 'run', other: 'runs' }),
  nameless: 'A run',
  picture: 'Picture',
  talk: 'The run in words',
  keys: 'Shortcuts',
  close: 'Close',
};
