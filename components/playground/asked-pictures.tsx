'use client';
/**
 * The pictures of the next question where there are several: in order, by pointer or by arrow keys in another, each can be taken out. A model
 * that looks at one at a time is said to do so.
 */
import { ChevronLeft, ImagePlus, X } from 'lucide-react';
import { useEffect, useId, useRef, useState, type ChangeEvent, type KeyboardEvent, type ReactNode } from 'react';
import { useDialect } from '@/components/fork';
import { drawStill } from '@/components/ui/still-canvas';
import { usePlayer } from '@/lib/player';
import { modelName, SHIPPED_MODEL, useSession, useSessionActions } from '@/lib/session';
import { useWorkspaceWords } from '@/lib/words/workspace';
import { PICTURES } from './picture-intake';

/** Longest side of a small picture, CSS pixels. */
const SIDE = 56;

/** The model's name where it looks at one picture at a time; null where it takes several, or nobody knows yet. */
function useOnlyOne(): string | null {
  const modelUrl = useSession((state) => state.settings.modelUrl);
  const loaded = useSession((state) => state.engine?.modelUrl ?? null);
  const dialect = useDialect();
  const isOne = loaded === modelUrl && dialect ? dialect.several !== true : modelUrl === SHIPPED_MODEL;
  return isOne ? modelName(modelUrl) : null;
}

export function AskedPictures(): ReactNode {
  const words = useWorkspaceWords().pictures;
  const source = usePlayer((state) => state.source);
  const beside = usePlayer((state) => state.beside);
  const bitmaps = usePlayer((state) => state.pictures);
  const isIdle = useSession((state) => state.phase === 'idle');
  const onlyOne = useOnlyOne();
  const { changePictures } = useSessionActions();
  const keys = useId();
  const list = useRef<HTMLUListElement>(null);
  const [moved, setMoved] = useState('');
  if (!source || beside.length === 0) return null;
  const all = [source, ...beside];

  const move = (at: number, by: number) => {
    const one = all[at];
    const to = at + by;
    if (!one || !isIdle || to < 0 || to >= all.length) return;
    void changePictures({ kind: 'move', hash: one.ref.hash, by });
    setMoved(words.moved(one.ref.name, to + 1, all.length));
  };
  const remove = (at: number) => {
    const one = all[at];
    if (!one || !isIdle) return;
    void changePictures({ kind: 'remove', hash: one.ref.hash });
    // What had the focus is gone: the next one has it, or the last.
    const next = all[at + 1] ?? all[at - 1];
    list.current?.querySelector<HTMLElement>(`[data-picture="${next?.ref.hash}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent, at: number) => {
    if (event.key === 'ArrowLeft') move(at, -1);
    else if (event.key === 'ArrowRight') move(at, 1);
    else if (event.key === 'Delete' || event.key === 'Backspace') remove(at);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="flex flex-col gap-1">
      <ul ref={list} aria-label={words.label} className="flex gap-2 overflow-x-auto overscroll-x-contain py-1">
        {all.map(({ ref }, at) => (
          <li key={ref.hash} className="group relative shrink-0">
            <button
              type="button"
              data-picture={ref.hash}
              aria-label={words.named(at + 1, ref.name)}
              title={`${words.named(at + 1, ref.name)}. ${words.keys}`}
              aria-describedby={keys}
              onKeyDown={(event) => onKeyDown(event, at)}
              className="relative grid size-14 place-items-center overflow-hidden rounded-m border border-line bg-sunken"
            >
              <Small bitmap={bitmaps.get(ref.hash) ?? null} />
              <span
                aria-hidden
                className="tabular absolute bottom-0.5 left-0.5 min-w-4 rounded-s bg-raised px-1 text-center text-micro text-ink"
              >
                {at + 1}
              </span>
            </button>
            <button
              type="button"
              disabled={!isIdle}
              aria-label={words.remove(at + 1)}
              title={words.remove(at + 1)}
              onClick={() => remove(at)}
              className="absolute top-0.5 right-0.5 grid size-6 place-items-center rounded-full bg-raised/95 text-ink-soft hover:text-ink"
            >
              <X size={13} aria-hidden />
            </button>
            {at > 0 ? (
              <button
                type="button"
                disabled={!isIdle}
                aria-label={words.earlier(at + 1)}
                title={words.earlier(at + 1)}
                onClick={() => move(at, -1)}
                className="absolute top-0.5 left-0.5 grid size-6 place-items-center rounded-full bg-raised/95 text-ink-soft hover:text-ink"
              >
                <ChevronLeft size={13} aria-hidden />
              </button>
            ) : null}
          </li>
        ))}
      </ul>
      <p id={keys} className="sr-only">
        {words.keys}
      </p>
      {onlyOne === null ? null : (
        <p role="note" className="text-small text-caution">
          {words.onlyOne(onlyOne)}
        </p>
      )}
      <p role="status" className="sr-only">
        {moved}
      </p>
    </div>
  );
}

function Small({ bitmap }: { readonly bitmap: ImageBitmap | null }): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scale = bitmap ? SIDE / Math.max(bitmap.width, bitmap.height) : 0;
  const [width, height] = bitmap ? [bitmap.width * scale, bitmap.height * scale].map(Math.round) : [SIDE, SIDE];
  useEffect(() => {
    if (!canvas.current || !bitmap || !width || !height) return;
    const density = window.devicePixelRatio || 1;
    const [across, down] = [Math.round(width * density), Math.round(height * density)];
    try {
      drawStill(canvas.current, across, down, (context) => context.drawImage(bitmap, 0, 0, across, down));
    } catch {
      // It was closed between commit and effect: this picture is about to go.
    }
  }, [bitmap, width, height]);
  return <canvas ref={canvas} aria-hidden style={{ width, height }} />;
}

/** Beside the model's name. Of a model that looks at one picture at a time it says so instead. */
export function AddPicture(): ReactNode {
  const words = useWorkspaceWords().pictures;
  const hasPicture = usePlayer((state) => state.source !== null);
  const isIdle = useSession((state) => state.phase === 'idle');
  const onlyOne = useOnlyOne();
  const { changePictures } = useSessionActions();
  const file = useRef<HTMLInputElement>(null);
  if (!hasPicture) return null;
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    const files = [...(event.target.files ?? [])];
    event.target.value = ''; // so that the same file can be chosen again
    if (files.length > 0) void changePictures({ kind: 'add', files });
  };
  const why = onlyOne === null ? null : words.onlyOne(onlyOne);
  return (
    <>
      <button
        type="button"
        disabled={!isIdle || why !== null}
        aria-label={why === null ? words.add : `${words.add}. ${why}`}
        title={why ?? words.add}
        onClick={() => file.current?.click()}
        className="flex size-8 items-center justify-center rounded-m text-ink-faint enabled:hover:bg-hover enabled:hover:text-ink disabled:opacity-50 touch:size-10"
      >
        <ImagePlus size={15} aria-hidden />
      </button>
      <input
        ref={file}
        type="file"
        multiple
        accept={PICTURES}
        onChange={take}
        aria-label={words.choose}
        tabIndex={-1}
        className="sr-only"
      />
    </>
  );
}
