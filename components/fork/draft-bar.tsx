'use client';
/** Over the canvas while a box is drawn: what is to be done with it. Enter does it, Escape leaves all as it was. */
import { Check, SquareDashedMousePointer, X } from 'lucide-react';
import { useCallback, useEffect, type ReactNode } from 'react';
import { Button, IconButton } from '@/components/ui/button';
import { isKeyTaken } from '@/components/ui/key-taken';
import { usePlayer, usePlayerStore, useView, useViewActions } from '@/lib/player';
import { useSession, useSessionActions } from '@/lib/session';
import { givenPictures, pictureAt } from '@/lib/trajectory';
import { useForkWords } from '@/lib/words/fork';

export function DraftBar(): ReactNode {
  const words = useForkWords().draft;
  const draft = useView((view) => view.draft);
  const step = usePlayer(({ run }) => (draft ? (run?.steps[draft.step]?.type ?? null) : null));
  const isIdle = useSession((state) => state.phase === 'idle');
  // A question about a region tells it of the first picture.
  const isFirst = usePlayer(({ source, run, cursor }) => {
    const shown = run && pictureAt(run, cursor);
    return source !== null && (!shown || shown.file.hash === source.ref.hash);
  });
  const { beginDraft, endDraft } = useViewActions();
  const { fork } = useSessionActions();
  const player = usePlayerStore();
  const go = useCallback(() => {
    const { draft: now } = player.view.getState();
    if (!now?.box || now.purpose === 'ask') return;
    player.view.actions.endDraft();
    const change = { step: now.step, box: now.box };
    if (now.purpose === 'move') return void fork({ kind: 'box', ...change });
    const { run, cursor } = player.getState();
    const picture = run && givenPictures(run).length > 1 ? pictureAt(run, cursor)?.id : undefined;
    void fork({ kind: 'look', ...change, ...(picture !== undefined && { picture }) });
  }, [player, fork]);

  const isOpen = draft !== null;
  useEffect(() => {
    if (!isOpen) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (isKeyTaken(event)) return;
      const isButton = event.target instanceof HTMLButtonElement;
      if (event.key === 'Escape') player.view.actions.endDraft();
      else if (event.key === 'Enter' && !isButton) go();
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    // Before the player hears of it: Escape there stops a run.
    document.addEventListener('keydown', onKeyDown, true);
    return () => document.removeEventListener('keydown', onKeyDown, true);
  }, [isOpen, player, go]);

  if (!draft) {
    return isIdle && isFirst ? (
      <IconButton
        label={words.draws}
        icon={<SquareDashedMousePointer size={17} aria-hidden />}
        onClick={() => beginDraft({ purpose: 'ask', step: 0, box: null })}
        className="absolute bottom-3 left-3 border border-line bg-raised/95 shadow-2"
      />
    ) : null;
  }
  const isAsking = draft.purpose === 'ask';
  return (
    <div
      role="toolbar"
      aria-label={words.label}
      className="absolute inset-x-3 top-3 mx-auto flex w-fit max-w-full items-center gap-2 rounded-m border border-line bg-raised py-1.5 pr-1.5 pl-3 text-small shadow-2"
    >
      {draft.box && !isAsking ? (
        <Button size="small" weight="primary" onClick={go}>
          <Check size={15} aria-hidden />
          {step === 'answer' ? words.lookAgain : words.look}
        </Button>
      ) : (
        <span>{draft.box ? words.asking : words.draw}</span>
      )}
      <IconButton label={words.cancel} icon={<X size={15} aria-hidden />} onClick={endDraft} className="size-8" />
    </div>
  );
}
