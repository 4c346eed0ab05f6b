/** What a person should know about a run that one of the research systems' files held. Part of `formats.notes`. */
import { countingIn } from '../counting';

const { number, counted } = countingIn('en');

export const formatNotes = {
  'tokens-stray': ({ at }: { at: number }) =>
    `Token ${number(at + 1)} doesn’t match the text, so probabilities are left out.`,
  'tokens-short': 'The text continues after the last token, so probabilities are left out.',
  'tokens-ambiguous': ({ at }: { at: number }) =>
    `Around token ${number(at + 1)}, tokens hold parts of characters and could be matched in several ways, so probabilities are left out.`,
  'tokens-and-probabilities': ({ tokens, probabilities }: { tokens: number; probabilities: number }) =>
    `There are ${counted(tokens, { one: 'token', other: 'tokens' })} and ${counted(probabilities, { one: 'probability', other: 'probabilities' })}, so probabilities are left out.`,
  'observation-renumbered': ({ name, crop }: { name: string; crop: number }) =>
    `An earlier call failed: ${name} is crop ${number(crop)} of the successful calls, not the file with that number.`,
  'started-again': ({ part, parts }: { part: number; parts: number }) =>
    `The file has ${counted(parts, { one: 'run', other: 'runs' })}, one after another. This is number ${number(part)}.`,
  'last-call-without-crop': 'The run ended on a call whose crop was never made.',
  'whole-picture': 'A call couldn’t be used, so the model got the whole picture back without being told.',
  'edge-makes-pixels': 'A number in this box is 1 or more, so the code read all four as pixels.',
  'grown-by-half': 'The code cropped half as much again around each box and showed it at twice its size.',
  'tenth-added': 'The code cropped an extra tenth of the picture on each side of a box.',
  'one-picture-for-many': ({ count }: { count: number }) =>
    `${counted(count, { one: 'frame', other: 'frames' })} of this result were saved as one picture.`,
  'results-before-calls': ({ count }: { count: number }) =>
    `${counted(count, { one: 'result comes', other: 'results come' })} before the call in this file. Each is shown after its call.`,
  'not-quite-atif': ({ version }: { version: string }) =>
    version === ''
      ? 'The file doesn’t name a version of ATIF.'
      : `The file says its version is “${version}”, which isn’t a version of ATIF.`,
  'continued-in': ({ files }: { files: number }) =>
    `The run continues in ${counted(files, { one: 'more file', other: 'more files' })}, shown as one.`,
  'continuation-missing': ({ name }: { name: string }) => `The run continues in ${name}, which is missing.`,
  'copied-steps': ({ count }: { count: number }) =>
    `${counted(count, { one: 'step was', other: 'steps were' })} repeated from the previous file and ${count === 1 ? 'is' : 'are'} shown once.`,
  'boxes-by-name': 'The model named boxes without giving their numbers (such as bbx_1), so they can’t be drawn.',
  'only-first-action': ({ count }: { count: number }) =>
    `This turn asks for ${counted(count, { one: 'action', other: 'actions' })}. Only the first was carried out.`,
  'code-rewritten': 'The environment reindents code before running it. This is what the model wrote.',
  'several-code-blocks': ({ count }: { count: number }) =>
    `${counted(count, { one: 'code block', other: 'code blocks' })} in one turn. Only the last was run.`,
  'search-shown-as-boxes': 'The boxes show where the search looked; the model didn’t write them.',
  'boxes-in-thought': 'The boxes are in the thoughts. The model wasn’t shown any crops.',
  'rows-from-table': ({ count }: { count: number }) =>
    `One line of the file has ${counted(count, { one: 'run', other: 'runs' })}.`,
  'placeholders-and-pictures': ({ placeholders, pictures }: { placeholders: number; pictures: number }) =>
    `The text has ${counted(placeholders, { one: 'picture placeholder', other: 'picture placeholders' })}, but the row lists ${number(pictures)}.`,
  'secrets-covered': ({ count }: { count: number }) =>
    `${counted(count, { one: 'key or password is', other: 'keys or passwords are' })} covered with dots.`,
  'private-left-out': ({ count }: { count: number }) =>
    `${counted(count, { one: 'block', other: 'blocks' })} of personal or system context ${count === 1 ? 'isn’t' : 'aren’t'} shown: instructions, memories, reminders.`,
  'steps-left-out': ({ count }: { count: number }) =>
    `The log has ${counted(count, { one: 'more step', other: 'more steps' })}, which didn’t fit.`,
  'picture-supposed': ({ name }: { name: string }) =>
    `The code opened ${name}, which the log doesn’t show. Its boxes are drawn on the only picture there is.`,
  'file-was-larger': ({ name, times }: { name: string; times: number }) =>
    `The code’s pixels don’t fit the picture in the log, so ${name} is assumed to be ${number(times)} times as large. Add the file to get the exact boxes.`,
  'crop-past-edge': 'A crop extends beyond the picture. The part outside isn’t shown.',
  'branch-of': ({ steps }: { steps: number }) =>
    steps === 0
      ? 'Another branch of the same conversation.'
      : `Another branch of the same conversation. The first ${counted(steps, { one: 'step is', other: 'steps are' })} the same.`,
  'side-agent': 'A subagent’s own session, started by the main one.',
  'answers-only': 'The file has only the question and the answer, and nothing in between.',
};
