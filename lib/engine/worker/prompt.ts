/**
 * From messages to the exact positions the decoder sees (docs/protocol.md N3, N10): the model folder's own chat template
 * lays the conversation out, images become the family's image tokens, and what the model wrote goes in as the ids it was
 * generated with, never tokenized again. Pieces between images and turns are tokenized one by one.
 */
import { Template } from '@huggingface/jinja';
import { EngineError, type EngineImage, type Message } from '../contract';
import type { TextTokenizer } from './tokenizer';

/** One position of the decoder: a token, and where an image stands, which feature row of which image. */
export interface Position {
  readonly id: number;
  readonly feature: { readonly key: string; readonly row: number } | null;
}

export interface Prompt {
  readonly positions: readonly Position[];
  /** Every image of the prompt by key. */
  readonly images: ReadonlyMap<string, EngineImage>;
  /** Keys of the images after the last thing the model wrote, in order. */
  readonly fresh: readonly string[];
}

export interface PromptParts {
  /** chat_template.jinja */
  readonly template: string;
  readonly tokenizer: TextTokenizer;
  /** What stands for one image in the prompt; `imageTokenId` marks the rows of its features. */
  readonly imageBlock: readonly number[];
  readonly imageTokenId: number;
  /** Texts of the stop tokens; the template writes one after each assistant turn. */
  readonly stop: readonly string[];
  readonly vocab: number;
}

export type RenderPrompt = (messages: readonly Message[]) => Prompt;

// Private-use characters stand in the template's output for what is not text. They are taken out of messages first.
const TURN = '\uE000';
const BREAK = '\uE001';
const RESERVED = /[\uE000\uE001]/g;
const IMAGE = '<image>';

/** @throws EngineError `unsupported-model` where the template cannot be read. */
export function createPromptRenderer(parts: PromptParts): RenderPrompt {
  const { tokenizer, imageBlock, imageTokenId } = parts;
  const template = parseTemplate(parts.template);
  const plain = createEscape([...tokenizer.specialTokens, ...parts.stop, IMAGE]);
  const stopIds = new Set(parts.stop.map((text) => tokenizer.idOf(text)));

  function layOut(messages: readonly Message[]): string {
    const given = messages.map((message) => ({ role: message.role, content: contentOf(message, plain) }));
    try {
      return template.render({ messages: given, add_generation_prompt: true, bos_token: '', eos_token: '' });
    } catch (error) {
      throw new EngineError('unsupported-model', `chat_template.jinja: ${String(error)}`, { cause: error });
    }
  }

  return (messages) => {
    check(messages, parts.vocab);
    const turns = messages.filter((message) => message.role === 'assistant');
    const images = messages.flatMap((message) => (message.role === 'user' ? message.content.filter(isImage) : []));
    const [head = '', ...tails] = layOut(messages).split(TURN);
    if (tails.length !== turns.length) {
      throw new EngineError('unsupported-model', 'chat_template.jinja leaves out or repeats a turn.');
    }
    const positions: Position[] = [];
    let imagesPlaced = 0;
    let fresh: string[] = [];

    function addText(text: string): void {
      text.split(IMAGE).forEach((piece, i) => {
        if (i > 0) addImage();
        for (const id of encodePiece(tokenizer, piece)) positions.push({ id, feature: null });
      });
    }
    function addImage(): void {
      const image = images[imagesPlaced++]?.image;
      if (!image) throw new EngineError('unsupported-model', 'chat_template.jinja places more images than there are.');
      fresh.push(image.key);
      let row = 0;
      for (const id of imageBlock) {
        positions.push({ id, feature: id === imageTokenId ? { key: image.key, row: row++ } : null });
      }
    }

    addText(head);
    turns.forEach((turn, i) => {
      fresh = [];
      for (const id of turn.tokenIds) positions.push({ id, feature: null });
      const tail = tails[i] ?? '';
      const stopped = stopIds.has(turn.tokenIds.at(-1));
      const stop = stopped ? parts.stop.find((text) => tail.startsWith(text)) : undefined;
      addText(tail.slice(stop?.length ?? 0));
    });
    if (imagesPlaced !== images.length) {
      throw new EngineError('unsupported-model', 'chat_template.jinja leaves out an image.');
    }
    return { positions, images: new Map(images.map(({ image }) => [image.key, image])), fresh };
  };
}

/** Breaks are where a piece is cut: neither half of what a person typed is a special token. */
function encodePiece(tokenizer: TextTokenizer, piece: string): number[] {
  return piece.split(BREAK).flatMap((part) => tokenizer.encode(part));
}

/**
 * Makes text of what looks like a special token: wherever one begins, a break follows its first character. Special tokens can
 * overlap in a text, so every place counts, not every match.
 */
function createEscape(specialTokens: readonly string[]): (text: string) => string {
  const any = specialTokens.map((token) => token.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|');
  const starts = new RegExp(`(?=${any}).`, 'gsu');
  return (text) => text.replace(RESERVED, '').replace(starts, `$&${BREAK}`);
}

type TemplateContent = { type: 'text'; text: string } | { type: 'image' };

function contentOf(message: Message, plain: (text: string) => string): TemplateContent[] {
  switch (message.role) {
    case 'assistant':
      return [{ type: 'text', text: TURN }];
    case 'system':
      return [{ type: 'text', text: plain(message.text) }];
    case 'user':
      return message.content.map((part) =>
        part.type === 'image' ? { type: 'image' } : { type: 'text', text: plain(part.text) },
      );
  }
}

function isImage(part: { readonly type: string }): part is { type: 'image'; image: EngineImage } {
  return part.type === 'image';
}

function check(messages: readonly Message[], vocab: number): void {
  if (messages.length === 0) throw new EngineError('bad-request', 'There is no message to answer.');
  if (messages.at(-1)?.role === 'assistant')
    throw new EngineError('bad-request', 'The last message is the answer already.');
  for (const message of messages) {
    if (message.role !== 'assistant') continue;
    if (message.tokenIds.some((id) => !Number.isInteger(id) || id < 0 || id >= vocab)) {
      throw new EngineError('bad-request', "A turn holds token ids that are not in this model's vocabulary.");
    }
  }
}

function parseTemplate(text: string): Template {
  try {
    return new Template(text);
  } catch (error) {
    throw new EngineError('unsupported-model', `chat_template.jinja: ${String(error)}`, { cause: error });
  }
}
