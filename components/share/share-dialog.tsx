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
import { useCommonWords } from '@/lib/words/common';
import { useShareWords } from '@/lib/words/share';
import { FailureNote } from './failure-note';
import { ShareOptions } from './share-options';
import { ShareResult } from './share-result';
import { MIN_PASSWORD_LETTERS, useShareDraft, type ShareDraft } from './use-share-draft';
import { deletingFailed, makingFailed } from './failures';

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
  const words = useShareWords();
  const draft = useShareDraft(source);
  const change = (next: boolean) => {
    if (!next) draft.cancel();
    onOpenChange(next);
  };
  const { phase } = draft.progress;
  const runs = 1 + (source.more?.length ?? 0);
  // With a link made, the one thing left that can fail is deleting it.
  const failed = phase === 'done' || phase === 'deleting' ? deletingFailed : makingFailed;
  const title =
    phase === 'gone'
      ? words.dialog.gone
      : phase === 'done'
        ? words.dialog.made
        : runs > 1
          ? words.dialog.titleOfRuns(runs)
          : words.dialog.title;
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
          <FailureNote code={draft.error.code} words={failed(words, draft.error)} />
        </div>
      ) : null}
    </Sheet>
  );
}

type BodyProps = Pick<ShareDialogProps, 'source' | 'cursor'> & { readonly draft: ShareDraft };

function Body({ draft, source, cursor }: BodyProps) {
  const words = useShareWords();
  const { progress, limits } = draft;
  switch (progress.phase) {
    case 'choosing':
      if (!limits) return draft.error ? null : <p className="text-ink-soft">{words.dialog.asking}</p>;
      if (!limits.enabled) return <FailureNote code="sharing-off" words={words.make['sharing-off']} />;
      return (
        <ShareOptions
          choice={draft.choice}
          onChoose={draft.choose}
          limits={limits}
          packed={draft.packed}
          runs={1 + (source.more?.length ?? 0)}
          steps={source.trajectory.steps.length}
          cursor={cursor}
          beside={source.beside?.length ?? 0}
        />
      );
    case 'sending':
      return <Sending sent={progress.sent} total={progress.total} />;
    case 'done':
    case 'deleting':
      return <ShareResult own={progress.own} packed={progress.packed} cursor={cursor} />;
    case 'gone':
      return <p className="text-ink-soft">{words.dialog.goneAbout}</p>;
    default:
      return progress satisfies never;
  }
}

function Sending({ sent, total }: { readonly sent: number; readonly total: number }) {
  const { dialog, amount } = useShareWords();
  const percent = total > 0 ? Math.round((sent / total) * 100) : 0;
  const words = amount(sent, total);
  return (
    <div className="py-6">
      <p className="flex justify-between gap-4 text-small">
        <span className="font-medium">{dialog.uploading}</span>
        <span className="tabular text-ink-soft">{words}</span>
      </p>
      <div
        role="progressbar"
        aria-label={dialog.uploadingLabel}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={words}
        className="mt-2 h-1 overflow-hidden rounded-full bg-line"
      >
        <div className="h-full rounded-full bg-accent" style={{ width: `${percent}%` }} />
      </div>
      <p className="mt-3 text-small text-ink-faint">{dialog.closeCancels}</p>
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
  const { dialog: words, own } = useShareWords();
  const { cancel, tryAgain } = useCommonWords();
  const { progress, packed, limits } = draft;
  const mine = (
    <Button weight="quiet" size="small" onClick={onOwnShares} className="-ml-2.5">
      {own.title}
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
            <span className="text-small text-danger">{words.tooLarge}</span>
          ) : null}
          {!limits && draft.error ? (
            <Button weight="primary" autoFocus onClick={draft.askAgain}>
              {tryAgain}
            </Button>
          ) : (
            <Button weight="primary" disabled={!fits} autoFocus onClick={draft.send}>
              <Link2 size={17} aria-hidden />
              {words.make}
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
            {cancel}
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
            <Button onClick={onClose}>{words.done}</Button>
          </span>
        </Row>
      );
    case 'gone':
      return (
        <Row>
          {mine}
          <Button autoFocus onClick={onClose}>
            {words.done}
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
  const { dialog: words } = useShareWords();
  const [asked, setAsked] = useState(false);
  if (busy) {
    return (
      <Button disabled>
        <LoaderCircle size={16} aria-hidden className="animate-spin" />
        {words.deleting}
      </Button>
    );
  }
  return asked ? (
    <Button weight="danger" autoFocus onClick={onDelete} onBlur={() => setAsked(false)}>
      {words.deleteForAll}
    </Button>
  ) : (
    <Button weight="quiet" onClick={() => setAsked(true)}>
      <Trash2 size={16} aria-hidden />
      {words.delete}
    </Button>
  );
}
