/** Messages, Gemini and Responses over answers in the shapes their recordings have; every word, number and signature is made up. */
import { describe, expect, it } from 'vitest';
import type { Message } from '../contract';
import { collect, image, json, live, loaded, named, question, request, serving, stream } from './fixtures/serving';

const tools = [
  {
    type: 'function',
    function: { name: 'image_zoom_in_tool', description: 'Zoom.', parameters: { type: 'object', properties: {} } },
  },
];
const list = { data: [{ id: 'some-model' }] };

/** The turn before, with what its call came to. */
const after = (text: string): readonly Message[] => [
  ...question,
  { role: 'assistant', text },
  {
    role: 'user',
    result: true,
    content: [
      { type: 'text', text: 'Enlarged.' },
      { type: 'image', image: image('two') },
    ],
  },
];

const PNG = (key: string) => btoa(key);

/** A turn that called twice, with what both came to, and then words. */
const afterTwo = (text: string): readonly Message[] => [
  ...after(text),
  { role: 'user', result: true, content: [{ type: 'text', text: 'Refused.' }] },
  { role: 'user', content: [{ type: 'text', text: 'Go on.' }] },
];
const twoCalls = ['1, 2, 3, 4', '5, 6, 7, 8']
  .map((box) => `<tool_call>{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [${box}]}}</tool_call>`)
  .join('');

describe('Anthropic Messages', () => {
  const MESSAGES = 'remote:messages?url=https://api.anthropic.com/v1&model=claude-test';
  const turn = () =>
    named([
      {
        type: 'message_start',
        message: { model: 'claude-test', usage: { input_tokens: 40, cache_read_input_tokens: 60 } },
      },
      { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'Small.' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 'c2lnbmVk' } },
      { type: 'content_block_stop', index: 0 },
      { type: 'ping' },
      { type: 'content_block_start', index: 1, content_block: { type: 'redacted_thinking', data: 'aGlkZGVu' } },
      { type: 'content_block_stop', index: 1 },
      { type: 'content_block_start', index: 2, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 2, delta: { type: 'text_delta', text: 'Closer.' } },
      { type: 'content_block_stop', index: 2 },
      {
        type: 'content_block_start',
        index: 3,
        content_block: { type: 'tool_use', id: 'toolu_one', name: 'image_zoom_in_tool', input: {} },
      },
      {
        type: 'content_block_delta',
        index: 3,
        delta: { type: 'input_json_delta', partial_json: '{"bbox_2d": [1, 2,' },
      },
      { type: 'content_block_delta', index: 3, delta: { type: 'input_json_delta', partial_json: ' 3, 4]}' } },
      { type: 'content_block_stop', index: 3 },
      {
        type: 'content_block_start',
        index: 4,
        content_block: { type: 'tool_use', id: 'toolu_two', name: 'image_zoom_in_tool', input: {} },
      },
      { type: 'content_block_stop', index: 4 },
      { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 12 } },
      { type: 'message_stop' },
    ]);
  const answer = () =>
    named([
      { type: 'message_start', message: { usage: { input_tokens: 1 } } },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'K7' } },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' } },
      { type: 'message_stop' },
    ]);

  it('has the zoom as a tool, its crop in the result, and thinking back unchanged with its signature', async () => {
    const server = serving(list, [turn(), answer()]);
    const { engine, card } = await loaded(server, MESSAGES, 'sk-ant-test');
    expect(card).toMatchObject({
      dialect: 'native',
      frame: 'resized-pixels',
      image: { sizing: { longestEdge: 1568 } },
    });
    const { text, end } = await collect(engine.generate(request({ tools }), live()));
    expect(text).toBe(
      '<think>Small.</think>\nCloser.<tool_call>{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [1, 2, 3, 4]}}</tool_call>' +
        '<tool_call>{"name": "image_zoom_in_tool", "arguments": {}}</tool_call>',
    );
    expect(end.usage).toMatchObject({ promptTokens: 100, reusedTokens: 60, outputTokens: 12 });
    const [first] = server.asked;
    expect(first).toMatchObject({
      url: 'https://api.anthropic.com/v1/messages',
      headers: {
        'x-api-key': 'sk-ant-test',
        'anthropic-version': '2023-06-01',
        'anthropic-dangerous-direct-browser-access': 'true',
      },
      body: {
        model: 'claude-test',
        system: 'Look.',
        max_tokens: 64,
        tools: [{ name: 'image_zoom_in_tool', input_schema: {} }],
      },
    });
    expect(first?.body?.messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PNG('one') } },
          { type: 'text', text: 'What?' },
        ],
      },
    ]);
    expect((await collect(engine.generate(request({ tools, messages: after(text) }), live()))).text).toBe('K7');
    expect(server.asked[1]?.body?.messages).toMatchObject([
      { role: 'user' },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Small.', signature: 'c2lnbmVk' },
          { type: 'redacted_thinking', data: 'aGlkZGVu' },
          { type: 'text', text: 'Closer.' },
          { type: 'tool_use', id: 'toolu_one', input: { bbox_2d: [1, 2, 3, 4] } },
          { type: 'tool_use', id: 'toolu_two', input: {} },
        ],
      },
      {
        role: 'user',
        content: [
          {
            type: 'tool_result',
            tool_use_id: 'toolu_one',
            content: [{ type: 'text', text: 'Enlarged.' }, { type: 'image' }],
          },
          { type: 'tool_result', tool_use_id: 'toolu_two', is_error: true },
        ],
      },
    ]);
  });

  it('has all results of a turn first, in the order of its calls, under the names that came with them', async () => {
    const server = serving(list, [turn(), answer()]);
    const { engine } = await loaded(server, MESSAGES);
    const { text } = await collect(engine.generate(request({ tools }), live()));
    await collect(engine.generate(request({ tools, messages: afterTwo(text) }), live()));
    expect((server.asked[1]?.body?.messages as readonly object[])[2]).toEqual({
      role: 'user',
      content: [
        {
          type: 'tool_result',
          tool_use_id: 'toolu_one',
          content: [{ type: 'text', text: 'Enlarged.' }, expect.objectContaining({ type: 'image' })],
        },
        {
          type: 'tool_result',
          tool_use_id: 'toolu_two',
          content: [{ type: 'text', text: 'Refused.' }],
          is_error: true,
        },
        { type: 'text', text: 'Go on.' },
      ],
    });
  });

  it('goes on without what it sent where that is not known any more', async () => {
    const server = serving(list, [answer()]);
    const { engine } = await loaded(server, MESSAGES);
    const messages = after(
      '<think>Small.</think>\n<tool_call>{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [1]}}</tool_call>',
    );
    await collect(engine.generate(request({ tools, messages }), live()));
    expect(server.asked[0]?.body?.messages).toMatchObject([
      {},
      {
        role: 'assistant',
        content: [{ type: 'tool_use', id: 'call00001', name: 'image_zoom_in_tool', input: { bbox_2d: [1] } }],
      },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'call00001' }] },
    ]);
  });

  it('names what goes wrong in the middle, and a refusal', async () => {
    const overloaded = named([{ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }]);
    const refused = named([{ type: 'message_delta', delta: { stop_reason: 'refusal' } }]);
    for (const [answered, code] of [
      [overloaded, 'failed'],
      [refused, 'blocked'],
    ] as const) {
      const { engine } = await loaded(serving(list, [answered]), MESSAGES);
      await expect(collect(engine.generate(request(), live()))).rejects.toMatchObject({ problem: { code } });
    }
  });
});

describe('Gemini', () => {
  const gemini = (model: string) => `remote:gemini?url=https://generativelanguage.googleapis.com&model=${model}`;
  const models = {
    models: [{ name: 'models/gemini-3-test', inputTokenLimit: 1000, supportedGenerationMethods: ['generateContent'] }],
  };
  const chunk = (parts: readonly object[], more: object = {}) => ({
    candidates: [{ content: { role: 'model', parts }, index: 0, ...more }],
    usageMetadata: { promptTokenCount: 50, candidatesTokenCount: 3, thoughtsTokenCount: 4 },
  });
  const call = {
    functionCall: { id: 'fc-1', name: 'image_zoom_in_tool', args: { box_2d: [1, 2, 3, 4] } },
    thoughtSignature: 'c2lnbmVk',
  };
  const turn = () =>
    stream([
      chunk([{ text: 'Sm', thought: true }]),
      chunk([{ text: 'all.', thought: true }]),
      chunk([call], { finishReason: 'STOP' }),
    ]);
  const answer = () =>
    stream([chunk([{ text: 'K7' }]), chunk([{ text: '', thoughtSignature: 'ZW5k' }], { finishReason: 'STOP' })]);

  it('asks y first in thousandths, and takes the crop inside the response, signatures unchanged', async () => {
    const server = serving(models, [turn(), answer()]);
    const { engine, card } = await loaded(server, gemini('gemini-3-test'), 'g-test');
    expect(card).toMatchObject({ dialect: 'native-yx', frame: 'thousandths', context: 1000 });
    const { text, end } = await collect(engine.generate(request({ tools }), live()));
    expect(text).toBe(
      '<think>Small.</think>\n<tool_call>{"name": "image_zoom_in_tool", "arguments": {"box_2d":[1,2,3,4]}}</tool_call>',
    );
    expect(end.usage).toMatchObject({ promptTokens: 50, outputTokens: 7 });
    await collect(engine.generate(request({ tools, messages: after(text) }), live()));
    const [first, second] = server.asked;
    expect(first).toMatchObject({
      url: 'https://generativelanguage.googleapis.com/v1beta/models/gemini-3-test:streamGenerateContent?alt=sse',
      headers: { 'x-goog-api-key': 'g-test' },
      body: {
        systemInstruction: { parts: [{ text: 'Look.' }] },
        generationConfig: { maxOutputTokens: 64 },
        tools: [{ functionDeclarations: [{ name: 'image_zoom_in_tool' }] }],
      },
    });
    expect(second?.body?.contents).toEqual([
      { role: 'user', parts: [{ inlineData: { mimeType: 'image/png', data: PNG('one') } }, { text: 'What?' }] },
      { role: 'model', parts: [{ text: 'Small.', thought: true }, call] },
      {
        role: 'user',
        parts: [
          {
            functionResponse: {
              id: 'fc-1',
              name: 'image_zoom_in_tool',
              response: { result: 'Enlarged.' },
              parts: [{ inlineData: { mimeType: 'image/png', data: PNG('two') } }],
            },
          },
        ],
      },
    ]);
  });

  it('before Gemini 3 has the crop beside the response', async () => {
    const server = serving(models, [turn(), answer()]);
    const { engine } = await loaded(server, gemini('gemini-2.5-test'));
    const { text } = await collect(engine.generate(request({ tools }), live()));
    await collect(engine.generate(request({ tools, messages: after(text) }), live()));
    expect(
      (server.asked[1]?.body?.contents as readonly { parts: object[] }[])[2]?.parts.map((part) => Object.keys(part)[0]),
    ).toEqual(['functionResponse', 'inlineData']);
  });

  it.each([
    ['gemini-3-test', ['functionResponse', 'functionResponse', 'text']],
    ['gemini-2.5-test', ['functionResponse', 'functionResponse', 'text', 'inlineData', 'text']],
  ])('has every response of a turn before anything else (%s)', async (model, parts) => {
    const server = serving(models, [answer()]);
    const { engine } = await loaded(server, gemini(model));
    await collect(engine.generate(request({ tools, messages: afterTwo(twoCalls) }), live()));
    const contents = server.asked[0]?.body?.contents as readonly { parts: readonly object[] }[]; // as it was just sent
    expect(contents[1]?.parts).toMatchObject([{ functionCall: {} }, { functionCall: {} }]);
    expect(contents[2]?.parts.map((part) => Object.keys(part)[0])).toEqual(parts);
    expect(contents[2]?.parts.slice(0, 2)).toMatchObject([
      { functionResponse: { response: { result: 'Enlarged.' } } },
      { functionResponse: { response: { error: 'Refused.' } } },
    ]);
  });

  it('says why it did not answer', async () => {
    const blocked = stream([{ promptFeedback: { blockReason: 'SAFETY' } }]);
    const { engine } = await loaded(serving(models, [blocked]), gemini('gemini-3-test'));
    await expect(collect(engine.generate(request(), live()))).rejects.toMatchObject({
      problem: { code: 'blocked', params: { why: 'SAFETY' } },
    });
  });
});

describe('OpenAI Responses', () => {
  const RESPONSES = 'remote:responses?url=https://api.openai.com&model=gpt-test';
  const reasoning = { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'c2VjcmV0', status: 'completed' };
  const call = {
    type: 'function_call',
    id: 'fc_1',
    call_id: 'call_abc',
    name: 'image_zoom_in_tool',
    arguments: '{"bbox_2d": [1, 2, 3, 4]}',
    status: 'completed',
  };
  const usage = { input_tokens: 30, output_tokens: 5, input_tokens_details: { cached_tokens: 10 } };
  const turn = () =>
    stream([
      { type: 'response.created', response: { model: 'gpt-test' } },
      { type: 'response.output_item.added', output_index: 0, item: { ...reasoning, encrypted_content: '' } },
      { type: 'response.reasoning_summary_text.delta', output_index: 0, delta: 'Small.' },
      { type: 'response.output_item.done', output_index: 0, item: reasoning },
      { type: 'response.output_item.added', output_index: 1, item: { ...call, arguments: '' } },
      { type: 'response.function_call_arguments.delta', output_index: 1, delta: '{"bbox_2d": [1, 2,' },
      { type: 'response.function_call_arguments.delta', output_index: 1, delta: ' 3, 4]}' },
      { type: 'response.output_item.done', output_index: 1, item: call },
      { type: 'response.completed', response: { usage, output: [] } },
    ]);
  const answer = () =>
    stream([
      { type: 'response.output_text.delta', output_index: 0, delta: 'K7' },
      { type: 'response.completed', response: { usage } },
    ]);

  it('stores nothing there: reasoning goes back encrypted, the crop in what the call came to', async () => {
    const server = serving(list, [turn(), answer()]);
    const { engine } = await loaded(server, RESPONSES, 'sk-test');
    const { text, end } = await collect(engine.generate(request({ tools }), live()));
    expect(text).toBe(
      '<think>Small.</think>\n<tool_call>{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [1, 2, 3, 4]}}</tool_call>',
    );
    expect(end.usage).toMatchObject({ promptTokens: 30, reusedTokens: 10, prefilledTokens: 20, outputTokens: 5 });
    expect((await collect(engine.generate(request({ tools, messages: after(text) }), live()))).text).toBe('K7');
    const [first, second] = server.asked;
    expect(first).toMatchObject({
      url: 'https://api.openai.com/v1/responses',
      headers: { authorization: 'Bearer sk-test' },
      body: {
        instructions: 'Look.',
        store: false,
        stream: true,
        include: ['reasoning.encrypted_content'],
      },
    });
    expect(second?.body?.input).toEqual([
      {
        role: 'user',
        content: [
          { type: 'input_image', image_url: `data:image/png;base64,${PNG('one')}`, detail: 'high' },
          { type: 'input_text', text: 'What?' },
        ],
      },
      { type: 'reasoning', summary: [], encrypted_content: 'c2VjcmV0' },
      {
        type: 'function_call',
        call_id: 'call_abc',
        name: 'image_zoom_in_tool',
        arguments: '{"bbox_2d": [1, 2, 3, 4]}',
      },
      {
        type: 'function_call_output',
        call_id: 'call_abc',
        output: [
          { type: 'input_text', text: 'Enlarged.' },
          { type: 'input_image', image_url: `data:image/png;base64,${PNG('two')}`, detail: 'high' },
        ],
      },
    ]);
  });

  it('ties each result to its call, and answers a call that came to nothing', async () => {
    const server = serving(list, [answer(), answer()]);
    const { engine } = await loaded(server, RESPONSES);
    await collect(engine.generate(request({ tools, messages: afterTwo(twoCalls) }), live()));
    await collect(engine.generate(request({ tools, messages: after(twoCalls) }), live()));
    const outputs = server.asked.map(({ body }) =>
      (body?.input as readonly { type?: string; call_id?: string; output?: unknown }[]) // as it was just sent
        .filter(({ type }) => type === 'function_call_output')
        .map(({ call_id: id, output }) => [id, JSON.stringify(output).replace(/.*"(Enlarged|Refused|Error).*/, '$1')]),
    );
    expect(outputs).toEqual([
      [
        ['call00001', 'Enlarged'],
        ['call00002', 'Refused'],
      ],
      [
        ['call00001', 'Enlarged'],
        ['call00002', 'Error'],
      ],
    ]);
  });

  it('leaves out what a model without reasoning refuses, and ends early where tokens run out', async () => {
    const refusal = json(
      {
        error: {
          message: 'Encrypted content is not supported with this model.',
          type: 'invalid_request_error',
          param: 'include',
        },
      },
      400,
    );
    const cut = stream([
      { type: 'response.output_text.delta', delta: 'K' },
      { type: 'response.incomplete', response: { incomplete_details: { reason: 'max_output_tokens' } } },
    ]);
    const server = serving(list, [refusal, cut]);
    const { engine } = await loaded(server, RESPONSES);
    expect((await collect(engine.generate(request(), live()))).end.reason).toBe('length');
    expect(Object.keys(server.asked[1]?.body ?? {})).not.toContain('include');
  });

  it('names a failure by its code', async () => {
    const failed = stream([
      { type: 'response.failed', response: { error: { code: 'rate_limit_exceeded', message: 'Slow down.' } } },
    ]);
    const { engine } = await loaded(serving(list, [failed]), RESPONSES);
    await expect(collect(engine.generate(request(), live()))).rejects.toMatchObject({
      problem: { code: 'too-many-requests' },
    });
  });
});
