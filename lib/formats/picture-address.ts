/**
 * Where a log's picture is: its bytes, or whatever the log has in place of them. Observability tools keep pictures apart and leave a token that
 * names them by their hash (Langfuse) or their id and size (MLflow), or nothing at all. What is an address stays a name: nothing is fetched.
 */

export interface PicturePart {
  readonly kind: 'picture';
  /** A data URL or base64; empty where a log left them out; null where the picture has a name. */
  readonly bytes: string | null;
  /** A path, an address or an id; empty where nobody said. */
  readonly name: string;
  /** SHA-256 of its bytes or its known beginning, lower-case hex. */
  readonly hash?: string;
  /** What its file's name begins with. */
  readonly id?: string;
  /** Bytes of its file. */
  readonly fileBytes?: number;
  /** The log says that it left the picture out. */
  readonly redacted?: boolean;
}

/** A data URL or bare base64 as bytes, anything else as a name. */
export function pictureAt(address: string): PicturePart {
  if (/^data:/i.test(address)) {
    const within = address.slice(address.indexOf(',') + 1);
    return standIn(within) ?? { kind: 'picture', bytes: within, name: '' };
  }
  const stands = standIn(address);
  if (stands) return stands;
  if (address.length > 512 && /^[A-Za-z0-9+/_=-]+$/.test(address.slice(0, 256)))
    return { kind: 'picture', bytes: address, name: '' };
  return { kind: 'picture', bytes: null, ...namedBy(address) };
}

/** What an address that is signed for an hour is asked with is nobody's business, and no part of its name. */
function namedBy(address: string): Pick<PicturePart, 'name' | 'id'> {
  const name = address.replace(/^file:\/\//, '').replace(/^(https?:\/\/[^?#]*)[?#].*$/s, '$1');
  return { name, ...(/^file[-_][\w-]{8,100}$/.test(name) && { id: name }) };
}

/** What stands where base64 should: that, or a token in place of it. */
export function pictureOfBase64(text: string): PicturePart {
  return standIn(text) ?? { kind: 'picture', bytes: text, name: '' };
}

const LANGFUSE = /^@@@langfuseMedia:([^@]{1,500})@@@$/;
const MLFLOW = /^mlflow-attachment:\/\/([\w-]{1,100})(?:\?([^\s]{0,500}))?$/;
const REDACTED = /^(?:__REDACTED__|\[?redacted\]?|<[^<>]{1,300}>)$/i;

/** Null where it is none of the tokens that are known. */
function standIn(text: string): PicturePart | null {
  if (text.length > 1000) return null;
  const media = LANGFUSE.exec(text.trim())?.[1];
  if (media !== undefined) {
    const id = fieldsOf(media, '|').get('id') ?? '';
    const hash = hexOfBase64Url(id);
    return { kind: 'picture', bytes: null, name: id, ...(hash !== '' && { hash }) };
  }
  const attached = MLFLOW.exec(text.trim());
  if (attached) {
    const fileBytes = Number(fieldsOf(attached[2] ?? '', '&').get('size'));
    const name = attached[1] ?? '';
    return {
      kind: 'picture',
      bytes: null,
      name,
      id: name,
      ...(Number.isInteger(fileBytes) && fileBytes > 0 && { fileBytes }),
    };
  }
  return REDACTED.test(text.trim()) ? { kind: 'picture', bytes: '', name: '', redacted: true } : null;
}

/** Whether a text is nothing but a token that stands for a picture. */
export function isPictureToken(text: string): boolean {
  return text.length < 1000 && (LANGFUSE.test(text.trim()) || MLFLOW.test(text.trim()));
}

function fieldsOf(text: string, between: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(between).map((field) => {
      const at = field.indexOf('=');
      return at < 0 ? [field, ''] : [field.slice(0, at), field.slice(at + 1)];
    }),
  );
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Whole hex digits of what is spelled in base64url; empty where it is none. */
function hexOfBase64Url(text: string): string {
  let bits = '';
  for (const letter of text.replaceAll('+', '-').replaceAll('/', '_')) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) return '';
    bits += value.toString(2).padStart(6, '0');
  }
  return (bits.match(/.{4}/g) ?? []).map((four) => parseInt(four, 2).toString(16)).join('');
}
