/**
 * The page's bench with its real parts. A browser tab has one: its results outlast a visit to another page of the app. Scripts
 * find it as `window.loupeBench` and may watch it, as `npm run eval` does.
 */
import { createBench, type Bench } from '@/lib/bench';
import { connectEngine } from '@/lib/engine';
import { createImageService } from '@/lib/image';
import { DEFAULT_SETTINGS } from '@/lib/session';

declare global {
  interface Window {
    loupeBench?: Bench;
  }
}

/** What ships with the app. */
export const MODELS = [{ value: '/models/loupe-nano/', label: 'Loupe Nano' }] as const;

/** Greedy, whatever the person set for their own runs: a number that is measured again has to come out the same. */
function benchSettings() {
  const { device: _device, modelUrl: _modelUrl, tools: _tools, ...settings } = DEFAULT_SETTINGS;
  return { ...settings, temperature: 0 };
}

export function pageBench(): Bench {
  window.loupeBench ??= createBench({
    engine: connectEngine(),
    images: createImageService(),
    settings: benchSettings(),
    now: () => performance.now(),
  });
  return window.loupeBench;
}
