'use client';
/**
 * Tags of one run or several: those in use as boxes (half-filled where only some have it), and a field for a new one. Every
 * change is kept at once, as one word added or taken away, so that nothing another tab does meanwhile is lost.
 */
import { useEffect, useRef, useState, type SubmitEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Sheet } from '@/components/ui/sheet';
import { countTags, TAG_LIMITS, tagKey, tidyTag, type RunSummary } from '@/lib/library';
import { useSession, useSessionActions } from '@/lib/session';
import { useLibraryWords } from '@/lib/words/library';
import { useRunName } from './use-run-name';

interface TagDialogProps {
  /** Empty: closed. */
  readonly ids: readonly string[];
  readonly onClose: () => void;
}

export function TagDialog({ ids, onClose }: TagDialogProps) {
  const words = useLibraryWords();
  const runName = useRunName();
  const runs = useSession((state) => state.runs);
  const { tagRuns } = useSessionActions();
  const [draft, setDraft] = useState('');
  // What it was about stays written while it closes.
  const [about, setAbout] = useState(ids);
  if (ids.length > 0 && ids !== about) setAbout(ids);
  const wanted = new Set(about);
  const chosen = runs.filter(({ id }) => wanted.has(id));
  const tags = countTags(runs);
  const [only] = chosen;
  const add = () => {
    const tag = tidyTag(draft);
    if (tag === '') return;
    const known = tags.find((one) => tagKey(one.tag) === tagKey(tag));
    void tagRuns(about, { add: [known?.tag ?? tag] });
    setDraft('');
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    add();
  };
  // What was typed and not added is meant all the same.
  const close = () => {
    add();
    onClose();
  };
  return (
    <Sheet open={ids.length > 0} onOpenChange={(open) => open || close()} title={words.tags.title} place="centre">
      <p dir="auto" className="truncate text-small text-ink-soft">
        {chosen.length === 1 && only ? runName(only) : words.runs(chosen.length)}
      </p>
      <form onSubmit={submit} className="mt-3 flex gap-2">
        <input
          aria-label={words.tags.new}
          dir="auto"
          placeholder={words.tags.new}
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          maxLength={TAG_LIMITS.length}
          className="h-10 min-w-0 flex-1 rounded-m border border-line-strong bg-surface px-3"
        />
        <Button type="submit" weight="primary" disabled={tidyTag(draft) === ''}>
          {words.tags.add}
        </Button>
      </form>
      {tags.length > 0 ? (
        <ul className="mt-4 flex max-h-72 flex-col gap-0.5 overflow-y-auto">
          {tags.map(({ tag }) => (
            <li key={tagKey(tag)}>
              <TagBox
                tag={tag}
                share={shareOf(tag, chosen)}
                onChange={(on) => void tagRuns(about, on ? { add: [tag] } : { remove: [tag] })}
              />
            </li>
          ))}
        </ul>
      ) : (
        <p className="mt-4 text-small text-ink-faint">{words.tags.none}</p>
      )}
    </Sheet>
  );
}

function shareOf(tag: string, runs: readonly RunSummary[]): 'none' | 'some' | 'all' {
  const key = tagKey(tag);
  const having = runs.filter(({ tags }) => tags.some((one) => tagKey(one) === key)).length;
  if (having === 0) return 'none';
  return having === runs.length ? 'all' : 'some';
}

interface TagBoxProps {
  readonly tag: string;
  readonly share: 'none' | 'some' | 'all';
  readonly onChange: (on: boolean) => void;
}

function TagBox({ tag, share, onChange }: TagBoxProps) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = share === 'some';
  }, [share]);
  return (
    <label className="flex h-9 cursor-pointer items-center gap-3 rounded-m px-2 hover:bg-hover">
      <input
        ref={box}
        type="checkbox"
        checked={share === 'all'}
        onChange={() => onChange(share !== 'all')}
        className="size-4.5 accent-(--accent)"
      />
      <span dir="auto" className="truncate">
        {tag}
      </span>
    </label>
  );
}
