/** Searching in a run: what a model is told is what DeepEyesV2's environment tells it, and what is kept says where everything came from. */
import { describe, expect, it } from 'vitest';
import type { Message } from '@/lib/engine';
import type { SourceImage } from '@/lib/image';
import { SearchError, type Found, type SearchSource } from '@/lib/search/contract';
import { parseTrajectory } from '@/lib/trajectory/document';
import { conversationOf } from '../conversation';
import { findDialect } from '../dialects';
import { native } from '../dialects/native';
import { qwenTools } from '../dialects/qwen-tools';
import { playScript, SETTINGS } from '../fixtures/play';
import { card, scriptedImages } from '../fixtures/scripted-engine';
import { offeredBy } from '../offered';
import { SEARCH_TOOLS } from './search';

const FOUND: readonly Found[] = [
  { title: 'Tides', address: 'https://t.example/', excerpt: 'Twice a day.', date: '2024-02-01' },
  { title: 'Brest', address: 'loupe://collection/brest.txt', excerpt: '' },
];

const source: SearchSource = {
  address: 'loupe://collection/',
  search: async () => FOUND,
  open: async (address) => {
    if (address.endsWith('dead')) throw new SearchError('dead-link');
    if (address.endsWith('none')) throw new SearchError('no-such-page');
    return { title: 'Tides', address, text: 'All of it.' };
  },
  imageSearch: async () => [
    { title: 'A harbour', address: 'https://p.example/1', name: 'harbour.png', bytes: new Blob(['one']) },
    { title: 'A mill', address: 'https://p.example/2', name: 'mill.png', bytes: new Blob(['two']) },
  ],
};

const opened = (name: string, hash: string): SourceImage => ({
  ref: { hash, mimeType: 'image/png', name, width: 64, height: 48 },
  bytes: new Blob([name]),
  orientation: 1,
});

const call = (name: string, given?: object) =>
  `<tool_call>${JSON.stringify({ name, ...(given && { arguments: given }) })}</tool_call>`;

async function play(search: SearchSource | null, ...turns: string[]) {
  const kept: string[] = [];
  const played = await playScript(
    [...turns, '<answer>Brest</answer>'].map((text) => ({ text })),
    {
      card: { ...card, dialect: 'native' },
      settings: { ...SETTINGS, tools: ['zoom', ...SEARCH_TOOLS] },
      search,
      images: {
        ...scriptedImages(),
        open: async (_bytes, name) => opened(name, name === 'mill.png' ? 'b'.repeat(64) : 'a'.repeat(64)),
      },
      onFile: ({ ref }) => void kept.push(ref.name),
    },
  );
  return { ...played, kept };
}

const told = (messages: readonly Message[]): string => {
  const last = messages.at(-1);
  return last?.role === 'user'
    ? last.content.map((part) => (part.type === 'text' ? part.text : '<image>')).join('')
    : '';
};

describe('search', () => {
  it("is told in the environment's own words, and kept with an address for each result", async () => {
    const { run, requests } = await play(source, call('search', { query: 'tides of Brest' }));
    expect(told(requests[1]!.messages)).toBe(
      "A Google search for 'tides of Brest' found 2 results:\n\n## Web Results\n" +
        '1. [Tides](https://t.example/)\nDate published: 2024-02-01\n\nTwice a day.\n\n' +
        '2. [Brest](loupe://collection/brest.txt)\n',
    );
    const result = run.steps.find((step) => step.type === 'result');
    expect(result?.parts.map(({ address }) => address)).toEqual([
      'loupe://collection/',
      'https://t.example/',
      'loupe://collection/brest.txt',
    ]);
    expect(run.steps.find((step) => step.type === 'call')).toMatchObject({ tool: 'search', label: 'tides of Brest' });
    expect(run).toMatchObject({ status: 'done', stop: { reason: 'answer' } });
    expect(parseTrajectory(structuredClone(run)).ok).toBe(true);
    // A replay tells the same, and asks nobody.
    expect(conversationOf(run, findDialect('native')!, () => ({}) as never, 0).slice(0, 4)).toHaveLength(4);
  });

  it('that fails, or leads nowhere, is told and does not end the run', async () => {
    const broken = { ...source, search: () => Promise.reject(new SearchError('unreachable')) };
    const { run, requests } = await play(
      broken,
      call('search', { query: 'x' }),
      call('open', { url: 'loupe://dead' }),
      call('open', { url: 'loupe://none' }),
      call('search', { query: ' ' }),
    );
    expect(requests.slice(1).map(({ messages }) => told(messages))).toEqual([
      'Search error',
      'Error: the page could not be opened.',
      'Error: the page could not be opened.',
      'Error: the arguments hold no "query".',
    ]);
    expect(run.status).toBe('done');
  });

  it('opens a document by its address', async () => {
    const { requests } = await play(source, call('open', { url: 'https://t.example/' }));
    expect(told(requests[1]!.messages)).toBe('# Tides\n\nAll of it.');
  });
});

describe('image search', () => {
  it('brings pictures that are kept as files of the run, in the words of the environment, once', async () => {
    const { run, requests, kept } = await play(source, call('image_search'), call('image_search'));
    expect(told(requests[1]!.messages)).toBe(
      'A Google image search for the image found 2 results:\n\n## Web Results\n' +
        '1. <image>\n[A harbour] \n\n\n2. <image>\n[A mill] \n',
    );
    expect(told(requests[2]!.messages)).toBe('Error: image search can only be used once.');
    expect(kept).toEqual(['harbour.png', 'mill.png']);
    expect(run.pictures.slice(1)).toMatchObject([
      { id: 'p2', from: 'call', callId: 'call-1', file: { hash: 'a'.repeat(64), address: 'https://p.example/1' } },
      { id: 'p3', from: 'call', callId: 'call-1', file: { hash: 'b'.repeat(64), address: 'https://p.example/2' } },
    ]);
    expect(parseTrajectory(structuredClone(run)).ok).toBe(true);
  });

  it('says so where there is nothing to search', async () => {
    const { requests } = await play(null, call('image_search'));
    expect(told(requests[1]!.messages)).toBe('Search error');
  });
});

describe('what is offered', () => {
  it('is what the source serves and the dialect tells of, and nothing without a source', () => {
    expect(offeredBy(native, ['zoom'], source)).toEqual(['zoom', 'search', 'image_search', 'open']);
    expect(offeredBy(native, ['zoom', 'search'], { address: '', search: source.search })).toEqual(['zoom', 'search']);
    expect(offeredBy(native, ['zoom', 'search', 'open'], null)).toEqual(['zoom']);
    expect(offeredBy(findDialect('nano-1')!, ['zoom'], source)).toEqual(['zoom']);
  });

  it('stands in the prompt, and as functions where the server has calls of its own', () => {
    const names = native.nativeTools?.(['zoom', ...SEARCH_TOOLS], 'thousandths').map((tool) => JSON.stringify(tool));
    expect(names?.map((text) => /"name":"(\w+)"/.exec(text)?.[1])).toEqual([
      'image_zoom_in_tool',
      'search',
      'open',
      'image_search',
    ]);
    const prompt = qwenTools.systemPrompt(true, 'thousandths', ['zoom', 'search']);
    expect(prompt).toContain('{"type": "function", "function": {"name": "search", ');
    expect(prompt).not.toContain('"name": "open"');
    expect(qwenTools.systemPrompt(true, 'thousandths', ['zoom'])).toBe(qwenTools.systemPrompt(true, 'thousandths'));
  });

  it('can be written under a grammar', () => {
    const size = { width: 64, height: 64 };
    const turn = { frame: 'thousandths', image: size, seen: size, tools: SEARCH_TOOLS, mayCall: true } as const;
    const forms = qwenTools
      .grammar(turn)
      .calls.map(({ pieces }) => pieces.map((piece) => ('literal' in piece ? piece.literal : '…')).join(''));
    expect(forms).toContain('<tool_call>\n{"name": "search", "arguments": {"query": "…"}}\n</tool_call>');
    expect(forms).toContain('<tool_call>\n{"name": "image_search", "arguments": {}}\n</tool_call>');
  });
});
