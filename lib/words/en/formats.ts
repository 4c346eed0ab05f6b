/** Opening other systems' trajectories: what was found, what is missing, and why a row could not be read. */
import { countingIn } from '../counting';
import { formatNotes } from './format-notes';

const { number, counted } = countingIn('en');

const rows = (count: number) => counted(count, { one: 'row', other: 'rows' });
const names = (list: readonly string[]) => list.join(', ');

export const formats = {
  /** What a file was recognized as, by the id of its format. */
  systems: {
    atif: 'ATIF',
    'chain-of-focus': 'Chain-of-Focus',
    deepeyes: 'DeepEyes',
    grit: 'GRIT',
    inspect: 'Inspect',
    'llama-factory': 'LLaMA-Factory',
    loupe: 'Loupe',
    'mini-o3': 'Mini-o3',
    'ms-swift': 'ms-swift',
    openai: 'OpenAI messages',
    openthinkimg: 'OpenThinkIMG',
    'pixel-reasoner': 'Pixel-Reasoner',
    'qwen-agent': 'Qwen-Agent',
    'rl-logging-board': 'RL Logging Board',
    seal: 'SEAL',
    'sensenova-mars': 'SenseNova-MARS',
    thyme: 'Thyme',
    verl: 'verl rollouts',
    vstar: 'V* annotations',
    zoomeye: 'ZoomEye',
  },
  /** By which rule a box became a crop. Where an evaluation and a training environment differ, both have a name. */
  rules: {
    /** The format has one rule, or the file says itself what was shown. */
    'as-recorded': 'As recorded',
    evaluation: 'Evaluation script',
    training: 'RL environment',
  },
  /** What a person should know about a run that was read all the same. */
  notes: {
    ...formatNotes,
    'picture-missing': ({ name }: { name: string }) =>
      name === '' ? 'The picture is not here.' : `The picture ${name} is not here.`,
    'row-failed': ({ message }: { message: string }) =>
      message === '' ? 'The run failed and left no text.' : `The run failed: ${message}`,
    'repeated-turns': ({ count }: { count: number }) =>
      `The model wrote the same turn ${number(count)} times. It is shown once.`,
    'several-calls': ({ count, run }: { count: number; run: 'first' | 'last' }) =>
      `${counted(count, { one: 'call', other: 'calls' })} in one turn. Only the ${run} was carried out.`,
    'answered-and-called':
      'The turn answers and calls. The evaluation cut the crop; the RL environment would have stopped.',
    'box-outside': 'A box reaches beyond the picture. The evaluation pads it with black; here it ends at the edge.',
    'would-be-refused': 'The evaluation cut this crop. The RL environment would have refused it.',
    'text-cut': ({ characters }: { characters: number }) => `${number(characters)} characters were left out.`,
    'tokens-do-not-fit': 'The tokens do not spell the text, so probabilities are left out.',
    'frame-from-values': 'Nothing in the file says how boxes are counted. It was read from the numbers.',
  },
  /** Why no run could be made of a row. */
  problems: {
    'not-json': 'This row is not JSON.',
    'too-deep': 'This row is nested too deep to be read.',
    'too-long': ({ bytes }: { bytes: number }) =>
      `This row is ${number(Math.round(bytes / 1e6))} MB long, which is too much.`,
    'unknown-format': ({ keys }: { keys: readonly string[] }) =>
      keys.length === 0 ? 'No known format.' : `No known format. It has: ${names(keys)}.`,
    'not-as-the-format': ({ what }: { what: string }) => `Something is not as this format has it: ${what}.`,
    'no-messages': 'There is no conversation in this row.',
    'not-a-run': ({ path }: { path: string }) => `This run does not hold together${path === '' ? '' : ` at ${path}`}.`,
    'reader-failed': ({ message }: { message: string }) => `It could not be read: ${message}`,
  },
  rows,
};
