/**
 * A run that zooms, as Qwen3.5 is asked for one: closed thought, a call in XML, the crop, an answer. With the small model of that
 * family (Scan, states, no `num_logits_to_keep`, as the hub's first exports have it); and, where `LOUPE_REAL_FILES` names a folder of
 * real files (real-files.test.ts) with `graphs/qwen3_5-0.8b-q8` in it or beside it, with those graphs and random weights of their true
 * size: 1.1 GB, some minutes.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { findDialect } from '@/lib/agent/dialects';
import { readTurn } from '@/lib/agent/fixtures/read-turn';
import type { EngineImage, GenerateRequest, Message, MessageContent, ModelManifest } from '@/lib/engine';
import { GREEDY, collectTurn, type Turn } from '@/lib/engine/fixtures/nano-conversation';
import { loadTiny, scene, see } from '@/lib/engine/fixtures/tiny-engine';
import { createEngineHost } from '@/lib/engine/worker/engine-host';
import { openGraphFile } from '@/lib/engine/worker/runtime/onnx/graph-file';
import type { RepoFile } from '@/lib/models/hub/repo';
import { inspectRepo } from '@/lib/models/hub/resolve';

vi.setConfig({ testTimeout: 3_600_000 });

const dialect = findDialect('qwen-xml')!;
const SIZE = { width: 480, height: 360 };
const picture = scene(SIZE, 4);

/** Two turns: in the first only a call may come, in the second only an answer. */
async function zoomRun(manifest: ModelManifest, ask: (request: GenerateRequest) => Promise<Turn>) {
  const { frame, image: spec } = manifest;
  const image = see(spec, picture);
  const bounds = { frame, image: SIZE, seen: { width: image.width, height: image.height }, tools: ['zoom'] };
  const systemPrompt = dialect.systemPrompt(true, frame);
  const given: MessageContent[] = [
    { type: 'image', image },
    { type: 'text', text: 'What is it?', typed: true },
  ];
  const opening = dialect.opening({ systemPrompt, given, tools: true });
  const request = (messages: readonly Message[], grammar: GenerateRequest['grammar']) =>
    ask({ messages, sampling: GREEDY, maxNewTokens: 400, grammar });
  const first = await request(opening, { ...dialect.grammar({ ...bounds, mayCall: true }), answer: null });
  const call = readTurn(dialect, [first.text]).find(({ type }) => type === 'call-end');
  if (call?.type !== 'call-end') throw new Error(`no call: ${first.text}`);
  const { x1, y1, x2, y2 } = call.call.box;
  const across = (share: number, side: number) => Math.round((share / 1000) * side);
  const left = Math.min(across(x1, SIZE.width), SIZE.width - 32);
  const top = Math.min(across(y1, SIZE.height), SIZE.height - 32);
  const crop: EngineImage = see(spec, picture, [
    left,
    top,
    Math.max(left + 32, across(x2, SIZE.width)),
    Math.max(top + 32, across(y2, SIZE.height)),
  ]);
  const messages = [...opening, first.message, dialect.result([{ type: 'image', image: crop }], 'image_zoom_in_tool')];
  const second = await request(messages, dialect.grammar({ ...bounds, mayCall: false }));
  return { first, second };
}

function expectRun({ first, second }: Awaited<ReturnType<typeof zoomRun>>): void {
  // The template closed the thought: there is no second one.
  expect(first.text).toMatch(/^\s{0,2}<tool_call>\n<function=image_zoom_in_tool>\n<parameter=bbox_2d>\n\[\d/);
  expect(first.text).toMatch(/<\/parameter>\n<\/function>\n<\/tool_call>$/);
  expect(second.text).toMatch(/^\s{0,2}<answer>[\s\S]*<\/answer>$/);
  expect(first.end.reason).toBe('stop');
  expect(second.end.usage).toMatchObject({ imagesEncoded: 1 });
  expect(second.end.usage.reusedTokens).toBe(first.end.usage.promptTokens + first.tokens.length - 1);
  for (const { logprob } of [...first.tokens, ...second.tokens]) expect(logprob).toBeLessThanOrEqual(0);
}

it('the small Qwen3.5 zooms and answers', async () => {
  const engine = await loadTiny({ family: 'qwen3_5', externalData: 1 });
  expectRun(await zoomRun({ ...engine.manifest, protocol: 'qwen-xml' }, engine.ask));
});

const root = process.env['LOUPE_REAL_FILES'] ?? '';
const graphs = [join(root, 'graphs'), join(root, '..', 'graphs')]
  .map((folder) => join(folder, 'qwen3_5-0.8b-q8'))
  .find((folder) => root !== '' && existsSync(folder));

/** What a graph names beside it, filled: floats small, everything else any byte. */
async function weightsOf(name: string, graph: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const { weights } = await openGraphFile(new Blob([graph]));
  const outside = weights.filter(({ location }) => location !== null);
  expect(outside.map(({ location }) => location)).toEqual(outside.map(() => name));
  const bytes = new Uint8Array(Math.max(...outside.map(({ offset, length }) => offset + length)));
  let state = 1;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0);
  const words = new Uint32Array(bytes.buffer, 0, Math.floor(bytes.length / 4));
  for (let i = 0; i < words.length; i++) words[i] = next();
  const FLOAT = 1;
  for (const { type, offset, length } of outside) {
    if (type !== FLOAT) continue;
    const floats = new Float32Array(bytes.buffer, offset, length / 4);
    for (let i = 0; i < floats.length; i++) floats[i] = (next() / 2 ** 32 - 0.5) * 0.06;
  }
  return bytes;
}

describe.skipIf(graphs === undefined)('the real graphs of Qwen3.5-0.8B in q8', () => {
  const before = globalThis.fetch;
  afterEach(() => {
    globalThis.fetch = before;
  });

  it('zoom and answer with random weights of the true size', async () => {
    const files = new Map<string, Uint8Array<ArrayBuffer>>();
    const read = (path: string) => new Uint8Array(readFileSync(path));
    const small = join(root, 'hub', 'qwen3_5-0.8b');
    for (const name of readdirSync(small)) {
      const bytes = read(join(small, name));
      files.set(name.replace(/\.gz$/, ''), name.endsWith('.gz') ? new Uint8Array(gunzipSync(bytes)) : bytes);
    }
    for (const name of readdirSync(graphs ?? '').filter((one) => one.endsWith('.onnx'))) {
      const graph = read(join(graphs ?? '', name));
      files.set(`onnx/${name}`, graph);
      files.set(`onnx/${name}_data`, await weightsOf(`${name}_data`, graph));
    }
    const listed = new Map<string, RepoFile>();
    for (const [path, bytes] of files) {
      listed.set(path, { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
    }
    const text = (path: string) => {
      const bytes = files.get(path);
      return Promise.resolve(bytes ? new TextDecoder().decode(bytes) : null);
    };
    const model = await inspectRepo({
      id: 'org/Qwen3.5-0.8B',
      commit: '0'.repeat(40),
      license: '',
      gated: false,
      files: listed,
      text,
    });
    const manifest = model.manifest('q8', { maxPixels: 65_536, thinking: false });
    expect(manifest).toMatchObject({ protocol: 'qwen-xml', stopIds: [248046, 248044] });
    const url = 'https://real.invalid/';
    files.set('manifest.json', new TextEncoder().encode(JSON.stringify(manifest)));
    globalThis.fetch = (input, init) => {
      const asked = input instanceof Request ? input.url : String(input);
      if (!asked.startsWith(url)) return before(input, init);
      const bytes = files.get(asked.slice(url.length));
      return Promise.resolve(bytes ? new Response(bytes) : new Response(null, { status: 404 }));
    };
    const host = createEngineHost({ findOrtByPackage: true });
    const { signal } = new AbortController();
    const load = { modelUrl: url, ortUrl: '', device: 'wasm', refuseSoftwareGpu: false } as const;
    for await (const step of host.load(load, signal)) if (step.phase !== 'download') console.warn(step.phase);
    files.clear();
    const run = await zoomRun(manifest, (request) => collectTurn(host.generate(request, signal)));
    console.warn(run.first.text, run.first.end.usage, run.second.end.usage);
    expectRun(run);
  });
});
