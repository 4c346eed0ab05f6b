/** What a person should know about a run that a log of a model's API held. Part of `formats.notes`. */
import { countingIn } from '../counting';

const { counted } = countingIn('en');

export const apiNotes = {
  'system-left-out': ({ characters }: { characters: number }) =>
    `The system prompt (${counted(characters, { one: 'character', other: 'characters' })}) is left out, so it isn’t shared. To include it, choose “With the system prompt” under “How boxes are read”.`,
  'thoughts-hidden': ({ count }: { count: number }) =>
    `${counted(count, { one: 'thought is', other: 'thoughts are' })} encrypted, so only the model’s maker can read ${count === 1 ? 'it' : 'them'}.`,
  'pictures-redacted': ({ count }: { count: number }) =>
    `The log left out ${counted(count, { one: 'picture', other: 'pictures' })}. Add ${count === 1 ? 'it' : 'them'} to see the boxes on ${count === 1 ? 'it' : 'them'}.`,
  'output-not-recorded': 'The code ran, but its output wasn’t saved with the log.',
  'earlier-turns-missing': 'This conversation continues an earlier one that isn’t in this file.',
  'question-missing': 'The file only has the reply, not the question.',
};
