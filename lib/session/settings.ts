/**
 * The person's settings: defaults, the bounds of each value, and keeping them in this browser. What is stored is not
 * trusted: a value that does not fit falls back to its default alone, the others are kept.
 */
import { USUAL_RUN } from '@/lib/models';
import { TRAJECTORY_LIMITS, type RunSettings } from '@/lib/trajectory';
import type { Settings, SettingsStorage } from './contract';
import { isModelUrl, SHIPPED_MODEL } from './model-name';

export const SETTINGS_KEY = 'loupe.settings';

export const DEFAULT_SETTINGS: Settings = {
  temperature: 0,
  topP: 1,
  topK: 0,
  seed: 0,
  maxTurns: USUAL_RUN.looks,
  maxNewTokens: USUAL_RUN.newTokens,
  tools: ['zoom'],
  grammar: null,
  searchIn: '',
  device: 'auto',
  modelUrl: SHIPPED_MODEL,
};

const LONGEST_ADDRESS = 1000;

interface NumberBound {
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
}

/** The inclusive bounds of every number in the settings; forms read their limits here. */
export const SETTING_BOUNDS = {
  temperature: { min: 0, max: 2, whole: false },
  topP: { min: 0.01, max: 1, whole: false },
  topK: { min: 0, max: 1000, whole: true },
  seed: { min: 0, max: 4294967295, whole: true },
  maxTurns: { min: 1, max: 16, whole: true },
  maxNewTokens: { min: 8, max: 1024, whole: true },
} as const satisfies Record<Exclude<keyof RunSettings, 'tools' | 'grammar'>, NumberBound>;

/** `candidate` with each value that does not fit replaced by that of `base`. */
export function fitSettings(candidate: unknown, base: Settings = DEFAULT_SETTINGS): Settings {
  if (typeof candidate !== 'object' || candidate === null) return base;
  const given = candidate as Readonly<Record<string, unknown>>; // any object may be read by string keys
  const number = (key: keyof typeof SETTING_BOUNDS): number => {
    const { min, max, whole }: NumberBound = SETTING_BOUNDS[key];
    const value = given[key];
    if (typeof value !== 'number' || !Number.isFinite(value)) return base[key];
    const bounded = Math.min(max, Math.max(min, value));
    return whole ? Math.round(bounded) : bounded;
  };
  const { device, tools, grammar, modelUrl, searchIn } = given;
  return {
    temperature: number('temperature'),
    topP: number('topP'),
    topK: number('topK'),
    seed: number('seed'),
    maxTurns: number('maxTurns'),
    maxNewTokens: number('maxNewTokens'),
    tools: fitTools(tools) ?? base.tools,
    grammar: typeof grammar === 'boolean' || grammar === null ? grammar : base.grammar,
    searchIn: typeof searchIn === 'string' && searchIn.length <= LONGEST_ADDRESS ? searchIn : base.searchIn,
    device: device === 'auto' || device === 'webgpu' || device === 'wasm' ? device : base.device,
    modelUrl: isModelUrl(modelUrl) ? modelUrl : base.modelUrl,
  };
}

/** Names of tools; earlier versions kept whether there was the one. Null for what is neither. */
function fitTools(tools: unknown): string[] | null {
  if (typeof tools === 'boolean') return tools ? ['zoom'] : [];
  if (!Array.isArray(tools)) return null;
  return tools.filter((name): name is string => typeof name === 'string').slice(0, TRAJECTORY_LIMITS.tools);
}

/** Reads what was kept; defaults where there is nothing, or where the browser refuses storage. */
export function readSettings(storage: SettingsStorage | null): Settings {
  try {
    const text = storage?.getItem(SETTINGS_KEY);
    return text ? fitSettings(JSON.parse(text)) : DEFAULT_SETTINGS;
  } catch {
    return DEFAULT_SETTINGS;
  }
}

/** Keeps them; a browser that refuses storage only forgets them. */
export function keepSettings(storage: SettingsStorage | null, settings: Settings): void {
  try {
    storage?.setItem(SETTINGS_KEY, JSON.stringify(settings));
  } catch {
    // Private windows and full disks refuse: the settings then last as long as the page.
  }
}

/**
 * The part of the settings that belongs to a run.
 * @param constrained whether the model's dialect uses a grammar where the person does not say
 */
export function runSettings(
  { device: _device, modelUrl: _modelUrl, searchIn: _searchIn, grammar, ...run }: Settings,
  constrained: boolean,
): RunSettings {
  return (grammar ?? constrained) ? { ...run, grammar: true } : run;
}
