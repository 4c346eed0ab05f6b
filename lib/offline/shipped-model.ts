/**
 * Has the shipped model here before it is asked anything, with what runs it, so that the next visit needs no network. The engine keeps its
 * own copy of what it has loaded; this one is what it finds where it has none.
 */
import { RUNTIME_CACHE, SHIPPED_CACHE } from './names';

const MANIFEST = '/models/loupe-nano/manifest.json';

/** @param ortUrl the folder of ONNX Runtime's files */
export async function keepShippedModel(ortUrl: string): Promise<void> {
  const cache = await caches.open(SHIPPED_CACHE);
  const answer = await fetch(MANIFEST, { cache: 'no-cache' });
  if (!answer.ok) return;
  const text = await answer.clone().text();
  const before = await cache.match(MANIFEST);
  const isSame = before !== undefined && (await before.text()) === text;
  for (const path of pathsIn(JSON.parse(text))) {
    const url = new URL(path, new URL(MANIFEST, location.href)).pathname;
    if (isSame && (await cache.match(url))) continue;
    const file = await fetch(url);
    if (!file.ok) return;
    await cache.put(url, file);
  }
  // Last: where it is, all of it is.
  await cache.put(MANIFEST, answer);
  await keepRuntime(ortUrl);
}

/** Every file that a manifest names. */
function pathsIn(manifest: unknown): readonly string[] {
  const open: unknown[] = [manifest];
  const paths = new Set<string>();
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (typeof one !== 'object' || one === null) continue;
    if ('path' in one && typeof one.path === 'string' && 'sha256' in one) paths.add(one.path);
    for (const inner of Object.values(one) as unknown[]) open.push(inner); // whatever it is
  }
  return [...paths];
}

/** Of ONNX Runtime's files those that this browser will ask for. */
async function keepRuntime(ortUrl: string): Promise<void> {
  const forGpu = 'gpu' in navigator ? ['Suspending' in WebAssembly ? '.jspi' : '.asyncify'] : [];
  const wanted = ['', ...forGpu].flatMap((kind) =>
    ['mjs', 'wasm'].map((ending) => `${ortUrl}ort-wasm-simd-threaded${kind}.${ending}`),
  );
  const cache = await caches.open(RUNTIME_CACHE);
  for (const request of await cache.keys()) {
    if (!new URL(request.url).pathname.startsWith(ortUrl)) await cache.delete(request);
  }
  for (const url of wanted) {
    if (await cache.match(url)) continue;
    const file = await fetch(url);
    if (file.ok) await cache.put(url, file);
  }
}
