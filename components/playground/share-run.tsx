'use client';
/**
 * Sharing the run on screen: the button, the key's action and the dialog, whose code comes with its first use. What is shared is
 * the run as it stood when sharing began.
 */
import { Share2 } from 'lucide-react';
import { useCallback, useState, type ReactNode } from 'react';
import { lazyView } from '@/components/ui/lazy-view';
import { ToolButton } from '@/components/ui/tool-button';
import { useWorkspaceWords } from '@/lib/words/workspace';
import { isGalleryPicture } from './gallery-index';
import { usePlayer } from '@/lib/player';
import { useSessionStore, type Session } from '@/lib/session';
import type { ShareSource } from '@/lib/share';
import type { Trajectory } from '@/lib/trajectory';

const ShareDialog = lazyView(() => import('@/components/share').then((module) => module.ShareDialog));
const OwnSharesSheet = lazyView(() => import('@/components/share').then((module) => module.OwnSharesSheet));

/** As many as a share may hold (lib/share/payload.ts, which the first page does without). */
const MAX_BESIDE = 100;

interface Begun {
  /** Tells one sharing from the next, so that each begins anew. */
  readonly count: number;
  readonly source: ShareSource;
  readonly cursor: number;
}

interface Sharing {
  /** Opens the dialog; nothing where there is no run that has ended. */
  readonly start: () => void;
  /** The same for what is on no screen of this session's. */
  readonly share: (source: ShareSource, cursor: number) => void;
  readonly dialog: ReactNode;
}

export function useSharing(): Sharing {
  const session = useSessionStore();
  const [begun, setBegun] = useState<Begun | null>(null);
  const [open, setOpen] = useState<'dialog' | 'shares' | null>(null);
  const [listed, setListed] = useState(false);

  const share = useCallback((source: ShareSource, cursor: number) => {
    setBegun((before) => ({ count: (before?.count ?? 0) + 1, source, cursor }));
    setOpen('dialog');
  }, []);

  const start = useCallback(() => {
    const { run, cursor } = session.player.getState();
    if (!run || run.status === 'running') return;
    void familyBeside(session, run).then((beside) => {
      const picture = session.actions.fileOf;
      share({ trajectory: run, beside, picture, isShipped: isGalleryPicture }, cursor);
    });
  }, [session, share]);

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
  return { start, share, dialog };
}

/** The runs that could go with one, by what is kept; none where that cannot be read. */
async function familyBeside(session: Session, { id }: Trajectory): Promise<readonly Trajectory[]> {
  const { familyOf } = await import('@/lib/library/family');
  const ids = familyOf(session.getState().runs, id).flatMap(({ run }) => (run.id === id ? [] : [run.id]));
  const read = await Promise.all(ids.slice(0, MAX_BESIDE).map(session.actions.readRun));
  return read.filter((one) => one !== null);
}

export function ShareButton({ onShare }: { readonly onShare: () => void }) {
  const words = useWorkspaceWords();
  const ended = usePlayer(({ run }) => run !== null && run.status !== 'running');
  return (
    <ToolButton icon={Share2} hint={words.shareHint} disabled={!ended} onClick={onShare}>
      {words.share}
    </ToolButton>
  );
}
