/**
 * A string of the tables with marked parts in it, `Open the <link>settings</link>.`, and places for what is no word, `It is <name/>.`:
 * each is drawn by the part of that name, so that a language is free to put it where it belongs.
 */
import { Fragment, type ReactNode } from 'react';

const MARKED = /<(?<name>[a-z]+)(?:\/>|>(?<inside>[^<]*)<\/\k<name>>)/gu;

interface RichTextProps<P extends string> {
  readonly text: string;
  readonly parts: Readonly<Record<P, (inside: string) => ReactNode>>;
}

export function RichText<P extends string>({ text, parts }: RichTextProps<P>) {
  const drawn: ReactNode[] = [];
  let end = 0;
  for (const match of text.matchAll(MARKED)) {
    const { name = '', inside = '' } = match.groups ?? {};
    drawn.push(text.slice(end, match.index));
    const draw = (parts as Readonly<Record<string, (inside: string) => ReactNode>>)[name]; // a name is any string
    drawn.push(<Fragment key={match.index}>{draw ? draw(inside) : inside}</Fragment>);
    end = match.index + match[0].length;
  }
  return [...drawn, text.slice(end)];
}
