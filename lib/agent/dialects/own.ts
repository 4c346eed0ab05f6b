/**
 * Dialects that people wrote: how a model is asked, how its calls look, what its numbers count in, what it is told back. Their thoughts and
 * answers have the tags that most dialects share. docs/protocol.md Y1 to Y5.
 */
import type { MessageContent } from '@/lib/engine';
import { readJson, type OwnDialect } from '@/lib/trajectory';
import { OWN_DIALECT_FORMAT, ownDialectSchema } from '@/lib/trajectory/own-dialect';
import type { Dialect } from '../contract';
import { createTagParser, SHARED_TAGS } from '../stream-parser';
import { piecesIn, readCallPattern, type CallPattern, type PatternProblem } from './call-pattern';
import { tagGrammar, type WriteCall } from './tag-grammar';
import { writeIn } from './write-tags';

/** Begins the id of every one of them; its name follows. */
export const OWN = 'own:';

export type OwnDialectProblem =
  | PatternProblem
  /** It is no file of a dialect. */
  | 'no-dialect'
  /** Of a version that this app does not know. */
  | 'newer'
  /** What is told back has no place for the picture, or more than one; so for the error. */
  | 'picture-place'
  | 'error-place';

export type OwnDialectReading =
  | { readonly ok: true; readonly file: OwnDialect; readonly dialect: Dialect }
  | { readonly ok: false; readonly problem: OwnDialectProblem };

const PICTURE = '{picture}';
const ERROR = '{error}';

/** @param text a dialect's file */
export function readOwnDialect(text: string): OwnDialectReading {
  const json = readJson(text);
  const format: unknown = typeof json === 'object' && json !== null ? Reflect.get(json, 'format') : null;
  if (typeof format === 'string' && format !== OWN_DIALECT_FORMAT && /^loupe-dialect\/\d+$/.test(format)) {
    return { ok: false, problem: 'newer' };
  }
  const read = ownDialectSchema.safeParse(json);
  return read.success ? dialectOfFile(read.data) : { ok: false, problem: 'no-dialect' };
}

export function dialectOfFile(file: OwnDialect): OwnDialectReading {
  const read = readCallPattern(file.call);
  if (!read.ok) return read;
  if (file.shown.split(PICTURE).length !== 2) return { ok: false, problem: 'picture-place' };
  if (file.refused.split(ERROR).length !== 2) return { ok: false, problem: 'error-place' };
  return { ok: true, file, dialect: made(file, read.pattern) };
}

const text = (words: string): MessageContent[] => (words === '' ? [] : [{ type: 'text', text: words }]);

function made(file: OwnDialect, pattern: CallPattern): Dialect {
  const { think, answer } = SHARED_TAGS;
  const tags = { think, answer, call: pattern.tags };
  const all = [think, answer, pattern.tags].flatMap(({ open, close }) => [open, close]);
  const write: WriteCall = (_tool, given) => {
    const [box, label] = given;
    const numbers = box && 'json' in box.value ? box.value.json.filter((piece) => 'number' in piece) : [];
    const words = label && 'text' in label.value ? label.value : { text: 0 };
    return piecesIn(pattern, numbers, words);
  };
  const [before = '', after = ''] = file.shown.split(PICTURE);
  const example = file.call.trim().replace(/\s+/g, ' ');
  return {
    id: OWN + file.name,
    file,
    frame: file.frame,
    cropShape: 'box',
    constrained: false,
    systemPrompt: (tools) => (tools ? file.prompt : file.plainPrompt),
    opening: ({ systemPrompt, given }) => [
      ...(systemPrompt === '' ? [] : [{ role: 'system' as const, text: systemPrompt }]),
      { role: 'user', content: given },
    ],
    // Its calls are the zoom's alone: of other tools a pattern says nothing.
    grammar: (turn) =>
      tagGrammar(
        { ...turn, tools: turn.tools.filter((tool) => tool === 'zoom') },
        { gap: 1, write, tags: { ...tags, all } },
      ),
    readCall: (written) => pattern.read(written),
    write: writeIn(tags),
    parser: () => createTagParser({ plainAnswer: true, tags }),
    said: (content) => ({ role: 'user', content }),
    result: (content) => ({ role: 'user', content: [...text(before), ...content, ...text(after)] }),
    // Not as a pattern of `replace`, in which a dollar would mean something.
    refusal: (told) => ({ role: 'user', content: text(file.refused.split(ERROR).join(told)) }),
    refusals: { 'not-json': `Error: the call does not have the form ${example}` },
  };
}
