/** What a page of HTML says, without what it is dressed in. Nothing of it is fetched or run. */
import { Parser } from 'htmlparser2';
import { urlOf } from '../url';

export interface ReadPage {
  readonly title: string;
  readonly text: string;
  /** Its own address, where it names one. */
  readonly address: string | null;
  readonly date: string | null;
}

const UNSAID = new Set(['script', 'style', 'noscript', 'template', 'svg', 'iframe', 'select']);
const BLOCK =
  /^(?:address|article|aside|blockquote|br|dd|div|dl|dt|figcaption|figure|footer|form|h1|h2|h3|h4|h5|h6|header|hr|li|main|nav|ol|p|pre|section|table|td|th|tr|ul)$/;

export function readHtml(html: string): ReadPage {
  const said: string[] = [];
  let title = '';
  let heading = '';
  let address: string | null = null;
  let date: string | null = null;
  let unsaid = 0;
  let within: 'title' | 'h1' | null = null;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (UNSAID.has(name)) unsaid += 1;
      if (BLOCK.test(name)) said.push('\n');
      if (name === 'title' || (name === 'h1' && heading === '')) within = name;
      if (name === 'img' && attributes.alt && unsaid === 0) said.push(` ${attributes.alt} `);
      if (name === 'link' && attributes.rel === 'canonical') address = webAddress(attributes.href) ?? address;
      if (name === 'meta' && attributes.property === 'og:url') address ??= webAddress(attributes.content);
      if (name === 'meta' && attributes.property === 'article:published_time') date = attributes.content ?? null;
    },
    ontext(text) {
      if (within === 'title') title += text;
      else if (unsaid === 0) {
        if (within === 'h1') heading += text;
        said.push(text);
      }
    },
    onclosetag(name) {
      if (UNSAID.has(name)) unsaid = Math.max(0, unsaid - 1);
      if (name === within) within = null;
      if (BLOCK.test(name)) said.push('\n');
    },
  });
  parser.end(html);
  return { title: tidy(title) || tidy(heading), text: tidyLines(said.join('')), address, date };
}

function webAddress(given: string | undefined): string | null {
  return given !== undefined && /^https?:\/\//i.test(given) && urlOf(given) ? given : null;
}

const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim();

function tidyLines(text: string): string {
  return text
    .split('\n')
    .map(tidy)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
