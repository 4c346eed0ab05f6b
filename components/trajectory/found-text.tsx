/**
 * A text that a call brought, as it is kept: of a search's result the title leads to its address. Nothing is fetched by itself: an address is
 * followed by whoever presses it.
 */
import type { ReactNode } from 'react';
import type { Part } from '@/lib/trajectory';
import { LongText } from '@/components/ui/long-text';

type PartOfText = Extract<Part, { text: string }>;

export interface ReadFound {
  readonly title: string;
  readonly rest: string;
}

/** `1. [title](address)`, and what follows; null where a text does not begin so. */
export function readFound({ text, address }: PartOfText): ReadFound | null {
  const said = text.trimStart();
  const number = /^\d+\. \[/.exec(said);
  const end = `](${address})`;
  const at = address === undefined ? -1 : said.indexOf(end);
  if (!number || at < 0) return null;
  return { title: said.slice(number[0].length, at), rest: said.slice(at + end.length).trim() };
}

const LINK = 'font-medium underline decoration-line-strong underline-offset-4 hover:decoration-ink wrap-anywhere';

export function FoundText({ part }: { readonly part: PartOfText }): ReactNode {
  const found = readFound(part);
  const { address } = part;
  return (
    <div className="rounded-m bg-sunken px-3 py-2 wrap-anywhere">
      {found && address !== undefined ? (
        <>
          <p dir="auto" className="text-small text-ink">
            <Addressed address={address}>{found.title}</Addressed>
          </p>
          <p className="text-micro text-ink-soft">{address}</p>
        </>
      ) : null}
      {found?.rest === '' ? null : (
        <p dir="auto" className="mt-0.5 text-small whitespace-pre-wrap text-ink-soft">
          <LongText text={found ? found.rest : part.text} />
        </p>
      )}
      {!found && address !== undefined ? (
        <p className="mt-1 text-micro text-ink-soft">
          <Addressed address={address}>{address}</Addressed>
        </p>
      ) : null}
    </div>
  );
}

/** Documents of a collection have addresses that lead nowhere in a browser. */
function Addressed({ address, children }: { readonly address: string; readonly children: string }): ReactNode {
  if (!/^https?:\/\//i.test(address)) return <span className="font-medium">{children}</span>;
  return (
    <a href={address} target="_blank" rel="noreferrer noopener nofollow" className={LINK}>
      {children}
    </a>
  );
}
