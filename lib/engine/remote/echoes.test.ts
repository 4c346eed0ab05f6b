/** What goes back unchanged, over a reload: found by its own conversation alone, and unreadable without it. */
import { expect, it, vi } from 'vitest';
import type { Message } from '../contract';
import { createEchoes, type EchoShelf } from './echoes';
import { collect, image, live, loaded, named, question, request, serving } from './fixtures/serving';

function shelf(): EchoShelf & { readonly kept: Map<string, Uint8Array<ArrayBuffer>> } {
  const kept = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    kept,
    read: (name) => Promise.resolve(kept.get(name) ?? null),
    write: (name, bytes) => Promise.resolve(void kept.set(name, bytes)),
  };
}

const turn: readonly Message[] = [...question, { role: 'assistant', text: 'Closer.' }];
const echo = [{ type: 'thinking', thinking: 'A secret thought.', signature: 'c2lnbmVk' }];

it('is found after a reload, by the same conversation with the same server', async () => {
  const disk = shelf();
  await createEchoes(disk).keep('messages a claude', turn, echo);
  const later = createEchoes(disk);
  expect(await later.find('messages a claude', turn)).toEqual(echo);
  expect(await later.find('messages b claude', turn)).toBeNull();
  expect(await later.find('messages a claude', [...question, { role: 'assistant', text: 'closer.' }])).toBeNull();
  const other = turn.map((message) =>
    message.role === 'user' ? { ...message, content: [{ type: 'image', image: image('other') } as const] } : message,
  );
  expect(await later.find('messages a claude', other)).toBeNull();
});

it('is nothing that can be read without the run', async () => {
  const disk = shelf();
  await createEchoes(disk).keep('messages a claude', turn, echo);
  const bytes = [...disk.kept].map(([name, one]) => name + new TextDecoder('latin1').decode(one)).join('');
  for (const word of ['secret', 'c2lnbmVk', 'Closer', 'claude']) expect(bytes).not.toContain(word);
});

it('lasts as long as the page where the browser refuses, and what is damaged is none', async () => {
  const refusing = { read: () => Promise.reject(new Error('no')), write: () => Promise.reject(new Error('no')) };
  const here = createEchoes(refusing);
  await here.keep('x', turn, echo);
  expect(await here.find('x', turn)).toEqual(echo);
  expect(await createEchoes(refusing).find('x', turn)).toBeNull();
  const disk = shelf();
  await createEchoes(disk).keep('x', turn, echo);
  for (const [name, bytes] of disk.kept) disk.kept.set(name, bytes.slice(0, 20));
  expect(await createEchoes(disk).find('x', turn)).toBeNull();
});

it('lets a conversation go on with its signatures in another page', async () => {
  const MESSAGES = 'remote:messages?url=https://api.anthropic.com/v1&model=claude-test';
  const disk = shelf();
  const first = named([
    { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'Hm.' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 'c2lnbmVk' } },
    { type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'K7' } },
    { type: 'message_delta', delta: { stop_reason: 'end_turn' } },
    { type: 'message_stop' },
  ]);
  const before = await loaded(serving({ data: [] }, [first]), MESSAGES, null, { echoes: createEchoes(disk) });
  const { text } = await collect(before.engine.generate(request(), live()));
  // The run does not wait for the disk.
  await vi.waitFor(() => expect(disk.kept.size).toBe(1));

  const answer = named([
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Yes' } },
    { type: 'message_delta', delta: { stop_reason: 'end_turn' } },
    { type: 'message_stop' },
  ]);
  const server = serving({ data: [] }, [answer]);
  const after = await loaded(server, MESSAGES, null, { echoes: createEchoes(disk) });
  const messages: readonly Message[] = [
    ...question,
    { role: 'assistant', text },
    { role: 'user', content: [{ type: 'text', text: 'Sure?' }] },
  ];
  await collect(after.engine.generate(request({ messages }), live()));
  expect((server.asked[0]?.body?.messages as readonly object[])[1]).toEqual({
    role: 'assistant',
    content: [
      { type: 'thinking', thinking: 'Hm.', signature: 'c2lnbmVk' },
      { type: 'text', text: 'K7' },
    ],
  });
});
