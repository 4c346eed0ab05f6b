'use client';
/**
 * The scene as it will be asked, with every object as a button on top of it: drag it, or focus it and use the arrow keys;
 * Ctrl+D copies it, Delete removes it.
 */
import { useEffect, useRef, type Dispatch, type KeyboardEvent, type PointerEvent, type RefObject } from 'react';
import { classNames } from '@/components/ui/class-names';
import { keyOf } from '@/components/ui/key-of';
import { useMakerWords } from '@/lib/words/maker';
import type { HistoryAction } from './draft-history';
import { drawScene, type Material } from './draw-scene';
import { ICON_SIZES, iconSize, PLATE_HEIGHT, SCENE_SIZE, tagWords, type Draft, type DraftObject } from './scene-draft';

interface SceneStageProps {
  readonly draft: Draft;
  /** No further object fits the rules of the world. */
  readonly full: boolean;
  readonly material: Material | null;
  readonly dispatch: Dispatch<HistoryAction>;
  readonly canvas: RefObject<HTMLCanvasElement | null>;
}

/** One press of an arrow key, in picture pixels; with Shift the small one. */
const STEP = { large: 40, small: 4 } as const;

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export function SceneStage({ draft, full, material, dispatch, canvas }: SceneStageProps) {
  const words = useMakerWords();
  const objects = draft.objects.map(({ noun, tag }) => words.object(noun, tagWords(words, tag)));
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context && material) drawScene(context, draft, material);
  }, [canvas, draft, material]);
  return (
    <div
      className="relative aspect-4/3 max-h-full w-full max-w-[calc((100dvh-12rem)*4/3)] low:max-w-[calc((100dvh-5rem)*4/3)] overflow-hidden rounded-s bg-surface shadow-2"
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) dispatch({ type: 'select', id: null });
      }}
    >
      <canvas
        ref={canvas}
        width={SCENE_SIZE.width}
        height={SCENE_SIZE.height}
        className="pointer-events-none absolute inset-0 size-full"
        role="img"
        aria-label={words.sceneSaid(objects.join('; ') || words.empty)}
      />
      {material
        ? draft.objects.map((object) => (
            <Handle
              key={object.id}
              object={object}
              size={iconSize(material.catalog, object)}
              selected={draft.selected === object.id}
              full={full}
              dispatch={dispatch}
            />
          ))
        : null}
    </div>
  );
}

const percent = (part: number, whole: number) => `${(part / whole) * 100}%`;

interface HandleProps {
  readonly object: DraftObject;
  readonly size: { readonly width: number; readonly height: number };
  readonly selected: boolean;
  readonly full: boolean;
  readonly dispatch: Dispatch<HistoryAction>;
}

function Handle({ object, size, selected, full, dispatch }: HandleProps) {
  const words = useMakerWords();
  const button = useRef<HTMLButtonElement>(null);
  const grip = useRef<{ readonly dx: number; readonly dy: number } | null>(null);
  const { id, x, y } = object;
  useEffect(() => {
    // A copy that was made by key goes on being moved by key.
    if (selected && button.current?.parentElement?.contains(document.activeElement)) button.current.focus();
  }, [selected]);

  /** Where the pointer is, in picture pixels. */
  const at = (event: PointerEvent<HTMLElement>) => {
    const stage = event.currentTarget.parentElement!.getBoundingClientRect(); // the stage is its parent
    const scale = SCENE_SIZE.width / stage.width;
    return { x: (event.clientX - stage.left) * scale, y: (event.clientY - stage.top) * scale };
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    const point = at(event);
    grip.current = { dx: x - point.x, dy: y - point.y };
    event.currentTarget.setPointerCapture(event.pointerId);
    dispatch({ type: 'select', id });
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (!grip.current) return;
    const point = at(event);
    dispatch({ type: 'move', id, x: point.x + grip.current.dx, y: point.y + grip.current.dy });
  };
  const release = () => {
    grip.current = null;
    dispatch({ type: 'settle' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const arrow = ARROWS[event.key];
    if (arrow) {
      event.preventDefault();
      const step = event.shiftKey ? STEP.small : STEP.large;
      dispatch({ type: 'move', id, x: x + arrow[0] * step, y: y + arrow[1] * step });
    } else if (event.key === '+' || event.key === '=' || event.key === '-') {
      event.preventDefault();
      dispatch({ type: 'resize', id, size: object.size + (event.key === '-' ? -1 : 1) * ICON_SIZES.step });
    } else if ((event.ctrlKey || event.metaKey) && keyOf(event) === 'd') {
      event.preventDefault(); // a bookmark is not meant
      if (!full) dispatch({ type: 'duplicate', id });
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      dispatch({ type: 'remove', id });
    }
  };
  return (
    <button
      ref={button}
      type="button"
      aria-label={words.object(object.noun, tagWords(words, object.tag))}
      aria-pressed={selected}
      aria-describedby="scene-keys"
      onClick={() => dispatch({ type: 'select', id })}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={release}
      onPointerCancel={release}
      onKeyDown={onKeyDown}
      style={{
        left: percent(x - size.width / 2 - 8, SCENE_SIZE.width),
        top: percent(y - size.height / 2 - 8, SCENE_SIZE.height),
        width: percent(size.width + 16, SCENE_SIZE.width),
        height: percent(size.height + PLATE_HEIGHT + 16, SCENE_SIZE.height),
      }}
      className={classNames(
        'absolute cursor-grab touch-none rounded-s active:cursor-grabbing',
        selected ? 'ring-2 ring-white outline-2 outline-offset-2 outline-black' : 'hover:ring-2 hover:ring-white/70',
      )}
    />
  );
}
