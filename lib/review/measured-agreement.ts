/** What `npm run agreement -- --write` measured of the shipped model; null until it was. It writes the numbers and nobody else does. */
import written from './agreement-measured.json';

export interface MeasuredAgreement {
  /** Of the model that was asked. */
  readonly model: string;
  readonly version: string;
  readonly questions: number;
  /** How often each was asked. */
  readonly times: number;
  readonly temperature: number;
  /** Share of the questions. */
  readonly majorityRight: number;
  /** How often a right majority agrees more than a wrong one, 0 to 1 (agreement.ts), and its interval of 95 %. */
  readonly area: number;
  readonly interval: readonly [number, number];
}

/** Where fewer were asked, chance has too large a part in it. */
const FEWEST = 300;

// What the command writes, which no type of a JSON file can say.
const measured = written as unknown as MeasuredAgreement | null;

/** Null: nobody measured that model, or on too few questions. */
export function measuredAgreement(model: string): MeasuredAgreement | null {
  return measured !== null && measured.model === model && measured.questions >= FEWEST ? measured : null;
}
