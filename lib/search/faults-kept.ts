/** The faults a person asked for, kept in this browser. What is stored is not trusted. */
import { NO_FAULTS, type Faults } from './collection-contract';

const KEY = 'loupe.faults';

export function readFaults(storage: Pick<Storage, 'getItem'> | null): Faults {
  try {
    return fitFaults(JSON.parse(storage?.getItem(KEY) ?? 'null'));
  } catch {
    return NO_FAULTS;
  }
}

export function keepFaults(storage: Pick<Storage, 'setItem'> | null, faults: Faults): void {
  try {
    storage?.setItem(KEY, JSON.stringify(faults));
  } catch {
    // They then last as long as the page.
  }
}

function fitFaults(given: unknown): Faults {
  if (typeof given !== 'object' || given === null) return NO_FAULTS;
  const number = (key: keyof Faults, most: number): number => {
    const value = (given as Readonly<Record<string, unknown>>)[key];
    return typeof value === 'number' && Number.isFinite(value) ? Math.min(most, Math.max(0, value)) : NO_FAULTS[key];
  };
  return {
    deadLinks: number('deadLinks', 1),
    distractors: Math.round(number('distractors', 4)),
    seed: Math.round(number('seed', 2 ** 32 - 1)),
  };
}
