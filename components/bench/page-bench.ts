/**
 * The page's bench with its real parts. A browser tab has one: its results outlast a visit to another page of the app. Scripts
 * find it as `window.loupeBench` and may watch it, as `npm run eval` does.
 */
import { createBench, type Bench } from '@/lib/bench';
import { pageEngine } from '@/lib/engine/page-engine';
import { createImageService } from '@/lib/image';
import { DEFAULT_SETTINGS } from '@/lib/session';

declare global {
  interface Window {
    loupeBench?: Bench;
  }
}

/**
 * Greedy, whatever the person set for their own runs: a number that is measured again has to come out the same. Whether a
 * grammar is used is the dialect's affair.
 */
function benchSettings() {
  const {
    device: _device,
    modelUrl: _modelUrl,
    tools: _tools,
    searchIn: _searchIn,
    grammar: _grammar,
    ...settings
  } = DEFAULT_SETTINGS;
  return { ...settings, temperature: 0 };
}

export function pageBench(): Bench {
  if (window.loupeBench) return window.loupeBench;
  const engine = pageEngine();
  const bench = createBench({
    engine,
    images: createImageService(),
    settings: benchSettings(),
    now: () => performance.now(),
  });
  let going = false;
  bench.subscribe(() => {
    const { phase } = bench.getState();
    const over = phase === 'done' || phase === 'stopped' || phase === 'failed';
    // A device holds one model at a time: the next question on the first page has one of its own.
    if (going && over) void engine.dispose();
    going = !over;
  });
  window.loupeBench = bench;
  return bench;
}
