/** How far a model on its way is: in all, and of each of its files for who wants to see them. */
import { fileSize } from '@/components/ui/numbers';
import type { FileProgress } from '@/lib/session';
import { useModelsWords } from '@/lib/words/models';
import type { LoadWords } from './words';

interface LoadBarProps {
  readonly said: LoadWords;
  readonly files: readonly FileProgress[];
  readonly paused: boolean;
}

export function LoadBar({ said: { title, detail, filled }, files, paused }: LoadBarProps) {
  const { load: words, amount } = useModelsWords();
  const here = files.filter(({ loaded, total }) => loaded >= total).length;
  return (
    <div>
      <div className="flex items-baseline justify-between gap-4 text-small">
        <span className="font-medium">{title}</span>
        <span className="text-ink-soft tabular">{detail}</span>
      </div>
      <div
        role="progressbar"
        aria-label={title}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={filled === null ? undefined : Math.round(filled * 100)}
        aria-valuetext={detail || undefined}
        className="mt-2 h-1.5 overflow-hidden rounded-full bg-line"
      >
        {filled === null ? (
          <div className={paused ? 'h-full' : 'h-full w-1/3 animate-sweep rounded-full bg-accent'} />
        ) : (
          <div className="h-full rounded-full bg-accent" style={{ width: `${filled * 100}%` }} />
        )}
      </div>
      {files.length > 0 ? (
        <details className="mt-2 text-small">
          <summary className="text-ink-soft">{words.filesHere(here, files.length)}</summary>
          <ul aria-label={words.files} className="mt-1.5 flex flex-col gap-1.5">
            {files.map(({ name, loaded, total }) => (
              <li key={name}>
                <div className="flex justify-between gap-3 text-ink-faint">
                  <span className="min-w-0 truncate" title={name}>
                    {name.split('/').at(-1)}
                  </span>
                  <span className="whitespace-nowrap tabular">
                    {loaded >= total ? fileSize(total) : amount(fileSize(loaded), fileSize(total))}
                  </span>
                </div>
                <div aria-hidden className="mt-0.5 h-0.5 overflow-hidden rounded-full bg-line">
                  <div
                    className="h-full bg-accent"
                    style={{ width: `${total > 0 ? Math.min(100, (100 * loaded) / total) : 100}%` }}
                  />
                </div>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  );
}
