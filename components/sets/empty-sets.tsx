'use client';
/** Where no set is open: how to open one, what is read, and the sets that are kept in this browser. */
import { FolderSync } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import type { KeptSet } from '@/lib/formats';
import { useFormatsWords } from '@/lib/words/formats';
import { FileChoice } from './file-choice';
import { canFollow, pickFolder } from './pick-folder';
import { listKept } from './create-set-store';
import { mainSet } from './set-store';

/** @param quiet under something else that is said */
export function EmptySets({ quiet = false }: { readonly quiet?: boolean }) {
  const { page, systems } = useFormatsWords();
  const { empty: words } = page;
  return (
    <section className="flex flex-col gap-5">
      {quiet ? null : (
        <>
          <h1 className="font-serif text-display">{words.title}</h1>
          <p className="text-body text-ink-soft text-pretty">{words.about}</p>
        </>
      )}
      <div className="flex flex-wrap gap-2">
        <FileChoice label={words.file} weight="primary" onFiles={(files) => void mainSet.openGiven(files)} />
        <FileChoice label={words.folder} folder onFiles={(files) => void mainSet.openGiven(files)} />
        {canFollow() ? (
          <Button
            title={words.followAbout}
            onClick={() => void pickFolder().then((folder) => folder && void mainSet.follow(folder))}
          >
            <FolderSync size={17} aria-hidden />
            {words.follow}
          </Button>
        ) : null}
      </div>
      {quiet ? null : <p className="text-small text-ink-faint">{words.formats(Object.values(systems))}</p>}
      <KeptList onOpen={(id) => void mainSet.openKept(id)} />
    </section>
  );
}

interface KeptListProps {
  /** Not offered. */
  readonly without?: string | null;
  readonly onOpen: (id: string) => void;
}

export function KeptList({ without = null, onOpen }: KeptListProps) {
  const { page } = useFormatsWords();
  const [all, setAll] = useState<readonly KeptSet[]>([]);
  useEffect(() => void listKept().then(setAll), []);
  const kept = all.filter(({ id }) => id !== without);
  if (kept.length === 0) return null;
  return (
    <section aria-labelledby="kept-heading" className="border-t border-line pt-5">
      <h2 id="kept-heading" className="font-serif text-lead font-medium">
        {page.empty.kept}
      </h2>
      <ul className="mt-2 flex flex-col">
        {kept.map(({ id, name, rows, bytes }) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => onOpen(id)}
              className="flex w-full flex-wrap items-baseline gap-x-3 rounded-m px-2 py-2 text-left hover:bg-hover"
            >
              <span className="font-medium wrap-anywhere">{name || page.untitled}</span>
              <span className="tabular text-small text-ink-faint">{page.empty.keptFacts(rows, bytes)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
