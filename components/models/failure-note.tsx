/** What went wrong with a model: what happened, what it means, what to do, and the buttons that do it. */
import { CircleAlert } from 'lucide-react';
import { Button, buttonClass } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { NoticeWords } from '@/components/ui/notice-words';
import { useCommonWords } from '@/lib/words/common';
import { useModelsWords } from '@/lib/words/models';
import type { Notice } from '@/lib/session';
import { waysOut, type WayOut } from './words';

interface FailureNoteProps {
  readonly notice: Notice;
  readonly onAgain: () => void;
  readonly onWay: (to: WayOut['to']) => void;
  /** The model's page on its hub; null where it has none. */
  readonly page: string | null;
  /** Leads back to what worked. */
  readonly back?: { readonly label: string; readonly onBack: () => void } | null;
}

export function FailureNote({ notice, onAgain, onWay, page, back }: FailureNoteProps) {
  const { ways } = useModelsWords();
  const { tryAgain } = useCommonWords();
  return (
    <div role="alert" data-code={notice.code} className="mt-3 flex gap-3 rounded-m bg-danger-wash py-3 pr-3 pl-4">
      <CircleAlert size={18} aria-hidden className="mt-0.5 shrink-0 text-danger" />
      <div className="min-w-0 flex-1 text-small">
        <NoticeWords notice={notice} />
        <div className="mt-2.5 flex flex-wrap gap-2">
          <Button size="small" onClick={onAgain}>
            {tryAgain}
          </Button>
          {waysOut(notice.code).map(({ to, words }) =>
            to === 'page' ? (
              page === null ? null : (
                <a
                  key={to}
                  href={page}
                  target="_blank"
                  rel="noreferrer"
                  className={classNames(buttonClass('outline', 'small'), 'hover:bg-hover')}
                >
                  {ways[words]}
                </a>
              )
            ) : (
              <Button key={to} size="small" onClick={() => onWay(to)}>
                {ways[words]}
              </Button>
            ),
          )}
          {back ? (
            <Button size="small" onClick={back.onBack}>
              {back.label}
            </Button>
          ) : null}
        </div>
      </div>
    </div>
  );
}
