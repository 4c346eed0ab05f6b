'use client';
/** The run as data, one press each: all of it as JSON, what the model wrote as it wrote it, and what it was told as it was told. */
import { Check, Copy } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import type { Trajectory } from '@/lib/trajectory';
import { useReviewWords } from '@/lib/words/review';
import { promptOf, transcriptOf } from './raw-texts';

const TEXTS = {
  json: (run: Trajectory) => Promise.resolve(JSON.stringify(run, null, 2)),
  transcript: (run: Trajectory) => Promise.resolve(transcriptOf(run)),
  prompt: promptOf,
} as const;

type What = keyof typeof TEXTS;

const ALL: readonly What[] = ['json', 'transcript', 'prompt'];

export function RawRun({ run }: { readonly run: Trajectory }): ReactNode {
  const words = useReviewWords().raw;
  const [done, setDone] = useState<{ readonly what: What; readonly ok: boolean } | null>(null);
  const copy = async (what: What) => {
    try {
      await navigator.clipboard.writeText(await TEXTS[what](run));
      setDone({ what, ok: true });
    } catch {
      setDone({ what, ok: false });
    }
  };
  return (
    <div role="group" aria-label={words.label} className="ml-10 flex flex-wrap items-center gap-1.5">
      {ALL.map((what) => (
        <Button key={what} size="small" onClick={() => void copy(what)} className="touch:h-11">
          {done?.what === what && done.ok ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
          {words[what]}
        </Button>
      ))}
      <span role="status" className={done && !done.ok ? 'text-small text-danger' : 'sr-only'}>
        {done ? (done.ok ? words.copied : words.failed) : ''}
      </span>
    </div>
  );
}
