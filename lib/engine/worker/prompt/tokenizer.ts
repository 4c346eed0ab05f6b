/**
 * Text to token ids and back for BPE vocabularies of bytes, and for those that write out bytes where a character is not in them
 * (Gemma). Encoding is `@huggingface/tokenizers`; decoding is done here on bytes, because a stream of tokens can split a character
 * and half a character must be held back.
 */
import { Tokenizer } from '@huggingface/tokenizers';
import { EngineError } from '../../contract';
import { withReferenceSteps } from './reference-steps';

export interface TextTokenizer {
  /** Added tokens found in the text become their ids; nothing is put around it. */
  encode(text: string): number[];
  /** The token alone as text; bytes that are no character by themselves show as U+FFFD. */
  textOf(id: number): string;
  idOf(token: string): number | undefined;
  /** The bytes a token stands for in a text; null for control tokens and ids without a token. Shared: not to be written. */
  bytesOf(id: number): Uint8Array | null;
  /** Texts that `encode` turns into control tokens: turns, images. */
  readonly specialTokens: readonly string[];
  /** Those, and all others that `encode` finds whole in a text, as tags of a dialect may be. */
  readonly addedTokens: readonly string[];
  textStream(): TextStream;
}

/** Turns ids into text as they come. */
export interface TextStream {
  /** What became readable with this token; may be empty. */
  push(id: number): string;
  /** What was held back and will never be completed (U+FFFD), and a fresh start. */
  flush(): string;
}

/**
 * @param json the content of tokenizer.json, @param config of tokenizer_config.json
 * @throws EngineError `unsupported-model` where the vocabulary is neither.
 */
export function createTokenizer(json: unknown, config: unknown): TextTokenizer {
  const reading = isRecord(json) ? readingOf(json['decoder']) : null;
  if (!isRecord(json) || !reading) {
    throw new EngineError(
      'unsupported-model',
      'Only byte-level tokenizers, and those with bytes to fall back on, are known to this engine.',
    );
  }
  const bytesOfToken = reading;
  let tokenizer: Tokenizer;
  try {
    tokenizer = new Tokenizer(withReferenceSteps(json), isRecord(config) ? config : {});
  } catch (error) {
    throw new EngineError('unsupported-model', `tokenizer.json: ${String(error)}`, { cause: error });
  }
  const added = tokenizer.get_added_tokens_decoder();
  const known = new Map<number, Uint8Array>();
  const encoder = new TextEncoder();

  function bytesOf(id: number): Uint8Array {
    let bytes = known.get(id);
    if (!bytes) {
      const token = tokenizer.id_to_token(id) ?? '';
      bytes = added.has(id) && !IS_BYTE.test(token) ? encoder.encode(token) : bytesOfToken(token, encoder);
      known.set(id, bytes);
    }
    return bytes;
  }

  return {
    encode: (text) => (text === '' ? [] : tokenizer.encode(text, { add_special_tokens: false }).ids),
    textOf: (id) => new TextDecoder().decode(bytesOf(id)),
    idOf: (token) => tokenizer.token_to_id(token),
    bytesOf(id) {
      if (added.get(id)?.special === true) return null;
      const bytes = bytesOf(id);
      return bytes.length > 0 ? bytes : null;
    },
    specialTokens: [...added.values()].filter(({ special }) => special).map(({ content }) => content),
    addedTokens: [...added.values()].map(({ content }) => content),
    textStream() {
      let decoder = new TextDecoder('utf-8', { ignoreBOM: true });
      return {
        push: (id) => decoder.decode(bytesOf(id), { stream: true }),
        flush() {
          const rest = decoder.decode();
          decoder = new TextDecoder('utf-8', { ignoreBOM: true });
          return rest;
        },
      };
    },
  };
}

/** GPT-2's table: each byte is written as a printable character; the printable Latin-1 bytes stand for themselves. */
const BYTE_OF: ReadonlyMap<string, number> = (() => {
  const printable = (byte: number) => (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  const table = new Map<string, number>();
  let extra = 256;
  for (let byte = 0; byte < 256; byte++) table.set(String.fromCharCode(printable(byte) ? byte : extra++), byte);
  return table;
})();

function byteLevel(token: string, encoder: TextEncoder): Uint8Array {
  const bytes = [...token].map((char) => BYTE_OF.get(char));
  // A vocabulary entry outside the table can only be literal text.
  return bytes.includes(undefined) ? encoder.encode(token) : Uint8Array.from(bytes as number[]);
}

type Reading = (token: string, encoder: TextEncoder) => Uint8Array;

/** null where it is none of the two. */
function readingOf(decoder: unknown): Reading | null {
  const steps = stepsOf(decoder).map((step) => step['type']);
  if (steps.includes('ByteLevel')) return byteLevel;
  return steps.includes('ByteFallback') ? withSpaces : null;
}

function stepsOf(decoder: unknown): Record<string, unknown>[] {
  if (!isRecord(decoder)) return [];
  const inner = decoder['type'] === 'Sequence' ? decoder['decoders'] : null;
  return Array.isArray(inner) ? inner.flatMap(stepsOf) : [decoder];
}

/** What a byte is called where it is a token of its own. */
const IS_BYTE = /^<0x([0-9A-F]{2})>$/;

/** U+2581 stands for a space. */
function withSpaces(token: string, encoder: TextEncoder): Uint8Array {
  const [, byte] = IS_BYTE.exec(token) ?? [];
  return byte === undefined ? encoder.encode(token.replaceAll('\u2581', ' ')) : Uint8Array.of(parseInt(byte, 16));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
