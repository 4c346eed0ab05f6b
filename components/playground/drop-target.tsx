'use client';
/**
 * The whole page takes a dropped file, a dropped link to a picture, and a pasted picture or address. Drawn only while
 * something is dragged over the page. Pasting into a text field stays pasting text.
 */
import { useEffect, useRef, useState } from 'react';
import { filesOfDrop, filesOfInput } from '@/components/models/read-dropped';
import type { GivenFile } from '@/lib/formats';

interface DropTargetProps {
  /** A picture, or what only its opening can tell from one. */
  readonly onFile: (file: File) => void;
  /** Records of other systems: files, folders and archives with all that is in them; JSON that was pasted. */
  readonly onFiles: (files: readonly GivenFile[]) => void;
  readonly onUrl: (url: string) => void;
  /** Pictures too are for `onFiles`: they belong to records. */
  readonly everything?: boolean;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, [contenteditable]') !== null;
}

function webAddress(text: string): string | null {
  const first = text.trim().split(/\s/)[0] ?? '';
  return /^https?:\/\/\S+$/i.test(first) ? first : null;
}

type Content = { file: File } | { files: Promise<readonly GivenFile[]> } | { url: string };

/** Files, or the first address of what was dropped or pasted. Of several pictures alone the first is taken. */
function contentOf(data: DataTransfer | null, everything: boolean): Content | null {
  const file = data?.files[0];
  if (data && file) {
    const entries = [...data.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
    const records = everything || entries.some(({ isDirectory }) => isDirectory) || [...data.files].some(holdsRecords);
    // What is pasted has files and no entries.
    const all = () => (entries.length > 0 ? filesOfDrop(data) : Promise.resolve(filesOfInput(data.files)));
    return records ? { files: all() } : { file };
  }
  const text = data?.getData('text/plain') ?? '';
  if (/^\s*[{[]/.test(text) && isJson(text)) {
    const pasted = new File([text], 'pasted.json', { type: 'application/json' });
    return { files: Promise.resolve([{ path: pasted.name, file: pasted }]) };
  }
  const url = webAddress(data?.getData('text/uri-list') || data?.getData('text/plain') || '');
  return url === null ? null : { url };
}

function holdsRecords({ name, type }: File): boolean {
  return /\.(jsonl?|ndjson|zip|eval|ipynb)$/i.test(name) || /json|zip/.test(type);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What the browser lets be known of a drag before it is dropped. */
const carriesPicture = (event: DragEvent) =>
  event.dataTransfer?.types.some((type) => type === 'Files' || type === 'text/uri-list') ?? false;

export function DropTarget({ onFile, onFiles, onUrl, everything = false }: DropTargetProps) {
  const [over, setOver] = useState(false);
  const handlers = useRef({ onFile, onFiles, onUrl, everything });
  useEffect(() => {
    handlers.current = { onFile, onFiles, onUrl, everything };
  }, [onFile, onFiles, onUrl, everything]);

  useEffect(() => {
    let depth = 0; // enter and leave fire for every child
    const take = (data: DataTransfer | null): boolean => {
      const content = contentOf(data, handlers.current.everything);
      if (!content) return false;
      if ('file' in content) handlers.current.onFile(content.file);
      else if ('files' in content)
        void content.files.then(
          (files) => handlers.current.onFiles(files),
          () => undefined,
        );
      else handlers.current.onUrl(content.url);
      return true;
    };
    const reset = () => {
      depth = 0;
      setOver(false);
    };
    const onEnter = (event: DragEvent) => {
      if (!carriesPicture(event)) return;
      depth += 1;
      setOver(true);
    };
    const onLeave = () => {
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const onOver = (event: DragEvent) => {
      if (!carriesPicture(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
    };
    const onDrop = (event: DragEvent) => {
      reset();
      // Something on the page has taken it already.
      if (event.defaultPrevented || !carriesPicture(event)) return;
      event.preventDefault();
      take(event.dataTransfer);
    };
    const onPaste = (event: ClipboardEvent) => {
      const hasFile = (event.clipboardData?.files.length ?? 0) > 0;
      if (!hasFile && isTyping(event.target)) return;
      if (take(event.clipboardData)) event.preventDefault();
    };
    window.addEventListener('dragenter', onEnter);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('dragover', onOver);
    window.addEventListener('drop', onDrop);
    window.addEventListener('paste', onPaste);
    return () => {
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
        <p className="font-serif text-display">Let go to open it</p>
      </div>
    </div>
  );
}
