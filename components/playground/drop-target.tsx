'use client';
/**
 * The whole page takes what is dropped and pasted: files, a picture of another page, its address. Drawn only while something is
 * dragged over the page. In a text field words stay words, also where a picture of themselves comes with them; what is dragged from
 * this page is not for it.
 */
import { useEffect, useRef, useState } from 'react';
import { usePlaygroundWords } from '@/lib/words/playground';
import type { GivenFile } from '@/lib/formats';
import { broughtBy, hasMereWords, hasWords, isAnswer, pictureOfHtml } from './brought';
import { recordsBrought } from './records-brought';

interface DropTargetProps {
  readonly onPictures: (files: readonly File[], folders: number) => void;
  /** Records of other systems: files, folders and archives with all that is in them; JSON that was pasted. */
  readonly onFiles: (files: readonly GivenFile[]) => void;
  readonly onUrl: (url: string) => void;
  /** A model's answer that points at places. Left out: it is words like any. */
  readonly onAnswer?: (text: string) => void;
  /** There is no picture in it. */
  readonly onWords: () => void;
  /** Pictures too are for `onFiles`: they belong to records. */
  readonly everything?: boolean;
}

const FIELD = 'textarea, [contenteditable], input:not([type=range], [type=checkbox], [type=radio], [type=file])';

const isField = (target: EventTarget | null): boolean => target instanceof Element && target.closest(FIELD) !== null;

/** What the browser lets be known of a drag before it is dropped. */
const TAKEN = ['Files', 'text/uri-list', 'text/html', 'text/plain'];
const carries = (data: DataTransfer | null, types: readonly string[]): boolean =>
  data?.types.some((type) => types.includes(type)) ?? false;

export function DropTarget({ onPictures, onFiles, onUrl, onAnswer, onWords, everything = false }: DropTargetProps) {
  const words = usePlaygroundWords();
  const [over, setOver] = useState(false);
  const handlers = useRef({ onPictures, onFiles, onUrl, onAnswer, onWords, everything });
  useEffect(() => {
    handlers.current = { onPictures, onFiles, onUrl, onAnswer, onWords, everything };
  }, [onPictures, onFiles, onUrl, onAnswer, onWords, everything]);

  useEffect(() => {
    let depth = 0; // enter and leave fire for every child
    let own = false; // it was begun in this page
    const takeRecords = (data: DataTransfer): boolean => {
      const records = recordsBrought(data, handlers.current.everything);
      void records?.then(
        (files) => handlers.current.onFiles(files),
        () => undefined,
      );
      return records !== null;
    };
    const take = (data: DataTransfer): boolean => {
      if (takeRecords(data)) return true;
      const brought = broughtBy(data);
      if (brought.kind === 'files') handlers.current.onPictures(brought.files, brought.folders);
      else if (brought.kind === 'address') handlers.current.onUrl(brought.address);
      else if (brought.kind === 'words') handlers.current.onWords();
      return brought.kind !== 'nothing';
    };
    const isForUs = ({ dataTransfer, target }: DragEvent): boolean =>
      !own && carries(dataTransfer, isField(target) ? ['Files'] : TAKEN);
    const reset = () => {
      depth = 0;
      setOver(false);
    };
    const onStart = () => void (own = true);
    // No pointer moves during a drag: where its end was not heard (what was dragged is gone), it is over now.
    const onEnd = () => void (own = false);
    const onEnter = ({ dataTransfer }: DragEvent) => {
      if (own || !carries(dataTransfer, TAKEN)) return;
      depth += 1;
      setOver(true);
    };
    const onLeave = () => {
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const onOver = (event: DragEvent) => {
      if (!isForUs(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
    };
    const onDrop = (event: DragEvent) => {
      reset();
      // Something on the page has taken it already.
      if (event.defaultPrevented || !event.dataTransfer || own) return;
      const { dataTransfer: data, target } = event;
      const shown = pictureOfHtml(data.getData('text/html')) !== null;
      // Words dragged into a field go where they were dropped.
      if (isField(target) && !shown && (data.files.length === 0 || hasWords(data))) return;
      if (take(data)) event.preventDefault();
    };
    const onPaste = (event: ClipboardEvent) => {
      const { clipboardData: data, target } = event;
      if (event.defaultPrevented || !data) return;
      if (isField(target) && (data.files.length === 0 || hasWords(data))) return;
      if (hasMereWords(data)) {
        const text = data.getData('text/plain');
        const { onAnswer, onWords } = handlers.current;
        if (onAnswer && isAnswer(text)) onAnswer(text);
        else if (!takeRecords(data)) onWords();
      } else if (!take(data)) return;
      event.preventDefault();
    };
    const moves = ['dragend', 'pointerdown', 'pointermove'];
    window.addEventListener('dragstart', onStart);
    for (const move of moves) window.addEventListener(move, onEnd);
    window.addEventListener('dragenter', onEnter);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('dragover', onOver);
    window.addEventListener('drop', onDrop);
    window.addEventListener('paste', onPaste);
    return () => {
      window.removeEventListener('dragstart', onStart);
      for (const move of moves) window.removeEventListener(move, onEnd);
      window.removeEventListener('dragenter', onEnter);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('drop', onDrop);
      window.removeEventListener('paste', onPaste);
    };
  }, []);

  if (!over) return null;
  return (
    <div className="pointer-events-none fixed inset-0 z-60 grid place-items-center bg-backdrop p-6" aria-hidden>
      <div className="grid size-full place-items-center rounded-l border-2 border-dashed border-accent bg-surface/90">
        <p className="font-serif text-display">{words.dropHere}</p>
      </div>
    </div>
  );
}
