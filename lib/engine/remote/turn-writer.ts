/**
 * Writes what a server streams as the text that dialects read: thoughts that came apart stand in `<think>`, a call of the server's own in
 * `<tool_call>`, and words as they are, each with its tokens where those were told.
 */
import { createAligner, type Piece, type ToldToken } from './align';
import type { WireEvent } from './wire';

export interface TurnWriter {
  take(event: Extract<WireEvent, { type: 'words' | 'thought' | 'call' }>): readonly Piece[];
  end(): readonly Piece[];
  /** Whether the tokens told did not spell the words. */
  readonly differs: boolean;
  /** Whether any were told. */
  readonly told: boolean;
}

const plain = (text: string): Piece => ({ id: null, text, logprob: null, top: [] });

export function createTurnWriter(): TurnWriter {
  const aligner = createAligner();
  let place: 'words' | 'thought' | 'call' = 'words';
  let called: number | null = null;
  let given = '';
  let told = false;

  /** Leaves what is being written for something else. */
  const leave = (): Piece[] => {
    const pieces = [...aligner.end()];
    if (place === 'thought') pieces.push(plain('</think>\n'));
    if (place === 'call') pieces.push(plain(`${given === '' ? '{}' : ''}}</tool_call>`));
    place = 'words';
    return pieces;
  };

  const spell = (text: string, tokens: readonly ToldToken[] | null): readonly Piece[] => {
    told ||= (tokens?.length ?? 0) > 0;
    return aligner.push(text, tokens ?? []);
  };

  return {
    take(event) {
      const pieces: Piece[] = [];
      switch (event.type) {
        case 'thought':
          // Thoughts after the words would be another turn's: they are left where they are.
          if (place !== 'thought' && event.text !== '') {
            if (place === 'call') return [];
            pieces.push(...aligner.end(), plain('<think>'));
            place = 'thought';
          }
          break;
        case 'words':
          if (place === 'call') return [];
          if (place === 'thought' && event.text !== '') {
            // Tokens that were told with it belong to the words.
            pieces.push(plain('</think>\n'));
            place = 'words';
          }
          break;
        case 'call':
          // One call a turn is carried out: the others are answered as such where the protocol wants an answer.
          if (called !== null && event.index !== called) return [];
          if (called === null) {
            called = event.index;
            pieces.push(...leave(), plain(`<tool_call>{"name": ${JSON.stringify(event.name ?? '')}, "arguments": `));
            place = 'call';
          }
          given += event.written;
          if (event.written !== '') pieces.push(plain(event.written));
          return pieces;
      }
      return [...pieces, ...spell(event.text, event.told)];
    },
    end: leave,
    get differs() {
      return aligner.differs;
    },
    get told() {
      return told;
    },
  };
}
