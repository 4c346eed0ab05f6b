'use client';
/** A call that ran code, and what came of it: each folds, in the story closed and in the details open. */
import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { CodeText } from '@/components/ui/code-text';
import { LongText } from '@/components/ui/long-text';
import { useView } from '@/lib/player';
import { codeOutput, errorIn, isIdle, type StepOf } from '@/lib/trajectory';
import { useTrajectoryWords } from '@/lib/words/trajectory';
import { Parts } from './result-card';
import type { ShownPictures } from './use-shown-pictures';

interface FoldProps {
  readonly title: ReactNode;
  readonly name: string;
  readonly children: ReactNode;
}

function Fold({ title, name, children }: FoldProps): ReactNode {
  const details = useView((view) => view.details);
  return (
    <details
      // What a person opened or closed stays so until they look at all of it another way.
      key={String(details)}
      open={details}
      data-fold={name}
      className="group overflow-hidden rounded-m border border-line bg-raised text-small"
    >
      <summary className="flex list-none items-center gap-2 px-3 py-1.5 text-ink-soft hover:bg-hover touch:py-2.5 [&::-webkit-details-marker]:hidden">
        <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2">{title}</span>
        <ChevronDown
          size={16}
          aria-hidden
          className="shrink-0 text-ink-faint transition-transform duration-(--quick) group-open:rotate-180"
        />
      </summary>
      <div className="border-t border-line">{children}</div>
    </details>
  );
}

/** The first line that does something, for who reads the story. */
function firstLine(code: string): string {
  const lines = code.split('\n').map((line) => line.trim());
  return (
    lines.find((line) => line !== '' && !line.startsWith('#') && !/^(?:import|from)\s/.test(line)) ?? lines[0] ?? ''
  );
}

export function CodeCard({ code }: { readonly code: string }): ReactNode {
  const { code: words } = useTrajectoryWords();
  const lines = code.trimEnd().split('\n').length;
  return (
    <Fold
      name="code"
      title={
        <>
          <span className="font-medium text-ink">{words.python}</span>
          <span className="tabular text-ink-faint">{words.lines(lines)}</span>
          {isIdle(code) ? (
            <span title={words.idleHint} className="rounded-full bg-caution-wash px-1.5 text-micro text-caution">
              {words.idle}
            </span>
          ) : (
            <code className="min-w-0 basis-full truncate font-mono text-micro text-ink-faint group-open:hidden">
              {firstLine(code)}
            </code>
          )}
        </>
      }
    >
      <CodeText code={code} label={words.python} />
    </Fold>
  );
}

interface CodeResultProps {
  readonly step: StepOf<'result'>;
  readonly number: number | null;
  readonly pictures: ShownPictures;
}

/** Pictures stand open in any case: they are what the model saw. */
export function CodeResult({ step, number, pictures }: CodeResultProps): ReactNode {
  const { code: words } = useTrajectoryWords();
  const output = codeOutput(step);
  const error = errorIn(output);
  const shown = step.parts.filter((part) => 'picture' in part);
  const isSilent = output.stdout === '' && output.stderr === '';
  return (
    <div className="flex flex-col gap-2">
      {isSilent && shown.length === 0 ? <p className="text-small text-ink-faint">{words.silent}</p> : null}
      {isSilent ? null : (
        <Fold
          name="output"
          title={
            <>
              <span className="font-medium text-ink">{words.output}</span>
              {error ? (
                <span className="min-w-0 basis-full wrap-anywhere font-mono text-micro text-danger">{error}</span>
              ) : (
                <span className="min-w-0 basis-full truncate font-mono text-micro text-ink-faint group-open:hidden">
                  {output.stdout.split('\n')[0]}
                </span>
              )}
            </>
          }
        >
          <Stream text={output.stdout} label={words.stdout} look="text-ink" />
          <Stream text={output.stderr} label={words.stderr} look={error ? 'text-danger' : 'text-ink-soft'} />
        </Fold>
      )}
      <Parts parts={shown} number={number} pictures={pictures} />
    </div>
  );
}

function Stream({ text, label, look }: { readonly text: string; readonly label: string; readonly look: string }) {
  if (text === '') return null;
  return (
    <figure className="not-first:border-t not-first:border-line">
      <figcaption className="px-3 pt-1.5 text-micro text-ink-faint">{label}</figcaption>
      <pre
        tabIndex={0}
        aria-label={label}
        dir="auto"
        className={`max-h-64 overflow-auto px-3 pb-2 font-mono text-small wrap-anywhere whitespace-pre-wrap ${look}`}
      >
        <LongText text={text} />
      </pre>
    </figure>
  );
}
