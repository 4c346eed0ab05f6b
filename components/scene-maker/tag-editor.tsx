'use client';
/**
 * The tag of the chosen object: what stands on it, and its colours.
 */
import { Copy, Trash2 } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Segmented } from '@/components/ui/segmented';
import { useMakerWords } from '@/lib/words/maker';
import { ColorChoice } from './color-choice';
import type { IconCatalog } from './icon-catalog';
import { fitTagText, ICON_SIZES, type DraftObject, type DraftTag } from './scene-draft';

interface TagEditorProps {
  readonly catalog: IconCatalog;
  readonly object: DraftObject;
  readonly onSize: (size: number) => void;
  readonly onTag: (patch: Partial<DraftTag>) => void;
  /** Left out where the scene is full. */
  readonly onDuplicate?: (() => void) | undefined;
  readonly onRemove: () => void;
  /** Others in the scene have its name. */
  readonly isOneOfSeveral: boolean;
}

export function TagEditor(props: TagEditorProps) {
  const { catalog, object, onSize, onTag, onDuplicate, onRemove, isOneOfSeveral } = props;
  const words = useMakerWords();
  const { tag, noun } = object;
  const inks = catalog.inks[tag.color] ?? [];
  const colorOf = (name: string) => ({ id: name, name, color: catalog.colors[name] });
  const recolor = (color: string) => {
    const fitting = catalog.inks[color] ?? [];
    onTag({ color, ink: fitting.includes(tag.ink) ? tag.ink : (fitting[0] ?? tag.ink) });
  };
  return (
    <div>
      <div className="flex items-center justify-between gap-3">
        <h2 className="min-w-0 truncate font-serif text-title tracking-tight">{words.objectTitle(noun)}</h2>
        <div className="flex shrink-0">
          <Button weight="quiet" size="small" title={words.duplicateHint} disabled={!onDuplicate} onClick={onDuplicate}>
            <Copy size={15} aria-hidden />
            {words.duplicate}
          </Button>
          <Button weight="quiet" size="small" onClick={onRemove}>
            <Trash2 size={15} aria-hidden />
            {words.remove}
          </Button>
        </div>
      </div>
      {isOneOfSeveral ? <p className="mt-1 text-small text-ink-faint">{words.several(noun)}</p> : null}
      <label className="mt-3 flex items-center gap-3 text-small">
        {words.size}
        <input
          type="range"
          {...ICON_SIZES}
          value={object.size}
          onChange={(event) => onSize(Number(event.target.value))}
          className="h-8 min-w-0 flex-1 accent-(--accent) touch:h-11"
        />
      </label>
      <div className="mt-3">
        <Segmented
          legend={words.tagShows}
          options={[
            { value: 'text', label: words.writing },
            { value: 'dots', label: words.dotsOption },
          ]}
          value={tag.kind}
          onChange={(kind) => onTag({ kind })}
        />
      </div>
      {tag.kind === 'text' ? (
        <TagText key={object.id} catalog={catalog} text={tag.text} onText={(text) => onTag({ text })} />
      ) : (
        <div className="mt-4">
          <Segmented
            legend={words.howManyDots}
            options={Array.from({ length: catalog.rules.dots[1] }, (_, index) => ({
              value: String(index + 1),
              label: String(index + 1),
            }))}
            value={String(tag.dots)}
            onChange={(dots) => onTag({ dots: Number(dots) })}
          />
        </div>
      )}
      <div className="mt-4 flex flex-wrap gap-x-8 gap-y-3">
        <ColorChoice
          legend={words.plate}
          choices={Object.keys(catalog.colors).map(colorOf)}
          value={tag.color}
          onChange={recolor}
        />
        <ColorChoice
          legend={words.ink}
          choices={inks.map(colorOf)}
          value={tag.ink}
          onChange={(ink) => onTag({ ink })}
        />
      </div>
    </div>
  );
}

interface TagTextProps {
  readonly catalog: IconCatalog;
  readonly text: string;
  readonly onText: (text: string) => void;
}

function TagText({ catalog, text, onText }: TagTextProps) {
  const words = useMakerWords();
  const id = useId();
  const [refused, setRefused] = useState('');
  const type = (typed: string) => {
    const fitted = fitTagText(catalog, typed);
    setRefused([...new Set(fitted.refused)].join(', '));
    onText(fitted.text);
  };
  return (
    <div className="mt-4">
      <label htmlFor={id}>{words.tagText}</label>
      <input
        id={id}
        value={text}
        onChange={(event) => type(event.target.value)}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        aria-describedby={`${id}-hint`}
        className="mt-1.5 h-11 w-full rounded-m border border-line-strong bg-surface px-3 text-title tracking-widest uppercase"
      />
      <p id={`${id}-hint`} aria-live="polite" className="mt-1.5 text-small text-ink-faint">
        {refused ? <span className="text-caution">{words.refused(refused)} </span> : null}
        {words.tagHint(catalog.rules.textLength[1])}
      </p>
    </div>
  );
}
