/**
 * Writes what a server streams as the text that dialects read: thoughts that came apart stand in `<think>`, a call of the server's own in
 * `<tool_call>`, and words as they are, each with its tokens where those were told. Of several calls the first is written as it comes, the
 * others after it, since servers may stream them at once.
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

const opened = (name: string): string => `<tool_call>{"name": ${JSON.stringify(name)}, "arguments": `;

export function createTurnWriter(): TurnWriter {
  const aligner = createAligner();
  let place: 'words' | 'thought' | 'call' = 'words';
  const calls: { readonly index: number; name: string; given: string }[] = [];
  let told = false;

  /** Leaves what is being written for something else. */
  const leave = (): Piece[] => {
    const pieces = [...aligner.end()];
    if (place === 'thought') pieces.push(plain('</think>\n'));
    if (place === 'call') pieces.push(plain(`${calls[0]?.given === '' ? '{}' : ''}}</tool_call>`));
    place = 'words';
    return pieces;
  };

  const takeCall = ({ index, name, written }: Extract<WireEvent, { type: 'call' }>): readonly Piece[] => {
    const pieces: Piece[] = [];
    let call = calls.find((one) => one.index === index);
    if (!call) {
      call = { index, name: name ?? '', given: '' };
      calls.push(call);
      if (call === calls[0]) {
        pieces.push(...leave(), plain(opened(call.name)));
        place = 'call';
      }
    }
    call.given += written;
    if (call === calls[0] && written !== '') pieces.push(plain(written));
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
          return takeCall(event);
      }
      return [...pieces, ...spell(event.text, event.told)];
    },
    end() {
      const pieces = leave();
      for (const { name, given } of calls.slice(1)) pieces.push(plain(`${opened(name)}${given || '{}'}}</tool_call>`));
      return pieces;
    },
    get differs() {
      return aligner.differs;
    },
    get told() {
      return told;
    },
  };
}
