/**
 * From messages to the exact positions the decoder sees (docs/protocol.md N3, N10): the model folder's own chat template
 * lays the conversation out, images become the family's image tokens, and what the model wrote goes in as the ids it was
 * generated with, never tokenized again. Pieces between images and turns are tokenized one by one.
 */
import { EngineError, type EngineImage, type Message, type TurnPiece } from '../../contract';
import type { ChatTemplate } from './chat-template';
import type { VisionModel } from '../models/model';
import { createPlacer, type Position } from './positions';
import type { TextTokenizer } from './tokenizer';

export interface Prompt {
  readonly positions: readonly Position[];
  /** How many of them come before the turn: those after it are how that begins already. */
  readonly before: number;
  /** Every image of the prompt by key. */
  readonly images: ReadonlyMap<string, EngineImage>;
  /** Keys of the images after the last thing the model wrote, in order. */
  readonly fresh: readonly string[];
  /** Numbers of leading positions after which another conversation may go on differently, ascending. */
  readonly marks: readonly number[];
}

export interface PromptParts {
  readonly template: ChatTemplate;
  readonly tokenizer: TextTokenizer;
  readonly model: Pick<VisionModel, 'placeholder' | 'imageTokenId' | 'reserved' | 'tags' | 'imageBlock'>;
  /** Texts of the stop tokens; the template writes one after each assistant turn. */
  readonly stop: readonly string[];
  readonly vocab: number;
}

/** @throws EngineError `bad-request`, `unsupported-model` */
export type RenderPrompt = (
  messages: readonly Message[],
  tools?: readonly unknown[],
  begun?: readonly TurnPiece[],
) => Prompt;

export type EncodeText = (text: string) => number[];

// Private-use characters stand for what is not text (the other one is chat-template.ts's). They are taken out of messages first.
const BREAK = '\uE001';
const RESERVED = /[\uE000\uE001]/g;

export function createPromptRenderer(parts: PromptParts): RenderPrompt {
  const { template, tokenizer, model, stop, vocab } = parts;
  const { placeholder, imageTokenId } = model;
  const control = controlOf(parts);
  const tags = new Set(model.tags ?? []);
  const plain = createEscape(control.filter((token) => !tags.has(token)));
  const plainTyped = createEscape([...control, ...tokenizer.addedTokens.filter(isTag)]);
  const clean = (text: string, typed: boolean) => (typed ? plainTyped(text) : plain(text));
  const stopIds = new Set(stop.map((text) => tokenizer.idOf(text)));

  const idsOf = (pieces: readonly TurnPiece[]): number[] =>
    pieces.flatMap((piece) => (typeof piece === 'number' ? [piece] : encodePiece(tokenizer, plain(piece))));

  return (messages, tools, begun = []) => {
    check(messages, begun, vocab);
    const turns = messages.flatMap((message, i) => {
      const next = messages[i + 1];
      return message.role === 'assistant'
        ? [{ ...message, goesOn: next?.role === 'user' && next.inTurn === true }]
        : [];
    });
    const images = messages.flatMap((message) => (message.role === 'user' ? message.content.filter(isImage) : []));
    const [head = '', ...tails] = template.layOut(messages, { clean, placeholder }, tools);
    const positions: Position[] = [];
    const placer = createPlacer();
    const marks: number[] = [];
    let imagesPlaced = 0;
    let fresh: string[] = [];

    function addText(text: string): void {
      text.split(placeholder).forEach((piece, i) => {
        if (i > 0) addImage();
        for (const id of encodePiece(tokenizer, piece)) positions.push({ id, feature: null, place: placer.text() });
      });
    }
    function addImage(): void {
      const image = images[imagesPlaced++]?.image;
      if (!image) throw new EngineError('unsupported-model', 'The chat template places more images than there are.');
      fresh.push(image.key);
      const { ids, grid } = model.imageBlock(image);
      const places = grid && placer.image(grid);
      let row = 0;
      for (const id of ids) {
        const isFeature = id === imageTokenId;
        const place = (isFeature && places?.[row]) || placer.text();
        positions.push({ id, feature: isFeature ? { key: image.key, row: row++ } : null, place });
      }
      marks.push(positions.length);
    }

    addText(head);
    turns.forEach((turn, i) => {
      fresh = [];
      const wrote = idsOf(turn.tokenIds ?? [turn.text]);
      // What ended it is not said where it goes on: what is told there begins by itself.
      const tokenIds = turn.goesOn && stopIds.has(wrote.at(-1)) ? wrote.slice(0, -1) : wrote;
      for (const id of tokenIds) positions.push({ id, feature: null, place: placer.text() });
      marks.push(positions.length);
      const tail = tails[i] ?? '';
      const stopped = stopIds.has(tokenIds.at(-1));
      const written = stopped ? stop.find((text) => tail.startsWith(text)) : undefined;
      addText(tail.slice(written?.length ?? 0));
    });
    if (imagesPlaced !== images.length) {
      throw new EngineError('unsupported-model', 'The chat template leaves out an image.');
    }
    // The same prompt again: all but its last position, which gives the logits.
    marks.push(positions.length - 1);
    const before = positions.length;
    for (const id of idsOf(begun)) positions.push({ id, feature: null, place: placer.text() });
    if (positions.length > before + 1) marks.push(positions.length - 1);
    return { positions, before, images: new Map(images.map(({ image }) => [image.key, image])), fresh, marks };
  };
}

/** What somebody wrote as tokens, by itself: names of control tokens in it are text, as in a message. */
export function createTextEncoder(parts: Pick<PromptParts, 'tokenizer' | 'model' | 'stop'>): EncodeText {
  const plain = createEscape(controlOf(parts));
  return (text) => encodePiece(parts.tokenizer, plain(text));
}

function controlOf({ tokenizer, model, stop }: Pick<PromptParts, 'tokenizer' | 'model' | 'stop'>): readonly string[] {
  return [...tokenizer.specialTokens, ...stop, ...model.reserved, model.placeholder];
}

/** Vocabularies have words among their added tokens too, which are as good as any. */
function isTag(token: string): boolean {
  return /^[<[].*[>\]]$/s.test(token);
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
  const any = specialTokens
    .filter(Boolean)
    .map((token) => token.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
    .join('|');
  const starts = new RegExp(`(?=${any}).`, 'gsu');
  return (text) => text.replace(RESERVED, '').replace(starts, `$&${BREAK}`);
}

function isImage(part: { readonly type: string }): part is { type: 'image'; image: EngineImage } {
  return part.type === 'image';
}

function check(messages: readonly Message[], begun: readonly TurnPiece[], vocab: number): void {
  if (messages.length === 0) throw new EngineError('bad-request', 'There is no message to answer.');
  if (messages.at(-1)?.role === 'assistant')
    throw new EngineError('bad-request', 'The last message is the answer already.');
  const turns = messages.flatMap((message) => (message.role === 'assistant' ? [message.tokenIds ?? []] : []));
  for (const piece of [...turns, begun].flat()) {
    if (typeof piece === 'string' || (Number.isInteger(piece) && piece >= 0 && piece < vocab)) continue;
    throw new EngineError('bad-request', "A turn holds token ids that are not in this model's vocabulary.");
  }
}
