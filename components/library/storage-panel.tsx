'use client';
/**
 * What this browser holds for the page, how much it allows, and whether it promised to keep it: as the browser says it, and
 * no more than that.
 */
import { useEffect } from 'react';
import { Button } from '@/components/ui/button';
import { fileSize } from '@/components/ui/numbers';
import type { StorageReport } from '@/lib/library';
import { useLibraryWords } from '@/lib/words/library';
import { useSession, useSessionActions } from '@/lib/session';
import type { Notice } from '@/lib/words';
import { useNoticeWords } from '@/lib/words/late';
import { asSentence } from '@/lib/words/sentences';

function Amount({ used, allowed }: Pick<StorageReport, 'used' | 'allowed'>) {
  const words = useLibraryWords().storage;
  if (used === null || allowed === null || allowed === 0) {
    return <p className="text-ink-soft">{words.notTold}</p>;
  }
  const share = Math.min(1, used / allowed);
  return (
    <div>
      <div
        role="meter"
        aria-label={words.used}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        aria-valuetext={words.amount(fileSize(used), fileSize(allowed))}
        className="h-1.5 overflow-hidden rounded-full bg-line"
      >
        <div
          className={share > 0.9 ? 'h-full bg-danger' : 'h-full bg-accent'}
          style={{ width: `${Math.max(share * 100, 1)}%` }}
        />
      </div>
      <p className="mt-2 text-ink-soft tabular">{words.about(fileSize(used), fileSize(allowed))}</p>
    </div>
  );
}

function Lasting({ report }: { readonly report: StorageReport }) {
  const words = useLibraryWords().storage;
  const { askToKeep } = useSessionActions();
  switch (report.lasting) {
    case 'promised':
      return <p className="text-ink-soft">{words.promised}</p>;
    case 'unknown':
      return <p className="text-ink-soft">{words.unknown}</p>;
    case 'not-promised':
      return (
        <div>
          <p className="text-ink-soft">{report.asked ? words.askedInVain : words.notAsked}</p>
          <Button size="small" className="mt-2" onClick={() => void askToKeep()}>
            {report.asked ? words.askAgain : words.askNow}
          </Button>
        </div>
      );
  }
}

function NotKept({ notice }: { readonly notice: Notice }) {
  const said = useNoticeWords(notice);
  return said ? <p className="text-caution">{asSentence(said.title)}</p> : null;
}

export function StoragePanel() {
  const words = useLibraryWords().storage;
  const report = useSession((state) => state.storage);
  const notKept = useSession((state) => state.notKept);
  const runs = useSession((state) => state.runs);
  const removed = useSession((state) => state.removed);
  const { readStorage } = useSessionActions();
  useEffect(() => {
    // After a burst of changes, once.
    const timer = setTimeout(() => void readStorage(), 300);
    return () => clearTimeout(timer);
  }, [readStorage, runs, removed]);
  return (
    <div className="flex flex-col gap-3 text-small">
      {notKept ? (
        <NotKept notice={notKept} />
      ) : report ? (
        <>
          <Amount used={report.used} allowed={report.allowed} />
          <Lasting report={report} />
        </>
      ) : (
        <p className="text-ink-faint">{words.asking}</p>
      )}
    </div>
  );
}
