'use client';
/**
 * How far an export or import is, and how it ended: what was taken, and each thing that was not, with the reason. Where an
 * export has several files, each is here to be taken again.
 */
import { CircleAlert, CircleCheck, Download, X } from 'lucide-react';
import { Button, IconButton } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { useCommonWords } from '@/lib/words/common';
import { useLibraryWords } from '@/lib/words/library';
import { saveFile } from '@/components/ui/save-file';
import type { FileWork } from './use-files';

export function FileNotes({ files }: { readonly files: FileWork }) {
  const { going, outcome, dismiss } = files;
  const words = useLibraryWords().files;
  const common = useCommonWords();
  const Icon = outcome?.failed ? CircleAlert : CircleCheck;
  return (
    <div role="status" className="empty:hidden">
      {going ? (
        <div>
          <p className="text-small text-ink-soft tabular">{words.going(going.words)}</p>
          <div className="mt-1.5 h-1 overflow-hidden rounded-full bg-line">
            <div className="h-full bg-accent" style={{ width: `${going.share * 100}%` }} />
          </div>
        </div>
      ) : null}
      {outcome ? (
        <div
          className={classNames(
            'flex gap-3 rounded-m py-2 pr-2 pl-4 text-small',
            outcome.failed ? 'bg-danger-wash' : 'bg-accent-wash',
          )}
        >
          <Icon
            size={17}
            aria-hidden
            className={classNames('mt-1.5 shrink-0', outcome.failed ? 'text-danger' : 'text-accent')}
          />
          <div className="min-w-0 flex-1 self-center py-1">
            <p className="font-medium">{outcome.title}</p>
            {outcome.details.map((line) => (
              <p key={line} className="mt-0.5 wrap-anywhere text-ink-soft">
                {line}
              </p>
            ))}
            {outcome.files ? (
              <div className="mt-2 flex flex-wrap gap-2">
                {outcome.files.map(({ name, blob }) => (
                  <Button key={name} size="small" onClick={() => saveFile(blob, name)}>
                    <Download size={14} aria-hidden />
                    {name}
                  </Button>
                ))}
              </div>
            ) : null}
          </div>
          <IconButton label={common.dismiss} onClick={dismiss} icon={<X size={15} aria-hidden />} className="size-8" />
        </div>
      ) : null}
    </div>
  );
}
