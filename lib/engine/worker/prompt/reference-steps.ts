/**
 * tokenizer.json with the steps that `@huggingface/tokenizers` takes otherwise than the reference (the Rust library of that name)
 * written as steps it takes alike: its digits are ASCII's and not every numeral (½, ², ٣), and its byte-level words count U+FEFF as
 * white space. Its `Split` has neither fault, so both become one. Pure.
 */

/** What GPT-2 cuts into words, and every byte-level step that does not say otherwise. */
const WORDS = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

interface Step {
  readonly type?: unknown;
  readonly pretokenizers?: unknown;
  readonly individual_digits?: unknown;
  readonly use_regex?: unknown;
  readonly add_prefix_space?: unknown;
}

const split = (regex: string) => ({ type: 'Split', pattern: { Regex: regex }, behavior: 'Isolated', invert: false });

/** @param json the content of tokenizer.json; what is not understood of it stays as it is */
export function withReferenceSteps(json: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const steps = flat(json['pre_tokenizer']);
  if (steps.length === 0) return { ...json };
  return { ...json, pre_tokenizer: { type: 'Sequence', pretokenizers: steps.flatMap(asReference) } };
}

function flat(step: unknown): readonly Step[] {
  if (typeof step !== 'object' || step === null) return [];
  // Read as far as its fields go, each of which is checked where it is used.
  const { type, pretokenizers } = step as Step;
  return type === 'Sequence' && Array.isArray(pretokenizers) ? pretokenizers.flatMap(flat) : [step];
}

function asReference(step: Step): readonly unknown[] {
  if (step.type === 'Digits') return [split(step.individual_digits === true ? '\\p{N}' : '\\p{N}+')];
  // With a space before, the split would have to come after it: such vocabularies keep the library's own.
  if (step.type === 'ByteLevel' && step.use_regex !== false && step.add_prefix_space !== true) {
    return [split(WORDS), { ...step, use_regex: false }];
  }
  return [step];
}
