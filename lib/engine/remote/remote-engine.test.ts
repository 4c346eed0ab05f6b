/** The engine over answers in the shapes that llama.cpp and vLLM give; a real llama.cpp answers in llama.test.ts. */
import { describe, expect, it } from 'vitest';
import {
  collect,
  json,
  live,
  llamaModels,
  loaded,
  question,
  request,
  serving,
  stream,
  unknownModels,
  vllmModels,
} from './fixtures/serving';

const LLAMA = 'remote:chat?url=http://127.0.0.1:8080/v1&model=tiny-qwen2.5-vl';
const VLLM = 'remote:chat?url=http://localhost:8000/v1&model=ChenShawn/DeepEyes-7B';
const OTHER = 'remote:chat?url=https://api.example.com/v1&model=some-model';

interface Spelled {
  readonly token: string;
  readonly id?: number;
  readonly bytes?: readonly number[];
}

const told = ({ token, id, bytes = [...new TextEncoder().encode(token)] }: Spelled) => ({
  ...(id !== undefined && { id }),
  token,
  bytes,
  logprob: -0.5,
  top_logprobs: [{ token, bytes, logprob: -0.5 }],
});

/** A chunk of words, with the tokens that are told of it. */
const chunk = (delta: object, tokens: readonly Spelled[] = [], more: object = {}) => ({
  choices: [
    { index: 0, delta, finish_reason: null, ...(tokens.length > 0 && { logprobs: { content: tokens.map(told) } }) },
  ],
  object: 'chat.completion.chunk',
  ...more,
});
const words = (text: string, ...tokens: string[]) =>
  chunk(
    { content: text },
    (tokens.length > 0 ? tokens : [text]).map((token) => ({ token, id: 5 })),
  );
const ended = (reason = 'stop') => ({ choices: [{ index: 0, delta: {}, finish_reason: reason }] });
const done = [ended(), '[DONE]'];

describe('a server’s words', () => {
  it('come with ids, probabilities and alternatives, progress and times where llama.cpp tells them', async () => {
    const server = serving(llamaModels, [
      stream([
        chunk({ role: 'assistant', content: null }, [], { prompt_progress: { total: 30, cache: 1, processed: 20 } }),
        words('<think>'),
        words('A cat.'),
        words('</think>'),
        ended(),
        {
          choices: [],
          usage: { prompt_tokens: 30, completion_tokens: 3, prompt_tokens_details: { cached_tokens: 1 } },
          timings: { cache_n: 1, prompt_n: 29, prompt_ms: 12.5, predicted_n: 3, predicted_ms: 4.5 },
        },
        '[DONE]',
      ]),
    ]);
    const { engine, card, name, notes } = await loaded(server, LLAMA);
    const { events, tokens, text, end } = await collect(engine.generate(request(), live()));
    expect(events[0]).toEqual({ type: 'progress', phase: 'prefill', done: 20, total: 30 });
    expect(text).toBe('<think>A cat.</think>');
    expect(tokens[1]).toEqual({
      type: 'token',
      id: 5,
      text: 'A cat.',
      logprob: -0.5,
      top: [{ id: null, text: 'A cat.', logprob: -0.5 }],
    });
    expect(end).toMatchObject({
      reason: 'stop',
      usage: {
        promptTokens: 30,
        reusedTokens: 1,
        prefilledTokens: 29,
        outputTokens: 3,
        prefillMs: 12.5,
        decodeMs: 4.5,
      },
    });
    expect(name).toBe('llama.cpp b9-test');
    expect(card).toMatchObject({
      dialect: 'qwen-tools',
      frame: 'resized-pixels',
      context: 8192,
      can: { grammar: true },
    });
    expect(server.asked[0]).toMatchObject({
      url: 'http://127.0.0.1:8080/v1/chat/completions',
      body: {
        stream: true,
        logprobs: true,
        top_logprobs: 5,
        return_progress: true,
        reasoning_format: 'none',
        seed: 7,
        max_tokens: 64,
      },
    });
    expect(server.asked[0]?.body?.messages).toEqual([
      { role: 'system', content: 'Look.' },
      {
        role: 'user',
        content: [
          { type: 'image_url', image_url: { url: `data:image/png;base64,${btoa('one')}` } },
          { type: 'text', text: 'What?' },
        ],
      },
    ]);
    expect(notes).toEqual([]);
  });

  it('lose the stop string that vLLM keeps in its tokens, and shift nothing', async () => {
    // The words wait for a stop string that may be beginning: tokens are ahead of them.
    const server = serving(vllmModels, [
      stream([
        chunk({ content: 'a {' }, [{ token: 'a' }, { token: ' {' }]),
        chunk({ content: '' }, [{ token: '}' }, { token: '</' }]),
        chunk({ content: '}' }, [{ token: 'tool_call' }, { token: '>' }]),
        ...done,
      ]),
    ]);
    const { engine, notes } = await loaded(server, VLLM);
    const { tokens } = await collect(engine.generate(request(), live()));
    expect(tokens.map(({ text, logprob }) => [text, logprob])).toEqual([
      ['a', -0.5],
      [' {', -0.5],
      ['}', -0.5],
    ]);
    expect(notes).toEqual([]);
  });

  it('joins the bytes of a character that stands in two tokens', async () => {
    const [first, ...rest] = new TextEncoder().encode('é');
    const server = serving(vllmModels, [
      stream([
        chunk({ content: '' }, [{ token: '\ufffd', bytes: [first ?? 0] }]),
        chunk({ content: 'é' }, [{ token: '\ufffd', bytes: rest }]),
        ...done,
      ]),
    ]);
    const { engine } = await loaded(server, VLLM);
    const { tokens } = await collect(engine.generate(request(), live()));
    expect(tokens.map(({ text, logprob }) => [text, logprob])).toEqual([
      ['', -0.5],
      ['é', -0.5],
    ]);
  });

  it('go without probabilities from where the tokens spell something else, and say so', async () => {
    const server = serving(llamaModels, [
      stream([
        words('one '),
        chunk({ content: 'two ' }, [{ token: '\n\n' }, { token: 'two ' }]),
        words('three'),
        ...done,
      ]),
    ]);
    const { engine, notes } = await loaded(server, LLAMA);
    const { tokens, text } = await collect(engine.generate(request(), live()));
    expect(text).toBe('one two three');
    expect(tokens.map(({ logprob }) => logprob)).toEqual([-0.5, null, null]);
    expect(notes).toEqual(['logprobs-differ']);
  });

  it.each(['reasoning', 'reasoning_content', 'thinking'])(
    'find thoughts under “%s”, and send them back under it',
    async (name) => {
      const answer = () =>
        stream([
          // llama.cpp takes the tag out of the words and leaves it in the tokens.
          chunk({ content: null }, [{ token: '<think>' }]),
          chunk({ [name]: 'Small.' }, [{ token: 'Small.' }]),
          words('A cat.'),
          ...done,
        ]);
      const server = serving(llamaModels, [answer(), answer()]);
      const { engine, notes } = await loaded(server, LLAMA);
      const { text, tokens } = await collect(engine.generate(request(), live()));
      expect(text).toBe('<think>Small.</think>\nA cat.');
      expect(tokens.find((token) => token.text === 'A cat.')?.logprob).toBe(-0.5);
      expect(notes).toEqual([]);
      const next = [
        ...question,
        { role: 'assistant', text } as const,
        { role: 'user', content: [{ type: 'text', text: 'Sure?' }] } as const,
      ];
      await collect(engine.generate(request({ messages: next }), live()));
      expect(server.asked[1]?.body?.messages).toContainEqual({
        role: 'assistant',
        content: 'A cat.',
        [name]: 'Small.',
      });
    },
  );

  it('are text alone where a server tells no tokens, which is said once', async () => {
    const server = serving(unknownModels, [
      stream([chunk({ content: 'A' }), ...done]),
      stream([chunk({ content: 'A' }), ...done]),
    ]);
    const { engine, notes } = await loaded(server, OTHER);
    await collect(engine.generate(request(), live()));
    const { tokens } = await collect(engine.generate(request(), live()));
    expect(tokens).toEqual([{ type: 'token', id: null, text: 'A', logprob: null, top: [] }]);
    expect(notes).toEqual(['logprobs-absent']);
    expect(Object.keys(server.asked[0]?.body ?? {})).not.toContain('return_progress');
  });
});

it('leaves Gemma’s control tokens in the words, where its calls are made of them', async () => {
  const asked = async (model: string, tools: readonly unknown[]) => {
    const server = serving(vllmModels, [stream([chunk({ content: 'A cat.' }), ...done])]);
    const { engine } = await loaded(server, `remote:chat?url=http://localhost:8000/v1&model=${model}`);
    await collect(engine.generate(request({ tools }), live()));
    return server.asked[0]?.body?.skip_special_tokens;
  };
  const tool = { type: 'function', function: { name: 'zoom', description: '', parameters: {} } };
  expect(await asked('google/gemma-4-E2B-it', [])).toBe(false);
  expect(await asked('google/gemma-4-E2B-it', [tool])).toBeUndefined();
  expect(await asked('Qwen/Qwen3-VL-2B-Instruct', [])).toBeUndefined();
});

describe('a server’s own calls', () => {
  const tools = [{ type: 'function', function: { name: 'image_zoom_in_tool', description: 'Zoom.', parameters: {} } }];
  const call = (more: object) => chunk({ content: null, tool_calls: [{ index: 0, ...more }] });

  it('are read as a call, however broken, and go back as calls with the picture in a turn after them', async () => {
    const server = serving(vllmModels, [
      stream([
        chunk({ content: 'Closer.' }),
        call({ id: 'chatcmpl-tool-1', type: 'function', function: { name: 'image_zoom_in_tool' } }),
        call({ function: { arguments: '{"bbox_2d": [1, 2' } }),
        call({ function: { arguments: ', 3, 4]}' } }),
        ended('tool_calls'),
        '[DONE]',
      ]),
      stream([chunk({ content: 'A cat.' }), ...done]),
    ]);
    const { engine } = await loaded(server, `${VLLM}&dialect=native`);
    const { text } = await collect(engine.generate(request({ tools }), live()));
    expect(text).toBe(
      'Closer.<tool_call>{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [1, 2, 3, 4]}}</tool_call>',
    );
    const messages = [
      ...question,
      { role: 'assistant', text } as const,
      {
        role: 'user',
        result: true,
        content: [
          { type: 'text', text: 'Enlarged.' },
          { type: 'image', image: { key: 'two', width: 1, height: 1, data: new Uint8ClampedArray(4) } },
        ],
      } as const,
    ];
    await collect(engine.generate(request({ tools, messages }), live()));
    expect(server.asked[1]?.body?.messages).toMatchObject([
      {},
      {},
      {
        role: 'assistant',
        content: 'Closer.',
        tool_calls: [
          { id: 'call00001', function: { name: 'image_zoom_in_tool', arguments: '{"bbox_2d": [1, 2, 3, 4]}' } },
        ],
      },
      { role: 'tool', tool_call_id: 'call00001', content: 'Enlarged.' },
      { role: 'user', content: [{ type: 'image_url' }] },
    ]);
  });

  it('that come several in a turn, streamed at once, are all read and all told before their pictures', async () => {
    const also = (index: number, more: object) => chunk({ content: null, tool_calls: [{ index, ...more }] });
    const server = serving(vllmModels, [
      stream([
        also(0, { function: { name: 'image_zoom_in_tool', arguments: '{"bbox_2d": [1,' } }),
        also(1, { function: { name: 'image_zoom_in_tool', arguments: '{"bbox_2d": [5,' } }),
        also(0, { function: { arguments: ' 2, 3, 4]}' } }),
        also(1, { function: { arguments: ' 6, 7, 8]}' } }),
        ended('tool_calls'),
        '[DONE]',
      ]),
      stream([chunk({ content: 'A cat.' }), ...done]),
    ]);
    const { engine } = await loaded(server, `${VLLM}&dialect=native`);
    const { text } = await collect(engine.generate(request({ tools }), live()));
    const call = (box: string) =>
      `<tool_call>{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [${box}]}}</tool_call>`;
    expect(text).toBe(call('1, 2, 3, 4') + call('5, 6, 7, 8'));
    const shown = (words: string) =>
      ({
        role: 'user',
        result: true,
        content: [
          { type: 'text', text: words },
          { type: 'image', image: { key: words, width: 1, height: 1, data: new Uint8ClampedArray(4) } },
        ],
      }) as const;
    const messages = [...question, { role: 'assistant', text } as const, shown('First.'), shown('Second.')];
    await collect(engine.generate(request({ tools, messages }), live()));
    expect((server.asked[1]?.body?.messages as readonly object[]).slice(2)).toMatchObject([
      { role: 'assistant', content: null, tool_calls: [{ id: 'call00001' }, { id: 'call00002' }] },
      { role: 'tool', tool_call_id: 'call00001', content: 'First.' },
      { role: 'tool', tool_call_id: 'call00002', content: 'Second.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'The picture of call 1:' },
          { image_url: { url: `data:image/png;base64,${btoa('First.')}` } },
          { type: 'text', text: 'The picture of call 2:' },
          { image_url: { url: `data:image/png;base64,${btoa('Second.')}` } },
        ],
      },
    ]);
  });

  it('that stream as no JSON stay as they were written', async () => {
    const server = serving(vllmModels, [
      stream([
        call({ function: { name: 'image_zoom_in_tool' } }),
        call({ function: { arguments: '", other' } }),
        ended('length'),
      ]),
    ]);
    const { engine } = await loaded(server, `${VLLM}&dialect=native`);
    const { text, end } = await collect(engine.generate(request({ tools }), live()));
    expect(text).toBe('<tool_call>{"name": "image_zoom_in_tool", "arguments": ", other}</tool_call>');
    expect(end.reason).toBe('length');
  });

  it('are all answered by “OK” first where Mistral wants it', async () => {
    const server = serving(unknownModels, [stream([chunk({ content: 'x' }), ...done])]);
    const { engine } = await loaded(
      server,
      'remote:chat?url=https://api.mistral.ai/v1&model=some-model&dialect=native',
    );
    const messages = [
      ...question,
      { role: 'assistant', text: '<tool_call>{"name": "image_zoom_in_tool", "arguments": {}}</tool_call>' } as const,
      {
        role: 'user',
        result: true,
        content: [{ type: 'image', image: { key: 'two', width: 1, height: 1, data: new Uint8ClampedArray(4) } }],
      } as const,
    ];
    await collect(engine.generate(request({ tools, messages }), live()));
    const sent = server.asked[0]?.body?.messages as readonly { role: string; content: unknown }[]; // as it was just sent
    expect(sent.map(({ role }) => role).slice(2)).toEqual(['assistant', 'tool', 'assistant', 'user']);
    expect(sent[4]?.content).toBe('OK');
  });
});

describe('what a server refuses', () => {
  it('is left out where it names a setting, and remembered', async () => {
    const refusal = json(
      { error: { code: 400, message: 'logprobs is not supported with tools + stream', type: 'invalid_request_error' } },
      400,
    );
    const server = serving(llamaModels, [
      refusal,
      stream([chunk({ content: 'A' }), ...done]),
      stream([chunk({ content: 'B' }), ...done]),
    ]);
    const { engine, notes } = await loaded(server, LLAMA);
    expect((await collect(engine.generate(request(), live()))).text).toBe('A');
    expect((await collect(engine.generate(request(), live()))).text).toBe('B');
    expect(server.asked.map(({ body }) => 'logprobs' in (body ?? {}))).toEqual([true, false, false]);
    expect(notes).toEqual(['logprobs-refused']);
  });

  it('is tried again where it is busy, as long as it asks, and then told', async () => {
    const busy = () => json({ error: { message: 'slow down' } }, 429, { 'retry-after': '2' });
    const server = serving(unknownModels, [
      busy(),
      busy(),
      stream([chunk({ content: 'A' }), ...done]),
      busy(),
      busy(),
      busy(),
    ]);
    const { engine } = await loaded(server, OTHER);
    expect((await collect(engine.generate(request(), live()))).text).toBe('A');
    await expect(collect(engine.generate(request(), live()))).rejects.toMatchObject({
      code: 'server',
      problem: { code: 'too-many-requests', params: { seconds: 2 } },
    });
    expect(server.asked).toHaveLength(6);
  });

  it('that breaks off midway keeps what was said and is a fault of its own', async () => {
    for (const broken of [stream([chunk({ content: 'A' })], true), stream([chunk({ content: 'A' })])]) {
      const { engine } = await loaded(serving(unknownModels, [broken]), OTHER);
      const heard: string[] = [];
      const listen = async () => {
        for await (const event of engine.generate(request(), live()))
          if (event.type === 'token') heard.push(event.text);
      };
      await expect(listen()).rejects.toMatchObject({ code: 'server', problem: { code: 'stream-died' } });
      expect(heard).toEqual(['A']);
    }
  });

  it('is no API where it is a web page, in the list and in an answer', async () => {
    const page = () =>
      new Response('<!doctype html><title>Hello</title>', { headers: { 'content-type': 'text/html' } });
    await expect(loaded(serving(page(), []), OTHER)).rejects.toMatchObject({ problem: { code: 'not-an-api' } });
    const { engine } = await loaded(serving(unknownModels, [page()]), OTHER);
    await expect(collect(engine.generate(request(), live()))).rejects.toMatchObject({
      problem: { code: 'not-an-api' },
    });
  });
});

it('stops within a token, and lets the server go', async () => {
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) =>
      controller.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(chunk({ content: 'A' }))}\n\n`)),
    cancel: () => void (cancelled = true),
  });
  const endless = new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  const { engine } = await loaded(serving(unknownModels, [endless]), OTHER);
  const stop = new AbortController();
  const after: string[] = [];
  for await (const event of engine.generate(request(), stop.signal)) {
    if (stop.signal.aborted) after.push(event.type === 'end' ? event.reason : event.type);
    if (event.type === 'token') stop.abort();
  }
  expect(after).toEqual(['abort']);
  expect(cancelled).toBe(true);
});

it('sends the key in its header alone, and repeats it nowhere', async () => {
  const key = 'sk-test-0123456789abcdef';
  const server = serving(unknownModels, [
    json(
      { error: { message: `Bad value near ${key} at https://inner.example/x`, type: 'invalid_request_error' } },
      400,
    ),
  ]);
  const { engine, card } = await loaded(server, OTHER, key);
  const failure: unknown = await collect(engine.generate(request(), live())).catch((error: unknown) => error);
  expect(server.asked[0]?.headers.authorization).toBe(`Bearer ${key}`);
  expect(JSON.stringify([server.asked[0]?.body, server.asked[0]?.url, card])).not.toContain(key);
  expect((failure as Error).message).toContain('refused');
  expect((failure as Error).message).not.toMatch(/sk-test|inner\.example/);
});
