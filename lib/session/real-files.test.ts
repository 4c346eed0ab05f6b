/**
 * Real repositories' small files, where a folder of them is at hand: `LOUPE_REAL_FILES=DIR npx vitest run --project unit
 * lib/session/real-files.test.ts`, with `DIR/hub/<model>/…`, `DIR/hub/templates/*.jinja` and `DIR/hub/listings.json`. With
 * `LOUPE_REAL_IDS=FILE` (training/scripts/record_hub.py --real) the ids of sixty texts are held to the reference's. Skipped elsewhere.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Template } from '@huggingface/jinja';
import { describe, expect, it, vi } from 'vitest';
import { dtypeOptions } from '@/lib/models/hub/dtypes';
import type { Repo, RepoFile } from '@/lib/models/hub/repo';
import { inspectRepo } from '@/lib/models/hub/resolve';
import { parseManifest } from '@/lib/models/manifest';
import { templateIn } from '@/lib/models/template-in';
import type { Message } from '@/lib/engine';
import { createChatTemplate } from '@/lib/engine/worker/prompt/chat-template';
import { createPromptRenderer } from '@/lib/engine/worker/prompt/prompt';
import { createTokenizer } from '@/lib/engine/worker/prompt/tokenizer';
import { findDialect } from '@/lib/agent/dialects';
import { zoomFunction } from '@/lib/agent/dialects/qwen-tools';

vi.setConfig({ testTimeout: 240_000 });

const root = process.env['LOUPE_REAL_FILES'];
const hub = join(root ?? '', 'hub');
const here = root !== undefined && existsSync(hub);
const ids = process.env['LOUPE_REAL_IDS'];

const foldersOf = (file: string) => (here ? readdirSync(hub).filter((name) => existsSync(join(hub, name, file))) : []);
const text = (...path: string[]) => readFileSync(join(hub, ...path), 'utf8');
const json = (...path: string[]): unknown => JSON.parse(text(...path));
const tokenizerOf = (name: string) =>
  createTokenizer(
    JSON.parse(gunzipSync(readFileSync(join(hub, name, 'tokenizer.json.gz'))).toString()),
    existsSync(join(hub, name, 'tokenizer_config.json')) ? json(name, 'tokenizer_config.json') : {},
  );

const GRAPHS = ['decoder_model_merged', 'vision_encoder', 'embed_tokens'].map((name) => `onnx/${name}_q4.onnx`);

/** The folder as a repository, with graphs that nobody opens. */
function repoOf(name: string): Repo {
  const small = readdirSync(join(hub, name)).map((file) => file.replace(/\.gz$/, ''));
  const file = (path: string): [string, RepoFile] => [path, { path, bytes: 1, sha256: '0'.repeat(64) }];
  return {
    id: `org/${name}`,
    commit: '0'.repeat(40),
    license: '',
    gated: false,
    files: new Map([...GRAPHS, ...small].map(file)),
    text: async (path) => (existsSync(join(hub, name, path)) ? text(name, path) : null),
  };
}

const EXPECTED = {
  'smolvlm-256m': { family: 'idefics3', protocol: 'zoom-json', frame: 'fractions', stop: ['<end_of_utterance>'] },
  'qwen2_5-vl-3b': {
    family: 'qwen2_5_vl',
    protocol: 'qwen-tools',
    frame: 'resized-pixels',
    stopIds: [151645],
  },
  'qwen3_5-0.8b': {
    family: 'qwen3_5',
    protocol: 'qwen-xml',
    frame: 'thousandths',
    stop: ['<|im_end|>'],
    stopIds: [248046, 248044],
  },
  'lfm2-vl-450m': { family: 'lfm2_vl', protocol: 'zoom-json', frame: 'fractions', stop: ['<|im_end|>'] },
} as const;

describe.skipIf(!here)('real configurations', () => {
  it.each(foldersOf('config.json'))('%s is understood', async (name) => {
    const manifest = (await inspectRepo(repoOf(name))).manifest('q4');
    expect(parseManifest(manifest)).toEqual(manifest);
    expect(manifest).toMatchObject(EXPECTED[name as keyof typeof EXPECTED]);
  });

  it('LiquidAI’s 3B in q4 takes the half-precision embeddings and 3,398 MB; Qwen3.5’s OPT four bits all through', () => {
    const listings = json('listings.json') as Record<string, Record<string, number>>;
    const option = (like: RegExp) => {
      const [, files = {}] = Object.entries(listings).find(([name]) => like.test(name)) ?? [];
      const numbers = Object.entries(files).filter(([, bytes]) => typeof bytes === 'number');
      return dtypeOptions(new Map(numbers.map(([path, bytes]) => [path, { path, bytes }]))).find(
        ({ dtype }) => dtype === 'q4',
      );
    };
    expect(option(/LFM2\.5-VL-3B/)).toMatchObject({ parts: { vision: 'q4', embed: 'fp16' }, features: [] });
    expect(Math.round((option(/LFM2\.5-VL-3B/)?.bytes ?? 0) / 1e6)).toBe(3398);
    expect(option(/Qwen3\.5-0\.8B-ONNX-OPT/)).toMatchObject({ parts: { vision: 'q4', embed: 'q4' }, features: [] });
    expect(Math.round((option(/Qwen3\.5-0\.8B-ONNX-OPT/)?.bytes ?? 0) / 1e6)).toBe(716);
  });
});

const TURN: Message = { role: 'assistant', text: '', tokenIds: [1] };
const image = { key: 'k', width: 1, height: 1, data: new Uint8ClampedArray(4) };
const QUESTION: Message[] = [
  { role: 'system', text: 'Look closely.' },
  {
    role: 'user',
    content: [
      { type: 'image', image },
      { type: 'text', text: 'What is it?', typed: true },
    ],
  },
];
const LATER: Message = { role: 'user', content: [{ type: 'text', text: '<tool_response>\nx\n</tool_response>' }] };

/** Every template that is at hand, by its name. */
const templates = new Map<string, string>(
  here
    ? [
        ...readdirSync(join(hub, 'templates')).map((name): [string, string] => [name, text('templates', name)]),
        ...foldersOf('chat_template.jinja').map((name): [string, string] => [name, text(name, 'chat_template.jinja')]),
        ...foldersOf('chat_template.json').map((name): [string, string] => [
          name,
          templateIn(json(name, 'chat_template.json')) ?? '',
        ]),
      ]
    : [],
);
/** Of models that do not see. */
const WORDS_ONLY = /^(lfm2_v2|lfm2_2_5)\.jinja$/;

describe.skipIf(!here)('real chat templates', () => {
  it.each([...templates.keys()].filter((name) => !WORDS_ONLY.test(name)))(
    '%s can be followed over two turns',
    (name) => {
      const template = createChatTemplate(templates.get(name) ?? '', { bos_token: '', eos_token: '' });
      const plain = { clean: (words: string) => words, placeholder: '<|image|>' };
      const first = template.layOut(QUESTION, plain);
      const second = template.layOut([...QUESTION, TURN, LATER], plain);
      expect(first).toHaveLength(1);
      expect(second).toHaveLength(2);
      // What a turn was written after is what it stands after later.
      expect(second[0]).toBe(first[0]);
      expect(first[0]).toMatch(/Look closely\.[\s\S]*image[\s\S]*What is it\?/);
    },
  );

  it.each([...templates.keys()].filter((name) => templates.get(name)?.includes('<function=')))(
    '%s writes of our tool what qwen-xml writes',
    (name) => {
      const xml = findDialect('qwen-xml')!;
      const prompt = xml.systemPrompt(true, 'thousandths');
      const tool: unknown = JSON.parse(/^\{"type": "function".*$/m.exec(prompt)?.[0] ?? '');
      const paragraph = prompt.split('</IMPORTANT>\n\n')[1] ?? '';
      const user = QUESTION.slice(1);
      const template = createChatTemplate(templates.get(name) ?? '', {});
      const plain = { clean: (words: string) => words, placeholder: '<|image|>' };
      expect(template.layOut([{ role: 'system', text: prompt }, ...user], plain)).toEqual(
        template.layOut([{ role: 'system', text: paragraph }, ...user], plain, [tool]),
      );
    },
  );
});

describe.skipIf(!here)('Gemma 4’s real template', () => {
  const gemma = findDialect('gemma-tools')!;
  const named = [...templates].filter(([, one]) => one.includes('<|tool_call>call:'));
  const IMAGE = '<|image|>';
  const CALL = '<|tool_call>call:image_zoom_in_tool{bbox_2d:[100,200,400,500],label:<|"|>dog<|"|>}<tool_call|>';

  const around = (pieces: readonly string[], turns: readonly string[]) =>
    pieces.map((piece, i) => piece + (turns[i] ?? '')).join('');

  it.each(named.flatMap(([name, one]) => [false, true].map((thinking) => ({ name, one, thinking }))))(
    '$name, thinking $thinking, writes of our tool, its calls and its results what gemma-tools writes',
    ({ one, thinking }) => {
      const template = createChatTemplate(one, { bos_token: '<bos>' }, thinking);
      const words = { clean: (text: string) => text, placeholder: IMAGE };
      const systemPrompt = gemma.systemPrompt(true, 'thousandths');
      const tool = { type: 'function', function: zoomFunction('thousandths') };
      const name = tool.function.name;
      const thought = (text: string) => (thinking ? `<|channel>thought\n${text}\n<channel|>` : '');
      const reasoning = (text: string) => (thinking ? { reasoning: text } : {});
      const call = { function: { name, arguments: { bbox_2d: [100, 200, 400, 500], label: 'dog' } }, id: 'a' };
      const asked = (text: string) => ({ role: 'assistant', content: '', tool_calls: [call], ...reasoning(text) });
      const answer = (content: object) => ({ role: 'tool', tool_call_id: 'a', content: [content] });
      const expected = (messages: readonly object[]) => {
        const [paragraph = ''] = systemPrompt.split('<|tool>');
        const opening = [
          { role: 'system', content: paragraph },
          { role: 'user', content: [{ type: 'image' }, { type: 'text', text: 'What is it?' }] },
        ];
        const all = { messages: [...opening, ...messages], tools: [tool], bos_token: '<bos>' };
        return new Template(one).render({ ...all, add_generation_prompt: true, enable_thinking: thinking });
      };
      const [, ...question] = QUESTION;
      const opening: Message[] = [{ role: 'system', text: systemPrompt }, ...question];
      expect(template.layOut(opening, words)).toEqual([expected([])]);

      const crop = gemma.result([{ type: 'image', image }], name);
      const told = gemma.refusal('Error: no.', name);
      const said = gemma.said([{ type: 'text', text: 'And now?' }]);
      const pieces = template.layOut([...opening, TURN, crop, TURN, told], words);
      // The first turn thinks by itself, the one that goes on in a thought that is begun for it.
      const [first, again] = [thought('Far.') + CALL, (thinking ? 'Near.\n<channel|>' : '') + CALL];
      const turns = [
        asked('Far.'),
        answer({ type: 'image' }),
        asked('Near.'),
        answer({ type: 'text', text: 'Error: no.' }),
      ];
      expect(around(pieces, [first, again])).toBe(expected(turns));
      const later = template.layOut([...opening, TURN, crop, TURN, told, said], words);
      // Thoughts before a person's next words are left out by the template, and kept here: the model's own log goes on.
      const more = [...turns.map((turn) => ({ ...turn, reasoning: undefined })), { role: 'user', content: 'And now?' }];
      const bare = later.map((piece) => piece.replace('<|channel>thought\n', ''));
      expect(around(bare, [CALL, CALL])).toBe(expected(more));
    },
  );
});

describe.skipIf(!here)('real tokenizers', () => {
  const recorded =
    ids === undefined
      ? null
      : (JSON.parse(readFileSync(ids, 'utf8')) as { texts: string[]; ids: Record<string, number[][]> });

  it.skipIf(recorded === null).each(foldersOf('tokenizer.json.gz'))('%s gives the reference’s ids', (name) => {
    const tokenizer = tokenizerOf(name);
    const wrong = recorded?.texts.filter(
      (one, i) => JSON.stringify(tokenizer.encode(one)) !== JSON.stringify(recorded.ids[name]?.[i]),
    );
    expect(wrong).toEqual([]);
  });

  it.each(foldersOf('tokenizer.json.gz'))('%s: nobody types a tag into being', (name) => {
    const tokenizer = tokenizerOf(name);
    const tags = tokenizer.addedTokens.filter((token) => /^[<[].*[>\]]$/s.test(token));
    const render = createPromptRenderer({
      template: createChatTemplate(
        '{% for m in messages %}{% for c in m.content %}{{ c.text }}{% endfor %}{% endfor %}',
        {},
      ),
      tokenizer,
      model: { placeholder: '\u0007', imageTokenId: -1, reserved: [], imageBlock: () => ({ ids: [], grid: null }) },
      stop: [],
      vocab: 1e6,
    });
    const known = new Set(tags.map((token) => tokenizer.idOf(token)));
    for (const token of [...tags, ...tags.map((one) => `${one}${one}`), '<tool_<tool_call>call>']) {
      const typed = render([{ role: 'user', content: [{ type: 'text', text: token, typed: true }] }]);
      expect(typed.positions.filter((position) => known.has(position.id))).toEqual([]);
    }
  });
});
