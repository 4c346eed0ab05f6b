'use client';
/** The rows that are shown, handed on as one link. Each is read whole for it, which can be stopped. */
import { Link2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import type { SetRow } from '@/lib/formats';
import type { ShareSource } from '@/lib/share';
import { useFormatsWords } from '@/lib/words/formats';
import { MOST_SHARED, sourceOfRows, type Gathering } from './gather-rows';

interface HandOnFormProps {
  readonly name: string;
  readonly rows: readonly SetRow[];
  readonly onShare: (source: ShareSource) => void;
}

export function HandOnForm({ name, rows, onShare }: HandOnFormProps) {
  const { page } = useFormatsWords();
  const words = page.handOn;
  const [done, setDone] = useState<number | null>(null);
  const [empty, setEmpty] = useState(false);
  const work = useRef<AbortController | null>(null);
  useEffect(() => () => work.current?.abort(), []);

  const gather = async <T,>(make: (gathering: Gathering) => Promise<T | null>, take: (made: T) => void) => {
    const mine = new AbortController();
    work.current = mine;
    setDone(0);
    setEmpty(false);
    const made = await make({ rows, signal: mine.signal, onProgress: setDone }).catch(() => null);
    if (mine.signal.aborted) return;
    setDone(null);
    if (made === null) setEmpty(true);
    else take(made);
  };
  const stop = () => {
    work.current?.abort();
    setDone(null);
  };

  if (done !== null) {
    return (
      <div className="flex flex-col gap-3">
        <p className="tabular text-small" aria-live="polite">
          {words.reading(done, rows.length)}
        </p>
        <progress aria-label={words.title} max={rows.length} value={done} className="h-1.5 w-full accent-accent" />
        <div>
          <Button onClick={stop}>{page.stop}</Button>
        </div>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <p className="text-body">{words.what(rows.length)}</p>
      <div className="flex flex-wrap gap-2">
        <Button
          weight="primary"
          disabled={rows.length > MOST_SHARED}
          onClick={() => void gather((gathering) => sourceOfRows(name, gathering), onShare)}
        >
          <Link2 size={17} aria-hidden />
          {words.link}
        </Button>
      </div>
      {rows.length > MOST_SHARED ? <p className="text-small text-caution">{words.tooMany(MOST_SHARED)}</p> : null}
      {empty ? (
        <p role="alert" className="text-small text-caution">
          {words.nothing}
        </p>
      ) : null}
      <p className="text-small text-ink-faint">{words.about}</p>
    </div>
  );
}
