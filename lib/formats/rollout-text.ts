/**
 * A rollout kept as two texts, prompt and response, with or without its tokens: what RL Logging Board, verl and ms-swift dump. The response
 * holds the environment's turns as well; their probabilities mean nothing and are left out.
 */
import type { Size } from '@/lib/geometry';
import type { Token } from '@/lib/trajectory';
import { seenByQwen25 } from '@/lib/notations';
import { messageOfTurn, turnsOfText } from './chat-markup';
import type { Format, PictureFinder, PictureName, Read, Reading, Where } from './contract';
import { deepEyesEvaluation, deepEyesTraining, qwenAgent, type CropRule } from './crops';
import { guessFrame } from './frame-guess';
import type { Message } from './message';
import { tellMessages, type TalkRules } from './messages';
import type { Piece } from './pieces';
import { buildRun, type Asked, type RunBuilder } from './run-builder';
import { alignTokens, type AlignedToken } from './token-alignment';

export interface Rollout {
  readonly system: Format['id'];
  /** Which of a table's rows; 0 where a line is one run. */
  readonly index: number;
  readonly prompt: string;
  readonly response: string;
  readonly tokens: readonly string[] | null;
  readonly logprobs: readonly (number | null)[] | null;
  readonly pictures: readonly string[];
  readonly answers: readonly string[];
  readonly options?: readonly string[] | null;
  readonly scores: readonly { readonly name: string; readonly value: number }[];
  readonly step: number | null;
  readonly kind: string;
  readonly model: string;
}

const CROPS = { training: deepEyesTraining, evaluation: deepEyesEvaluation } as const;

export async function readRollout(
  rollout: Rollout,
  where: Where,
  finder: PictureFinder,
  reading: Reading,
): Promise<Read> {
  const asked = turnsOfText(rollout.prompt, 'user');
  const said = turnsOfText(rollout.response, 'assistant');
  if (asked.length + said.length === 0) return { problem: { code: 'no-messages' } };
  const rule = reading.rule === 'evaluation' ? 'evaluation' : 'training';
  const run = buildRun({ where, system: rollout.system, rule, index: rollout.index });
  const starts = new Map<Message, number>();
  const messages = [
    ...asked.map((turn) => messageOfTurn(turn)),
    ...said.map((turn) => {
      const message = messageOfTurn(turn);
      starts.set(message, turn.from);
      return message;
    }),
  ];
  const question = asked.findLast(({ role }) => role === 'user')?.text ?? '';
  // A prompt that was decoded without its special tokens shows no place for pictures.
  const first = messages.find(({ role }) => role === 'user');
  const unplaced = first && !first.parts.some(({ kind }) => kind === 'picture') ? rollout.pictures : [];
  const withPictures = messages.map((message) =>
    message === first && unplaced.length > 0
      ? {
          ...message,
          parts: [...unplaced.map((name) => ({ kind: 'picture', bytes: null, name }) as const), ...message.parts],
        }
      : message,
  );
  const tokensOf = alignedTokens(rollout, run, starts);
  const told = await tellMessages(withPictures, run, finder, {
    ...rulesFor(rollout, run, reading, CROPS[rule], question),
    ...(tokensOf && { tokens: tokensOf }),
  });
  run.about({
    truth:
      rollout.answers.length > 0
        ? { answers: [...rollout.answers], options: rollout.options ? [...rollout.options] : null, places: [] }
        : null,
    source: {
      scores: [...rollout.scores],
      ...(rollout.step !== null && { trainingStep: rollout.step }),
      ...(rollout.kind !== '' && { kind: rollout.kind }),
    },
    ...(rollout.model !== '' && { model: { name: rollout.model } }),
  });
  if (told.answered) return run.finish({ status: 'done', reason: 'answer' });
  return run.finish({ status: 'done', reason: told.endsOn === 'call' ? 'max-turns' : 'no-call' });
}

function rulesFor(
  rollout: Rollout,
  run: RunBuilder,
  reading: Reading,
  crop: CropRule,
  question: string,
): Omit<TalkRules, 'tokens'> {
  const frameOf = (box: Asked['box'], picture: Size): Pick<Asked, 'frame' | 'by'> => {
    if (reading.frame) return { frame: reading.frame, by: 'person' };
    const guessed = guessFrame(box, picture, rollout.model);
    // Its environment cuts the picture that the processor has brought to its own size already.
    const isResized = rollout.system === 'ms-swift' && guessed.frame === 'original-pixels';
    return isResized ? { frame: 'resized-pixels', by: 'file' } : guessed;
  };
  return {
    which: reading.call ?? (reading.rule === 'evaluation' ? 'first' : 'last'),
    plain: /<(?:think|answer|tool_call)>/.test(rollout.response) ? 'think' : 'answer',
    userAnswers: true,
    frame: (box, _, picture) => {
      const read = frameOf(box, picture);
      if (read.by === 'values') run.note({ code: 'frame-from-values' });
      return read;
    },
    // Qwen's own zoom goes with thousandths; DeepEyes' rules count in pixels.
    crop: (asked, picture, written) =>
      (frameOf(written, picture).frame === 'thousandths' ? qwenAgent : crop)(asked, picture, written),
    seen: seenByQwen25,
    name: (index): PictureName => ({
      names: rollout.pictures.slice(index, index + 1),
      ...(index === 0 && { question }),
    }),
    told: (text) => text.replace(/<\/?tool_response>/g, ''),
  };
}

/** Null where there are no tokens, or they do not fit the text: then the run says why. */
function alignedTokens(
  { tokens, logprobs, response }: Rollout,
  run: RunBuilder,
  starts: ReadonlyMap<Message, number>,
): TalkRules['tokens'] | null {
  if (!tokens || tokens.length === 0) return null;
  if (logprobs && logprobs.length !== tokens.length) {
    const params = { tokens: tokens.length, probabilities: logprobs.length };
    run.note({ code: 'tokens-and-probabilities', params });
    return null;
  }
  const alignment = alignTokens(tokens, response);
  if (!alignment.ok) {
    run.note(alignment.why);
    return null;
  }
  const made = alignment.tokens.map(({ index }): Token => ({
    id: null,
    text: (tokens[index] ?? '').slice(0, 2000),
    logprob: logprobs?.[index] ?? null,
    top: [],
  }));
  return (message, pieces) => {
    const start = starts.get(message);
    const [part] = message.parts;
    if (start === undefined || part?.kind !== 'text') return [];
    return tokensByPiece(pieces, part.text, start, alignment.tokens, made);
  };
}

/** Every token of a turn to the piece whose words it begins in; tags go with what they open and close. */
function tokensByPiece(
  pieces: readonly Piece[],
  text: string,
  start: number,
  aligned: readonly AlignedToken[],
  made: readonly Token[],
): readonly (readonly Token[])[] {
  const ends: number[] = [];
  let at = 0;
  for (const [index, { text: words }] of pieces.entries()) {
    const from = text.indexOf(words, at);
    const end = from < 0 ? at : from + words.length;
    const close = /^<\/[\w-]+>/.exec(text.slice(end, end + 40))?.[0].length ?? 0;
    at = end;
    ends.push(index === pieces.length - 1 ? text.length : end + close);
  }
  let first = firstFrom(aligned, start);
  return ends.map((end) => {
    const own: Token[] = [];
    for (; first < aligned.length; first += 1) {
      const token = aligned[first];
      if (!token || token.from >= start + end) break;
      const same = made[first];
      if (same) own.push(same);
    }
    return own;
  });
}

/** Aligned tokens stand in the order of the text. */
function firstFrom(aligned: readonly AlignedToken[], start: number): number {
  let [low, high] = [0, aligned.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((aligned[middle]?.from ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}
