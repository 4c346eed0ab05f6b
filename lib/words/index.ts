/**
 * Everything the interface says. Nothing here knows what is said when.
 *
 * - **part**: the words of one part of the page, a file `en/<part>.ts` and a hook `<part>.ts`. They come with that part's code, so
 *   what is rarely opened costs the first load nothing; this is why parts are imported by their own file and not from here.
 * - **phrase**: a code with its parameters, as `lib` returns it; `say` finds its words in a table.
 */
export { WordsProvider, type ChosenWords } from './language';
export { say, sayWritten, writePhrase, type Phrase, type Phrases } from './phrase';
export type { Notice, NoticeCode, SaidNotice, WrittenProblem } from './notice';
export type { Words } from './en';
