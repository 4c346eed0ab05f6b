/**
 * Whole prompts against Python's own processors: the small model of each family, one picture and two in three shapes, with and
 * without a system's words. The template's text and every token id are as training/scripts/record_hub.py recorded them
 * (transformers 5.24).
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Message, MessageContent } from './contract';
import { loadTinyModel, scene, see } from './fixtures/tiny-engine';
import { FAMILIES } from './fixtures/tiny-models';
import { CHAT_TEMPLATES } from './fixtures/tiny-models/templates';
import type { LoadedModel } from './worker/load-model';
import { createChatTemplate, tokenNames } from './worker/prompt/chat-template';

/** Other work may hold the processor. */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

interface Recorded {
  readonly messages: readonly {
    readonly role: 'system' | 'user';
    readonly content: readonly { readonly type: 'text' | 'image'; readonly text?: string }[];
  }[];
  readonly pictures: readonly (readonly [width: number, height: number])[];
  readonly text: string;
  /** [id, how often in a row] */
  readonly ids: readonly (readonly [number, number])[];
}

// Written by that script, in this form.
const recorded = JSON.parse(
  readFileSync(new URL('./fixtures/python/prompts.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, readonly Recorded[]>>;

const BOS = { lfm2_vl: '<|startoftext|>' } as const satisfies Record<string, string>;

describe.each(FAMILIES)('%s', (family) => {
  let loaded: LoadedModel;
  beforeAll(async () => {
    loaded = await loadTinyModel({ family });
  });
  afterAll(() => loaded.dispose());

  function messagesOf({ messages, pictures }: Recorded): Message[] {
    let next = 0;
    const part = ({ type, text = '' }: Recorded['messages'][0]['content'][0]): MessageContent => {
      if (type === 'text') return { type, text };
      const [width, height] = pictures[next++] ?? [0, 0];
      return { type, image: see(loaded.manifest.image, scene({ width, height }, next)) };
    };
    return messages.map(({ role, content }): Message => {
      if (role === 'system') return { role, text: content[0]?.text ?? '' };
      return { role, content: content.map(part) };
    });
  }

  it('the template writes what Python’s writes', () => {
    const names = tokenNames({ bos_token: family === 'lfm2_vl' ? BOS.lfm2_vl : '' });
    const template = createChatTemplate(CHAT_TEMPLATES[family], names);
    for (const one of recorded[family] ?? []) {
      expect(template.layOut(messagesOf(one), { clean: (words) => words, placeholder: '' })).toEqual([one.text]);
    }
  });

  it.each(recorded[family]?.map((one, i) => ({ one, i })) ?? [])('prompt $i has Python’s ids', ({ one }) => {
    const { positions } = loaded.renderPrompt(messagesOf(one));
    const runs: [number, number][] = [];
    for (const { id } of positions) {
      const last = runs.at(-1);
      if (last?.[0] === id) last[1]++;
      else runs.push([id, 1]);
    }
    expect(runs).toEqual(one.ids);
  });
});

it('there are nine prompts of each family', () => {
  expect(Object.values(recorded).map((cases) => cases.length)).toEqual(FAMILIES.map(() => 9));
});
