'use client';
/** Python as code: at once, and in its colors when those have come. */
import { useEffect, useState, type ReactNode } from 'react';
import type { CodePiece } from './code-colors';
import { LongText } from './long-text';
import './code.css';

type Colors = (code: string) => readonly CodePiece[];

let colors: Colors | null = null;

export function CodeText({ code, label }: { readonly code: string; readonly label: string }): ReactNode {
  const [pieces, setPieces] = useState<Colors | null>(() => colors);
  useEffect(() => {
    if (pieces) return;
    let here = true;
    // Without them it stays as it is.
    import('./code-colors').then(
      ({ pythonPieces }) => {
        colors = pythonPieces;
        if (here) setPieces(() => pythonPieces);
      },
      () => undefined,
    );
    return () => {
      here = false;
    };
  }, [pieces]);
  return (
    <pre
      tabIndex={0}
      aria-label={label}
      dir="ltr"
      className="loupe-code max-h-96 overflow-auto px-3 py-2 font-mono text-small text-ink"
    >
      <code>
        <LongText text={code}>{(part) => (pieces ? pieces(part).map(colored) : part)}</LongText>
      </code>
    </pre>
  );
}

function colored({ text, is }: CodePiece, index: number): ReactNode {
  return is === '' ? (
    text
  ) : (
    <span key={index} className={is}>
      {text}
    </span>
  );
}
