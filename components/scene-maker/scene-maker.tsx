'use client';
/**
 * Make a scene: place icons, write their tags, choose the ground, and ask about it. The scene becomes an ordinary PNG and is
 * opened like any other picture: nothing about it is told to the model.
 */
import { ArrowRight, Dices, Eraser, Redo2, Undo2 } from 'lucide-react';
import { useEffect, useReducer, useRef, useState } from 'react';
import { Button, IconButton } from '@/components/ui/button';
import { Select } from '@/components/ui/select';
import { withScene, type SceneQuestion } from '@/lib/scene';
import { useMakerWords } from '@/lib/words/maker';
import { ColorChoice } from './color-choice';
import { beginHistory, reduceHistory } from './draft-history';
import { draftScene } from './draft-scene';
import { PALETTES, PATTERNS } from './ground';
import type { IconCatalog } from './icon-catalog';
import { IconPicker } from './icon-picker';
import { randomObject, randomScene } from './random-scene';
import { keepDraft, keptDraft } from './kept-draft';
import { nounsOfSeveral } from './scene-draft';
import { sceneQuestions } from './scene-questions';
import { SceneStage } from './scene-stage';
import { TagEditor } from './tag-editor';
import { useUndoKeys } from './use-undo-keys';
import { useCatalog, useMaterial } from './use-material';

export interface SceneMakerProps {
  /** The scene as a file that carries what is true of it, and questions that fit it. */
  readonly onAsk: (picture: Blob, suggested: readonly SceneQuestion[]) => void;
}

const FIRST_OBJECTS = 9;

export function SceneMaker({ onAsk }: SceneMakerProps) {
  const words = useMakerWords();
  const { catalog, failed } = useCatalog();
  if (failed) {
    return (
      <p role="alert" className="m-auto max-w-sm p-8 text-center text-ink-soft">
        {words.noIcons}
      </p>
    );
  }
  return catalog ? <Workbench catalog={catalog} onAsk={onAsk} /> : <div aria-busy className="flex-1 bg-sunken" />;
}

function Workbench({ catalog, onAsk }: SceneMakerProps & { readonly catalog: IconCatalog }) {
  const words = useMakerWords();
  const [history, dispatch] = useReducer(reduceHistory, null, () =>
    beginHistory(keptDraft(catalog) ?? randomScene(Math.random, catalog, FIRST_OBJECTS)),
  );
  const draft = history.now;
  useEffect(() => keepDraft(draft), [draft]);
  useUndoKeys(dispatch);
  const [style, setStyle] = useState(draft.objects[0]?.style ?? catalog.styles[0]?.id ?? '');
  const [rendering, setRendering] = useState(false);
  const material = useMaterial(catalog, [style, ...draft.objects.map((object) => object.style)]);
  const canvas = useRef<HTMLCanvasElement>(null);
  const chosen = draft.objects.find(({ id }) => id === draft.selected) ?? null;
  const placed = new Set(draft.objects.map(({ noun }) => noun));
  const [fewest, most] = catalog.rules.objects;
  const full = draft.objects.length >= most;

  const pick = (noun: string) => {
    const there = draft.objects.find((object) => object.noun === noun);
    if (there) dispatch({ type: 'select', id: there.id });
    else dispatch({ type: 'add', object: randomObject(Math.random, catalog, noun, style, draft.objects) });
  };
  const shuffle = () => {
    const next = randomScene(Math.random, catalog, Math.max(fewest, draft.objects.length || FIRST_OBJECTS));
    setStyle(next.objects[0]?.style ?? style);
    dispatch({ type: 'replace', draft: next });
  };
  const ask = () => {
    setRendering(true);
    canvas.current?.toBlob((pixels) => {
      const { suggested, all } = sceneQuestions(draft);
      const picture = pixels && withScene(pixels, draftScene(catalog, draft, all));
      void Promise.resolve(picture).then((file) => {
        setRendering(false);
        if (file) onAsk(file, suggested);
      });
    }, 'image/png');
  };

  return (
    <div className="grid min-h-0 flex-1 grid-rows-[auto_minmax(0,1fr)] low:grid-cols-[minmax(0,1fr)_minmax(18rem,24rem)] low:grid-rows-1 desk:grid-cols-[minmax(0,1fr)_minmax(22rem,28rem)] desk:grid-rows-1">
      <section
        aria-label={words.scene}
        className="flex min-h-0 flex-col items-center justify-center bg-sunken p-3 desk:p-8"
      >
        <SceneStage draft={draft} full={full} material={material} dispatch={dispatch} canvas={canvas} />
        <p id="scene-keys" className="mt-3 text-center text-small text-ink-faint max-desk:sr-only">
          {words.keys}
        </p>
      </section>
      <section
        aria-label={words.whatIsInIt}
        className="flex min-h-0 flex-col border-t border-line bg-surface low:border-t-0 low:border-l desk:border-t-0 desk:border-l"
      >
        <div className="flex min-h-0 flex-1 flex-col gap-7 overflow-y-auto px-4 py-5 desk:px-6">
          {chosen ? (
            <TagEditor
              catalog={catalog}
              object={chosen}
              onSize={(size) => dispatch({ type: 'resize', id: chosen.id, size })}
              onTag={(patch) => dispatch({ type: 'tag', id: chosen.id, patch })}
              onDuplicate={full ? undefined : () => dispatch({ type: 'duplicate', id: chosen.id })}
              onRemove={() => dispatch({ type: 'remove', id: chosen.id })}
              isOneOfSeveral={nounsOfSeveral(draft.objects).has(chosen.noun)}
            />
          ) : (
            <div>
              <h2 className="font-serif text-title tracking-tight">{words.title}</h2>
              <p className="mt-1.5 text-ink-soft">{words.about}</p>
              <p className="mt-2 text-small text-ink-faint">{words.chooseAnObject}</p>
            </div>
          )}
          <div>
            <h2 className="mb-2.5 border-b border-line pb-1.5 text-small font-semibold text-ink-faint">
              {words.addAnObject}
            </h2>
            <IconPicker catalog={catalog} placed={placed} full={full} style={style} onStyle={setStyle} onPick={pick} />
          </div>
          <div>
            <h2 className="mb-2.5 border-b border-line pb-1.5 text-small font-semibold text-ink-faint">
              {words.ground}
            </h2>
            <div className="flex flex-wrap gap-2">
              <Select
                label={words.pattern}
                value={draft.pattern}
                onChange={(pattern) => dispatch({ type: 'ground', patch: { pattern } })}
                options={PATTERNS.map(({ id }) => ({ value: id, label: words.patterns[id] }))}
              />
              <Select
                label={words.tagFont}
                value={String(draft.font)}
                onChange={(font) => dispatch({ type: 'ground', patch: { font: Number(font) } })}
                options={catalog.fonts.map((font, index) => ({
                  value: String(index),
                  label: font.seenInTraining ? font.family : words.newToTheModel(font.family),
                }))}
              />
            </div>
            <div className="mt-4">
              <ColorChoice
                legend={words.colors}
                choices={PALETTES.map(({ id, colors }) => ({ id, name: words.palettes[id], color: colors[1] }))}
                value={draft.palette}
                onChange={(palette) => dispatch({ type: 'ground', patch: { palette } })}
              />
            </div>
          </div>
        </div>
        <div className="flex flex-wrap items-center gap-2 border-t border-line px-4 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] desk:px-6">
          <IconButton
            label={words.undo}
            title={words.undoHint}
            icon={<Undo2 size={16} aria-hidden />}
            disabled={history.past.length === 0}
            onClick={() => dispatch({ type: 'undo' })}
          />
          <IconButton
            label={words.redo}
            title={words.redoHint}
            icon={<Redo2 size={16} aria-hidden />}
            disabled={history.future.length === 0}
            onClick={() => dispatch({ type: 'redo' })}
          />
          <Button size="small" weight="quiet" onClick={shuffle}>
            <Dices size={16} aria-hidden />
            {words.shuffle}
          </Button>
          <Button
            size="small"
            weight="quiet"
            disabled={draft.objects.length === 0}
            onClick={() => dispatch({ type: 'replace', draft: { ...draft, objects: [], selected: null } })}
          >
            <Eraser size={16} aria-hidden />
            {words.clear}
          </Button>
          <Button
            weight="primary"
            className="ml-auto max-tablet:w-full"
            disabled={material === null || draft.objects.length === 0 || rendering}
            onClick={ask}
          >
            {words.ask}
            <ArrowRight size={17} aria-hidden />
          </Button>
        </div>
      </section>
    </div>
  );
}
