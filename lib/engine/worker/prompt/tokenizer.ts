/**
 * Text to token ids and back for byte-level BPE vocabularies. Encoding is `@huggingface/tokenizers`; decoding is done here
 * on bytes, because a stream of tokens can split a character and half a character must be held back.
 */
import { Tokenizer } from '@huggingface/tokenizers';
import { EngineError } from '../../contract';

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
 * @throws EngineError `unsupported-model` where the vocabulary is not byte-level.
 */
export function createTokenizer(json: unknown, config: unknown): TextTokenizer {
  if (!isRecord(json) || !isByteLevel(json['decoder'])) {
    throw new EngineError('unsupported-model', 'Only byte-level tokenizers are known to this engine.');
  }
  let tokenizer: Tokenizer;
  try {
    tokenizer = new Tokenizer(json, isRecord(config) ? config : {});
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
      bytes = added.has(id) ? encoder.encode(token) : byteLevel(token, encoder);
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

function isByteLevel(decoder: unknown): boolean {
  if (!isRecord(decoder)) return false;
  if (decoder['type'] === 'ByteLevel') return true;
  return decoder['type'] === 'Sequence' && Array.isArray(decoder['decoders']) && decoder['decoders'].some(isByteLevel);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
