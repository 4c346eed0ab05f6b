'use client';
/** What a server was found not to give. */
import type { EngineNote } from '@/lib/engine';
import { say } from '@/lib/words';
import { useServersWords } from '@/lib/words/servers';

export function EngineNotes({ notes }: { readonly notes: readonly EngineNote[] }) {
  const words = useServersWords();
  return notes.map((note) => (
    <p key={JSON.stringify(note)} className="mt-1 text-small text-ink-soft">
      {say(words.notes, note)}
    </p>
  ));
}
