'use client';
/**
 * Around a part of the page: where it breaks, or its code does not come, the rest of the page stays, and in its place stands what
 * happened and the way on.
 */
import { Component, useEffect, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { useReliabilityWords } from '@/lib/words/reliability';

interface PartFailedProps {
  /** Its code did not come; else it broke. */
  readonly missing: boolean;
  readonly onAgain: () => void;
  /** It would have stood over the page: so does this, until it is closed. */
  readonly onClose?: (() => void) | undefined;
}

export function PartFailed({ missing, onAgain, onClose }: PartFailedProps) {
  const { part: words } = useReliabilityWords();
  useEffect(() => {
    if (!missing) return;
    window.addEventListener('online', onAgain);
    return () => window.removeEventListener('online', onAgain);
  }, [missing, onAgain]);
  const missed = navigator.onLine ? words.outdated : words.offline;
  return (
    <div
      role="alert"
      className={classNames(
        'flex max-w-lg flex-col gap-3 rounded-m border border-line bg-surface p-4 text-small',
        onClose === undefined ? 'm-3' : 'fixed inset-x-3 bottom-3 z-50 mx-auto shadow-3',
      )}
    >
      <p className="font-semibold">{missing ? words.missing : words.broke}</p>
      <p className="text-ink-soft">{missing ? missed : words.brokeAbout}</p>
      <p className="flex flex-wrap gap-2">
        <Button size="small" weight="primary" onClick={onAgain}>
          {words.again}
        </Button>
        <Button size="small" onClick={() => location.reload()}>
          {words.reload}
        </Button>
        {onClose ? (
          <Button size="small" weight="quiet" onClick={onClose}>
            {words.close}
          </Button>
        ) : null}
      </p>
    </div>
  );
}

interface PartBoundaryProps {
  readonly onClose?: (() => void) | undefined;
  readonly children: ReactNode;
}

export class PartBoundary extends Component<PartBoundaryProps, { readonly broke: boolean }> {
  override state = { broke: false };
  static getDerivedStateFromError = () => ({ broke: true });
  private readonly again = () => this.setState({ broke: false });

  override render() {
    if (!this.state.broke) return this.props.children;
    const { onClose } = this.props;
    const close = onClose && (() => (this.again(), onClose()));
    return <PartFailed missing={false} onAgain={this.again} onClose={close} />;
  }
}
