/** What a person should know about a run that one of the research systems' files held. Part of `formats.notes`. */
import { countingIn } from '../counting';

const { number, counted } = countingIn('en');

export const formatNotes = {
  'tokens-stray': ({ at }: { at: number }) =>
    `Token ${number(at + 1)} is not what the text says there, so probabilities are left out.`,
  'tokens-short': 'The text goes on after the last token, so probabilities are left out.',
  'tokens-ambiguous': ({ at }: { at: number }) =>
    `Around token ${number(at + 1)}, tokens hold parts of characters and could fit in several ways, so probabilities are left out.`,
  'tokens-and-probabilities': ({ tokens, probabilities }: { tokens: number; probabilities: number }) =>
    `There are ${counted(tokens, { one: 'token', other: 'tokens' })} and ${counted(probabilities, { one: 'probability', other: 'probabilities' })}, so probabilities are left out.`,
  'observation-renumbered': ({ name, crop }: { name: string; crop: number }) =>
    `An earlier call failed: ${name} is crop ${number(crop)} of those that succeeded, not the file of that number.`,
  'started-again': ({ part, parts }: { part: number; parts: number }) =>
    `The file holds ${counted(parts, { one: 'run', other: 'runs' })}, one after the other. This is number ${number(part)}.`,
  'last-call-without-crop': 'The run ended on a call. Nobody cut its crop.',
  'whole-picture': 'A call could not be used, so the model got the whole picture back, without being told.',
  'edge-makes-pixels': 'A number of this box is 1 or more, so the code took all four for pixels.',
  'grown-by-half': 'The code cut half as much again around each box, and showed it at twice its size.',
  'tenth-added': 'The code cut a tenth of the picture more on each side of a box.',
  'one-picture-for-many': ({ count }: { count: number }) =>
    `${counted(count, { one: 'frame', other: 'frames' })} of this result were saved as one picture.`,
  'results-before-calls': ({ count }: { count: number }) =>
    `${counted(count, { one: 'result stands', other: 'results stand' })} before the call in this file. Each is shown after its call.`,
  'not-quite-atif': ({ version }: { version: string }) =>
    version === ''
      ? 'The file names no version of ATIF.'
      : `The file calls its version “${version}”, which is none of ATIF’s.`,
  'continued-in': ({ files }: { files: number }) =>
    `The run goes on in ${counted(files, { one: 'more file', other: 'more files' })}, shown as one.`,
  'continuation-missing': ({ name }: { name: string }) => `The run goes on in ${name}, which is not here.`,
  'copied-steps': ({ count }: { count: number }) =>
    `${counted(count, { one: 'step was', other: 'steps were' })} repeated from the file before, and ${count === 1 ? 'is' : 'are'} shown once.`,
  'boxes-by-name': 'The model named boxes without numbers (bbx_1 and so on), so they cannot be drawn.',
  'only-first-action': ({ count }: { count: number }) =>
    `The turn asks for ${counted(count, { one: 'action', other: 'actions' })}. Only the first was carried out.`,
  'code-rewritten': 'The environment re-indents code before it runs it. Shown is what the model wrote.',
  'several-code-blocks': ({ count }: { count: number }) =>
    `${counted(count, { one: 'block', other: 'blocks' })} of code in one turn. Only the last was run.`,
  'search-shown-as-boxes': 'The boxes are where the search looked, not what a model wrote.',
  'boxes-in-thought': 'The boxes stand in the thoughts. No crop was shown to the model.',
  'rows-from-table': ({ count }: { count: number }) =>
    `One line of the file holds ${counted(count, { one: 'run', other: 'runs' })}.`,
  'placeholders-and-pictures': ({ placeholders, pictures }: { placeholders: number; pictures: number }) =>
    `The text has ${counted(placeholders, { one: 'place', other: 'places' })} for pictures, and the row names ${number(pictures)}.`,
  'secrets-covered': ({ count }: { count: number }) =>
    `${counted(count, { one: 'key or password is', other: 'keys or passwords are' })} covered with dots.`,
  'steps-left-out': ({ count }: { count: number }) =>
    `The log goes on for ${counted(count, { one: 'more step', other: 'more steps' })}, which did not fit.`,
} as const;
