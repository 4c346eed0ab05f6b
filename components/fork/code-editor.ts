/** CodeMirror for Python, as an element. A chunk of its own. */
import { python } from '@codemirror/lang-python';
import { syntaxHighlighting } from '@codemirror/language';
import { classHighlighter } from '@lezer/highlight';
import { EditorView, minimalSetup } from 'codemirror';

interface Editor {
  readonly label: string;
  readonly code: string;
  readonly onChange: (code: string) => void;
}

/** @returns what takes it away again */
export function mountEditor(parent: HTMLElement, { label, code, onChange }: Editor): () => void {
  const view = new EditorView({
    parent,
    doc: code,
    extensions: [
      minimalSetup,
      python(),
      syntaxHighlighting(classHighlighter),
      EditorView.contentAttributes.of({ 'aria-label': label }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) onChange(update.state.doc.toString());
      }),
      EditorView.theme({
        '&': { color: 'var(--ink)', maxHeight: '24rem', fontSize: 'inherit' },
        '.cm-scroller': { overflow: 'auto', fontFamily: 'inherit' },
        '.cm-content': { caretColor: 'var(--ink)' },
        '.cm-cursor': { borderLeftColor: 'var(--ink)' },
        '&.cm-focused': { outline: 'none' },
      }),
    ],
  });
  view.focus();
  return () => view.destroy();
}
