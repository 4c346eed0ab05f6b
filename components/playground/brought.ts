/**
 * What a drop or a paste brings, in the order in which it is meant: files, the picture that the HTML shows, an address. A picture
 * dragged from a page is all three, and the address is that of the link around it.
 */

export type Brought =
  | { readonly kind: 'files'; readonly files: readonly File[]; readonly folders: number }
  | { readonly kind: 'address'; readonly address: string }
  /** Words or HTML without a picture in it. */
  | { readonly kind: 'words' }
  | { readonly kind: 'nothing' };

/** What can be read of it: `DataTransfer` is given by drops and pastes alike, and is empty once the event is over. */
export type Carrier = Pick<DataTransfer, 'files' | 'getData'> & { readonly items?: Iterable<DataTransferItem> };

export function broughtBy(data: Carrier): Brought {
  const { files, folders } = filesOf(data);
  const words = data.getData('text/plain').trim();
  const address = pictureOfHtml(data.getData('text/html')) ?? firstOfList(data.getData('text/uri-list'));
  if (files.length + folders > 0) return { kind: 'files', files, folders };
  if (address !== null) return { kind: 'address', address };
  if (isAddress(words)) return { kind: 'address', address: words };
  return words !== '' || data.getData('text/html').trim() !== '' ? { kind: 'words' } : { kind: 'nothing' };
}

const isAddress = (words: string): boolean => /^(https?|data|blob):\S+$/i.test(words);

/**
 * Whether words were copied: Word, Excel and the like put a picture of what was copied beside it. The names or paths of files and the
 * address of the picture are not what was copied, but what it is called.
 */
export function hasWords(data: Carrier): boolean {
  const words = data.getData('text/plain').trim();
  if (words === '') return false;
  const names = [...data.files].map(({ name }) => name);
  const isName = (line: string) => names.includes(line.trim().replace(/^.*[\\/]/, ''));
  if (names.length > 0 && words.split(/[\r\n]+/).every(isName)) return false;
  return words !== pictureOfHtml(data.getData('text/html'));
}

/** Words, and no address: there is nothing in them to open. */
export const hasMereWords = (data: Carrier): boolean => hasWords(data) && !isAddress(data.getData('text/plain').trim());

/** Whether words that were pasted are a model's answer with places in it, and not a record or a conversation. */
export function isAnswer(text: string): boolean {
  const isRecord = /["'](?:role|messages|image_url|pred_output|format|steps)["']\s{0,4}:/.test(text);
  return (
    !isRecord &&
    /(?:box|point|region|polygon|loc_?|coord|crop|det\|>|x_min)[^]{0,30}?\d{1,6}(?:[.,:\s()<>\]|_[\w"-]{1,12}?\d){1}/i.test(
      text,
    )
  );
}

/** A folder comes as a file that cannot be read; only its entry says what it is. */
function filesOf({ files, items }: Carrier): { files: File[]; folders: number } {
  const found = [...files];
  const entries = [...(items ?? [])].flatMap((item) => (item.kind === 'file' ? [item.webkitGetAsEntry()] : []));
  const names = entries.flatMap((entry) => (entry?.isDirectory ? [entry.name] : []));
  return { files: found.filter(({ name }) => !names.includes(name)), folders: names.length };
}

/** A list of addresses, with lines of comment (RFC 2483). */
function firstOfList(list: string): string | null {
  const lines = list.split(/[\r\n]+/).map((line) => line.trim());
  return lines.find((line) => line !== '' && !line.startsWith('#')) ?? null;
}

const ATTRIBUTE = /\s+([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?/y;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * The address of the first picture in HTML, whole; null where there is none. Read by hand: Trusted Types let no text be parsed as HTML.
 * A relative address is another page's, and means nothing here.
 */
export function pictureOfHtml(html: string): string | null {
  for (const { index } of html.matchAll(/<img(?=\s)/gi)) {
    ATTRIBUTE.lastIndex = index + 4;
    for (let found = ATTRIBUTE.exec(html); found; found = ATTRIBUTE.exec(html)) {
      const [, name = '', ...values] = found;
      if (name.toLowerCase() !== 'src') continue;
      const address = readEntities(values.find((value) => value !== undefined) ?? '').trim();
      if (/^(https?|data|blob):/i.test(address)) return address;
      break;
    }
  }
  return null;
}

function readEntities(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (all, hex, digits, name) => {
    const letter = ENTITIES[String(name).toLowerCase()];
    if (letter !== undefined) return letter;
    const code = hex === undefined ? Number(digits) : parseInt(String(hex), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}
