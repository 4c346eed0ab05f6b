'use client';
/**
 * What a model wrote, pasted over the picture on screen: read while it is typed, shown and kept as a run of its own. Where no picture is
 * open yet, it is chosen here, and the words wait for it.
 */
import { ImageUp } from 'lucide-react';
import { useDeferredValue, useMemo, useRef, useState, type ChangeEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Select } from '@/components/ui/select';
import { Sheet } from '@/components/ui/sheet';
import { pastedRun, readMarks, type MarksChoice } from '@/lib/notations';
import { usePlayer, usePlayerStore } from '@/lib/player';
import { useSession, useSessionActions } from '@/lib/session';
import { useAnswerWords } from '@/lib/words/answer';
import { ReadingFields } from './reading-fields';

export interface PasteSheetProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** What the field begins with. */
  readonly text?: string;
  /** Another: the field begins anew. */
  readonly count?: number;
}

const ANY = '';
/** As models write. */
const EXAMPLE = '[{"bbox_2d": [120, 80, 360, 240], "label": "door"}]';
/** Names of families, as their makers write them: by them is known how they count (lib/notations/models.ts). */
const FAMILIES = [
  'Gemini',
  'Qwen3-VL',
  'Qwen2.5-VL',
  'GLM-V',
  'Claude',
  'GPT',
  'InternVL',
  'Doubao-Seed',
  'Kimi-VL',
  'Molmo',
];

export function PasteSheet({ open, onOpenChange, text = '', count = 0 }: PasteSheetProps) {
  const { sheet } = useAnswerWords();
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title={sheet.title} place="centre">
      <PasteForm key={count} begin={text} onDone={() => onOpenChange(false)} />
    </Sheet>
  );
}

function PasteForm({ begin, onDone }: { readonly begin: string; readonly onDone: () => void }) {
  const { sheet: words } = useAnswerWords();
  const player = usePlayerStore();
  const source = usePlayer((state) => state.source);
  const question = useSession((state) => state.question);
  const idle = useSession((state) => state.phase === 'idle');
  const { keepShown } = useSessionActions();
  const [text, setText] = useState(begin);
  const [model, setModel] = useState(ANY);
  const [choice, setChoice] = useState<MarksChoice>({});
  const shown = useDeferredValue(text);
  const read = useMemo(() => {
    const { width, height } = source?.ref ?? { width: 1000, height: 1000 };
    return readMarks(shown, { pictures: [{ id: 'p1', width, height }], model, choice });
  }, [shown, source, model, choice]);
  const isEmpty = text.trim() === '';
  const show = () => {
    if (!source) return;
    const { hash, mimeType, name, width, height } = source.ref;
    const run = pastedRun({
      id: crypto.randomUUID(),
      now: new Date().toISOString(),
      picture: { hash, mimeType, name, width, height },
      question,
      text,
      model,
      choice,
    });
    player.show({ run });
    void keepShown();
    onDone();
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isEmpty && idle) show();
      }}
    >
      <p className="text-small text-ink-soft">{words.about}</p>
      <textarea
        aria-label={words.text}
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder={EXAMPLE}
        rows={8}
        spellCheck={false}
        dir="auto"
        className="min-h-36 w-full resize-y rounded-m border border-line-strong bg-surface px-3 py-2 font-mono text-small"
      />
      <label className="flex items-center gap-3 text-small">
        <span className="text-ink-faint">{words.model}</span>
        <Select
          label={words.model}
          value={model}
          options={[
            { value: ANY, label: words.anyModel },
            ...FAMILIES.map((family) => ({ value: family, label: family })),
          ]}
          onChange={setModel}
        />
      </label>
      {source ? null : <ChoosePicture />}
      {isEmpty || !source ? null : read.marks.length > 0 || read.notes.offered + read.notes.outside > 0 ? (
        <ReadingFields read={read} choice={choice} onChoice={setChoice} />
      ) : (
        <p className="text-small text-ink-soft">{words.none}</p>
      )}
      <Button type="submit" weight="primary" disabled={isEmpty || !source || !idle} className="self-end">
        {words.show}
      </Button>
    </form>
  );
}

function ChoosePicture() {
  const { sheet: words } = useAnswerWords();
  const { openImage } = useSessionActions();
  const busy = useSession((state) => state.phase === 'opening');
  const file = useRef<HTMLInputElement>(null);
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    const [first] = event.target.files ?? [];
    event.target.value = ''; // so that the same file can be chosen again
    if (first) void openImage(first, first.name);
  };
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-m border border-dashed border-line-strong px-3.5 py-3">
      <span className="mr-auto text-small font-medium">{words.needsPicture}</span>
      <Button size="small" disabled={busy} onClick={() => file.current?.click()}>
        <ImageUp size={16} aria-hidden />
        {words.choose}
      </Button>
      <input
        ref={file}
        type="file"
        accept="image/*,.heic,.heif,.avif"
        onChange={take}
        aria-label={words.picture}
        tabIndex={-1}
        className="sr-only"
      />
    </div>
  );
}
