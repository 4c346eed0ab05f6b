/** Words of a run laid out in lines, for figures: where each token stands. Pure but for the measure of a text. */
import { isOpenCall, type Trajectory } from '@/lib/trajectory';

export interface FlowToken {
  readonly step: number;
  readonly token: number;
  /** As it shows: scaffolds are shortened, spaces at the ends left out. */
  readonly text: string;
  /** A space stands before it. */
  readonly spaced: boolean;
}

export interface FlowStep {
  readonly step: number;
  readonly turn: number;
  readonly type: 'think' | 'call' | 'answer' | 'other';
  readonly tokens: readonly FlowToken[];
}

/** Longer ones, such as the scaffold of a call, are cut in the middle. Characters. */
const LONGEST = 22;

/** @param has whether a token has numbers; the others are left out */
export function flowSteps(run: Trajectory, has: (step: number, token: number) => boolean): readonly FlowStep[] {
  return run.steps.flatMap((step, index): FlowStep[] => {
    const { type } = step;
    if (type === 'result' || type === 'said' || (type === 'call' && isOpenCall(step))) return [];
    const tokens = step.tokens.flatMap((one, token): FlowToken[] => {
      const text = shown(one.text);
      return text === '' || !has(index, token) ? [] : [{ step: index, token, text, spaced: /^\s/.test(one.text) }];
    });
    return tokens.length === 0 ? [] : [{ step: index, turn: step.turn, type, tokens }];
  });
}

function shown(text: string): string {
  const plain = text.trim();
  if (plain.length <= LONGEST) return plain;
  return `${plain.slice(0, LONGEST - 9)}…${plain.slice(-8)}`;
}

export interface PlacedToken extends FlowToken {
  readonly x: number;
  readonly width: number;
  readonly line: number;
}

/** @param widthOf of a text, in the unit of `width` @param space between words */
export function placeTokens(
  tokens: readonly FlowToken[],
  {
    width,
    space,
    widthOf,
  }: { readonly width: number; readonly space: number; readonly widthOf: (text: string) => number },
): { readonly placed: readonly PlacedToken[]; readonly lines: number } {
  let x = 0;
  let line = 0;
  const placed = tokens.map((token): PlacedToken => {
    const wide = widthOf(token.text);
    const gap = x === 0 ? 0 : token.spaced ? space : 1.5;
    if (x > 0 && x + gap + wide > width) [x, line] = [0, line + 1];
    else x += gap;
    const at = x;
    x += wide;
    return { ...token, x: at, width: wide, line };
  });
  return { placed, lines: tokens.length === 0 ? 0 : line + 1 };
}
