/**
 * Which key does what in the player. Pure but for reading the event's target: the hook that listens is use-player-keys.ts, the
 * list for people is key-help.tsx.
 */
import { keyOf } from '@/components/ui/key-of';
import { isKeyTaken } from '@/components/ui/key-taken';

export type PlayerCommand =
  | 'next'
  | 'previous'
  | 'first'
  | 'last'
  | 'play-pause'
  | 'boxes'
  | 'crop'
  | 'eye'
  | 'details'
  | 'fit'
  | 'share'
  | 'help'
  | 'escape';

export interface KeyRow {
  readonly keys: readonly string[];
  readonly command: PlayerCommand;
}

/** In the order of the help. `keys` as `keyOf` names them. */
export const PLAYER_KEYS: readonly KeyRow[] = [
  { keys: ['ArrowRight', 'j'], command: 'next' },
  { keys: ['ArrowLeft', 'k'], command: 'previous' },
  { keys: [' '], command: 'play-pause' },
  { keys: ['Home'], command: 'first' },
  { keys: ['End'], command: 'last' },
  { keys: ['b'], command: 'boxes' },
  { keys: ['z'], command: 'crop' },
  { keys: ['m'], command: 'eye' },
  { keys: ['d'], command: 'details' },
  { keys: ['0'], command: 'fit' },
  { keys: ['s'], command: 'share' },
  { keys: ['?'], command: 'help' },
  { keys: ['Escape'], command: 'escape' },
];

/** Some keyboards have these only with Shift: French ones all digits. */
const SHIFTED: readonly string[] = ['?', '0'];

/** The command of a key pressed on its own; null when the key means nothing here or belongs to someone else. */
export function commandOf(event: KeyboardEvent): PlayerCommand | null {
  const key = keyOf(event);
  const command = PLAYER_KEYS.find((row) => row.keys.includes(key))?.command ?? null;
  if (command === null || (event.shiftKey && !SHIFTED.includes(key))) return null;
  return isKeyTaken(event) ? null : command;
}
