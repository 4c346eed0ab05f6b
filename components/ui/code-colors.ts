/** Python in pieces, each with the class of its color; CodeMirror's own grammar of it. A chunk of its own: code is read without it, too. */
import { pythonLanguage } from '@codemirror/lang-python';
import { classHighlighter, highlightCode } from '@lezer/highlight';

export interface CodePiece {
  readonly text: string;
  /** Classes of `code.css`; empty for plain text. */
  readonly is: string;
}

export function pythonPieces(code: string): readonly CodePiece[] {
  const pieces: CodePiece[] = [];
  highlightCode(
    code,
    pythonLanguage.parser.parse(code),
    classHighlighter,
    (text, is) => pieces.push({ text, is }),
    () => pieces.push({ text: '\n', is: '' }),
  );
  return pieces;
}
