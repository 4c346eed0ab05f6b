'use client';
/**
 * Sharing the run on screen: the button, the key's action and the dialog, whose code comes with its first use. What is shared is
 * the run as it stood when sharing began.
 */
import { Share2 } from 'lucide-react';
import { useCallback, useState, type ReactNode } from 'react';
import { lazyView } from '@/components/ui/lazy-view';
import { useWorkspaceWords } from '@/lib/words/workspace';
import { isGalleryPicture } from './gallery-index';
import { usePlayer } from '@/lib/player';
import { useSessionStore } from '@/lib/session';
import type { ShareSource } from '@/lib/share';

const ShareDialog = lazyView(() => import('@/components/share').then((module) => module.ShareDialog));
const OwnSharesSheet = lazyView(() => import('@/components/share').then((module) => module.OwnSharesSheet));

interface Begun {
  /** Tells one sharing from the next, so that each begins anew. */
  readonly count: number;
  readonly source: ShareSource;
  readonly cursor: number;
}

interface Sharing {
  /** Opens the dialog; nothing where there is no run that has ended. */
  readonly start: () => void;
  readonly dialog: ReactNode;
}

export function useSharing(): Sharing {
  const session = useSessionStore();
  const [begun, setBegun] = useState<Begun | null>(null);
  const [open, setOpen] = useState<'dialog' | 'shares' | null>(null);
  const [listed, setListed] = useState(false);

  const start = useCallback(() => {
    const { run, cursor } = session.player.getState();
    if (!run || run.status === 'running') return;
    const source: ShareSource = { trajectory: run, picture: session.actions.fileOf, isShipped: isGalleryPicture };
    setBegun((before) => ({ count: (before?.count ?? 0) + 1, source, cursor }));
    setOpen('dialog');
  }, [session]);

  const dialog = (
    <>
      {begun ? (
        <ShareDialog
          key={begun.count}
          open={open === 'dialog'}
          onOpenChange={(next) => setOpen(next ? 'dialog' : null)}
          source={begun.source}
          cursor={begun.cursor}
          onOwnShares={() => {
            setListed(true);
            setOpen('shares');
          }}
        />
      ) : null}
      {listed ? (
        <OwnSharesSheet open={open === 'shares'} onOpenChange={(next) => setOpen(next ? 'shares' : null)} />
      ) : null}
    </>
  );
  return { start, dialog };
}

export function ShareButton({ onShare }: { readonly onShare: () => void }) {
  const words = useWorkspaceWords();
  const ended = usePlayer(({ run }) => run !== null && run.status !== 'running');
  return (
    <button
      type="button"
      disabled={!ended}
      title={words.shareHint}
      onClick={onShare}
      className="flex h-8 shrink-0 items-center gap-1.5 rounded-m px-2 text-micro text-ink-soft transition-colors duration-(--quick) enabled:hover:bg-hover enabled:hover:text-ink disabled:opacity-50"
    >
      <Share2 aria-hidden size={13} />
      {words.share}
    </button>
  );
}
