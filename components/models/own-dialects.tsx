'use client';
/** The person's own dialects: writing one, changing it, bringing one from a file and giving it to others. */
import { useId, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { saveFile } from '@/components/ui/save-file';
import { OWN, readOwnDialect, starterDialect } from '@/lib/agent';
import { useSession, useSessionActions } from '@/lib/session';
import type { OwnDialect } from '@/lib/trajectory';
import { useServersWords } from '@/lib/words/servers';
import { fileNameOf, fileOf } from './dialect-draft';
import { DialectForm } from './dialect-form';

interface OwnDialectsProps {
  /** The id of the dialect that is chosen. */
  readonly chosen: string;
  /** Null: another than the one that is gone now. */
  readonly onChoose: (dialect: string | null) => void;
}

interface Writing {
  readonly from: OwnDialect;
  /** The name it has so far; null for a new one. */
  readonly before: string | null;
}

/** Bytes: far more than any dialect has. */
const LARGEST = 200_000;

export function OwnDialects({ chosen, onChoose }: OwnDialectsProps) {
  const words = useServersWords().own;
  const kept = useSession((state) => state.dialects);
  const { setDialect } = useSessionActions();
  const [writing, setWriting] = useState<Writing | null>(null);
  const [said, setSaid] = useState('');
  const picker = useRef<HTMLInputElement | null>(null);
  const id = useId();
  const name = chosen.startsWith(OWN) ? chosen.slice(OWN.length) : null;
  const read = name !== null && Object.hasOwn(kept, name) ? readOwnDialect(kept[name] ?? '') : null;
  const own = read?.ok ? read.file : null;

  const keep = (dialect: OwnDialect, before: string | null) => {
    if (before !== null && before !== dialect.name) setDialect(before, null);
    setSaid(setDialect(dialect.name, fileOf(dialect)) ? '' : words.notKept);
    setWriting(null);
    onChoose(OWN + dialect.name);
  };
  const bring = async (file: File | undefined) => {
    if (!file) return;
    const brought = file.size > LARGEST ? null : readOwnDialect(await file.text());
    if (!brought?.ok) return setSaid(words.problems[brought?.problem ?? 'no-dialect']);
    keep(brought.file, null);
  };

  if (writing) {
    const { from, before } = writing;
    return (
      <DialectForm
        from={from}
        taken={Object.keys(kept).filter((one) => one !== before)}
        onSave={(dialect) => keep(dialect, before)}
        onCancel={() => setWriting(null)}
      />
    );
  }
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        {own ? (
          <>
            <Button size="small" onClick={() => setWriting({ from: own, before: own.name })}>
              {words.edit}
            </Button>
            <Button
              size="small"
              onClick={() => saveFile(new Blob([fileOf(own)], { type: 'application/json' }), fileNameOf(own))}
            >
              {words.give}
            </Button>
          </>
        ) : null}
        {name !== null ? (
          <Button
            size="small"
            onClick={() => {
              setDialect(name, null);
              onChoose(null);
            }}
          >
            {words.remove}
          </Button>
        ) : (
          <Button size="small" onClick={() => setWriting({ from: starterDialect(words.starter), before: null })}>
            {words.write}
          </Button>
        )}
        <Button size="small" onClick={() => picker.current?.click()}>
          {words.bring}
        </Button>
        <input
          ref={picker}
          id={id}
          type="file"
          aria-label={words.bring}
          accept=".json,application/json"
          hidden
          onChange={(event) => {
            void bring(event.target.files?.[0]);
            // The same file again is a change again.
            event.target.value = '';
          }}
        />
      </div>
      <p role="status" className={said === '' ? 'sr-only' : 'text-ink-soft'}>
        {said}
      </p>
    </div>
  );
}
