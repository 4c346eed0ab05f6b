/**
 * The person's own dialects, as files by their names, in this browser's storage. What a file says is read where it is used (lib/agent): the
 * first page does without.
 */
import type { SettingsStorage } from './contract';

export const DIALECTS_KEY = 'loupe.dialects';

export type KeptDialects = Readonly<Record<string, string>>;

const MOST = 50;

/** With this one, or for null without it. */
export function withDialect(kept: KeptDialects, name: string, file: string | null): KeptDialects {
  const others = Object.entries(kept).filter(([one]) => one !== name);
  return Object.fromEntries(file === null ? others : [...others.slice(1 - MOST), [name, file]]);
}

export function readDialects(storage: SettingsStorage | null): KeptDialects {
  try {
    const kept: unknown = JSON.parse(storage?.getItem(DIALECTS_KEY) ?? '{}');
    if (typeof kept !== 'object' || kept === null || Array.isArray(kept)) return {};
    return Object.fromEntries(
      Object.entries(kept).filter((one): one is [string, string] => typeof one[1] === 'string'),
    );
  } catch {
    return {};
  }
}

/** False where the browser refuses: they then last as long as the page. */
export function keepDialects(storage: SettingsStorage | null, kept: KeptDialects): boolean {
  try {
    storage?.setItem(DIALECTS_KEY, JSON.stringify(kept));
    return storage !== null;
  } catch {
    return false;
  }
}
