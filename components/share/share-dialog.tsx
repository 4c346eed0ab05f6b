'use client';
/**
 * Sharing a run, from what would leave to the finished link. One a sharing: mount it anew (by key) for the next one.
 * Closing it while it uploads cancels; a finished link stays in the list of one's own shares.
 */
import { Link2, LoaderCircle, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Sheet } from '@/components/ui/sheet';
import type { ShareSource } from '@/lib/share';
import { FailureNote } from './failure-note';
import { ShareOptions } from './share-options';
import { ShareResult } from './share-result';
import { MIN_PASSWORD_LETTERS, useShareDraft, type ShareDraft } from './use-share-draft';
import { DELETE_WORDS, formatBytes, MAKE_WORDS, wordsOf } from './words';

interface ShareDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** The run to share; the same object as long as the dialog is mounted. */
  readonly source: ShareSource;
  /** Where the player stands. */
  readonly cursor: number;
  readonly onOwnShares: () => void;
}

export function ShareDialog({ open, onOpenChange, source, cursor, onOwnShares }: ShareDialogProps) {
  const draft = useShareDraft(source);
  const change = (next: boolean) => {
    if (!next) draft.cancel();
    onOpenChange(next);
  };
  const { phase } = draft.progress;
  // With a link made, the one thing left that can fail is deleting it.
  const table = phase === 'done' || phase === 'deleting' ? DELETE_WORDS : MAKE_WORDS;
  const title = phase === 'gone' ? 'The link is deleted' : phase === 'done' ? 'Your link' : 'Share this run';
  return (
    <Sheet
      open={open}
      onOpenChange={change}
      title={title}
      place="centre"
      footer={<Footer draft={draft} onClose={() => change(false)} onOwnShares={onOwnShares} />}
    >
      <Body draft={draft} source={source} cursor={cursor} />
      {draft.error ? (
        <div className="mt-4">
          <FailureNote code={draft.error.code} words={wordsOf(table, draft.error.code, draft.error.detail)} />
        </div>
      ) : null}
    </Sheet>
  );
}

type BodyProps = Pick<ShareDialogProps, 'source' | 'cursor'> & { readonly draft: ShareDraft };

function Body({ draft, source, cursor }: BodyProps) {
  const { progress, limits } = draft;
  switch (progress.phase) {
    case 'choosing':
      if (!limits) return draft.error ? null : <p className="text-ink-soft">Asking the server…</p>;
      if (!limits.enabled) return <FailureNote code="sharing-off" words={MAKE_WORDS['sharing-off']} />;
      return (
        <ShareOptions
          choice={draft.choice}
          onChoose={draft.choose}
          limits={limits}
          packed={draft.packed}
          steps={source.trajectory.steps.length}
          cursor={cursor}
        />
      );
    case 'sending':
      return <Sending sent={progress.sent} total={progress.total} />;
    case 'done':
    case 'deleting':
      return <ShareResult own={progress.own} packed={progress.packed} cursor={cursor} />;
    case 'gone':
      return (
        <p className="text-ink-soft">
          The server has erased it. Anyone who opens the link now is told that it was deleted. People who opened it
          before may have kept a copy.
        </p>
      );
    default:
      return progress satisfies never;
  }
}

function Sending({ sent, total }: { readonly sent: number; readonly total: number }) {
  const percent = total > 0 ? Math.round((sent / total) * 100) : 0;
  const words = `${formatBytes(sent)} of ${formatBytes(total)}`;
  return (
    <div className="py-6">
      <p className="flex justify-between gap-4 text-small">
        <span className="font-medium">Uploading, encrypted</span>
        <span className="tabular text-ink-soft">{words}</span>
      </p>
      <div
        role="progressbar"
        aria-label="Uploading"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={words}
        className="mt-2 h-1 overflow-hidden rounded-full bg-line"
      >
        <div className="h-full rounded-full bg-accent" style={{ width: `${percent}%` }} />
      </div>
      <p className="mt-3 text-small text-ink-faint">Closing this window cancels, and nothing is shared.</p>
    </div>
  );
}

/** What is pressed makes way for what comes next: `autoFocus` takes the focus along. */
interface FooterProps {
  readonly draft: ShareDraft;
  readonly onClose: () => void;
  readonly onOwnShares: () => void;
}

function Footer({ draft, onClose, onOwnShares }: FooterProps) {
  const { progress, packed, limits } = draft;
  const mine = (
    <Button weight="quiet" size="small" onClick={onOwnShares} className="-ml-2.5">
      My shares
    </Button>
  );
  switch (progress.phase) {
    case 'choosing': {
      const { password } = draft.choice;
      const tooShort = password !== null && password.length < MIN_PASSWORD_LETTERS;
      const fits = packed !== null && limits !== null && limits.enabled && packed.bytes <= limits.maxBytes && !tooShort;
      return (
        <Row>
          {mine}
          {packed && limits && packed.bytes > limits.maxBytes ? (
            <span className="text-small text-danger">Larger than the server takes</span>
          ) : null}
          {!limits && draft.error ? (
            <Button weight="primary" autoFocus onClick={draft.askAgain}>
              Try again
            </Button>
          ) : (
            <Button weight="primary" disabled={!fits} autoFocus onClick={draft.send}>
              <Link2 size={17} aria-hidden />
              Make the link
            </Button>
          )}
        </Row>
      );
    }
    case 'sending':
      return (
        <Row>
          <span />
          <Button autoFocus onClick={draft.cancel}>
            Cancel
          </Button>
        </Row>
      );
    case 'done':
    case 'deleting':
      return (
        <Row>
          {mine}
          <span className="flex gap-2">
            <DeleteNow busy={progress.phase === 'deleting'} onDelete={draft.remove} />
            <Button onClick={onClose}>Done</Button>
          </span>
        </Row>
      );
    case 'gone':
      return (
        <Row>
          {mine}
          <Button autoFocus onClick={onClose}>
            Done
          </Button>
        </Row>
      );
    default:
      return progress satisfies never;
  }
}

function Row({ children }: { readonly children: ReactNode }) {
  return <div className="flex min-h-10 items-center justify-between gap-3">{children}</div>;
}

/** Asks once more: a link that others already have cannot be brought back. */
function DeleteNow({ busy, onDelete }: { readonly busy: boolean; readonly onDelete: () => void }) {
  const [asked, setAsked] = useState(false);
  if (busy) {
    return (
      <Button disabled>
        <LoaderCircle size={16} aria-hidden className="animate-spin" />
        Deleting…
      </Button>
    );
  }
  return asked ? (
    <Button weight="danger" autoFocus onClick={onDelete} onBlur={() => setAsked(false)}>
      Delete for everyone
    </Button>
  ) : (
    <Button weight="quiet" onClick={() => setAsked(true)}>
      <Trash2 size={16} aria-hidden />
      Delete now
    </Button>
  );
}
