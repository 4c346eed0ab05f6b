/** Logs as apps around the wires keep them: the reply beside its body, messages under names of their own, spans whose body is no more than words. */
import { describe, expect, it } from 'vitest';
import { boxesAt, lastCursor, questionOf } from '@/lib/trajectory';
import { openSet, readRow, runOf } from '../fixtures/opened';
import { pictureOf } from '../fixtures/picture';

const dataUrl = async (picture: Blob) =>
  `data:image/png;base64,${Buffer.from(await picture.arrayBuffer()).toString('base64')}`;
const [url, cropUrl] = await Promise.all([dataUrl(pictureOf(640, 480)), dataUrl(pictureOf(100, 80))]);

const QUESTION = 'What does the sign say?';
const content = [
  { type: 'text', text: QUESTION },
  { type: 'image_url', image_url: { url } },
];
const messages = [{ role: 'user', content }];
const spoken = { role: 'assistant', content: 'OPEN' };
const completion = { object: 'chat.completion', model: 'm', choices: [{ index: 0, message: spoken }] };

const records: Readonly<Record<string, object>> = {
  'choices beside a list of messages (Braintrust)': {
    input: messages,
    output: [{ finish_reason: 'stop', index: 0, message: spoken }],
    metadata: { model: 'm' },
  },
  'a whole reply beside what the client was called with (Weave)': {
    op_name: 'openai.chat.completions.create',
    inputs: { self: {}, model: 'm', messages },
    output: completion,
    summary: {},
  },
  'a prompt as text, the answer in a wrapper (promptfoo)': {
    prompt: { raw: JSON.stringify(messages), label: 'p' },
    provider: { id: 'openai:chat:m' },
    vars: { image: url },
    response: { output: 'OPEN', tokenUsage: { total: 3 } },
    success: true,
  },
  'a body and no more than the words that came back': {
    request: { model: 'm', temperature: 0, messages },
    response: 'OPEN',
  },
  'bodies under names of their own (Helicone)': {
    request_body: { model: 'm', messages },
    response_body: completion,
  },
};

describe('one question and its answer, kept as', () => {
  it.each(Object.entries(records))('%s', async (_, record) => {
    const set = await openSet({ 'log.jsonl': JSON.stringify(record) });
    expect(set.rows).toHaveLength(1);
    const { run, notes } = await runOf(set, 0);
    expect(questionOf(run)).toBe(QUESTION);
    expect(run.pictures).toMatchObject([{ width: 640, height: 480 }]);
    expect(run.steps).toMatchObject([{ type: 'answer', text: 'OPEN' }]);
    expect(notes.map(({ code }) => code)).not.toContain('question-missing');
  });

  it('what a log says of itself is no answer', async () => {
    const record = { request: { model: 'm', temperature: 0, messages }, result: 'success' };
    const set = await openSet({ 'log.jsonl': JSON.stringify(record) });
    expect((await runOf(set, 0)).run.steps).toEqual([]);
  });
});

it('LangChain’s messages are a conversation: what was called, and what came of it', async () => {
  const set = await openSet({
    'history.json': JSON.stringify([
      { type: 'human', data: { content } },
      {
        type: 'ai',
        data: { content: '', tool_calls: [{ name: 'zoom', args: { bbox: [100, 50, 200, 130] }, id: 'c' }] },
      },
      { type: 'tool', data: { content: [{ type: 'image_url', image_url: { url: cropUrl } }], tool_call_id: 'c' } },
      { type: 'ai', data: { content: 'OPEN' } },
    ]),
  });
  const { run } = await runOf(set, 0);
  expect(run.steps.map(({ type }) => type)).toEqual(['call', 'result', 'answer']);
  expect(boxesAt(run, lastCursor(run))).toMatchObject([{ asked: { x1: 100, y1: 50, x2: 200, y2: 130 } }]);
});

it('a chat app’s export names its senders and its files otherwise', async () => {
  const set = await openSet({
    'conversations.json': JSON.stringify([
      {
        uuid: 'u',
        name: 'Sign',
        chat_messages: [
          {
            text: QUESTION,
            content: [{ type: 'text', text: QUESTION }],
            sender: 'human',
            files: [{ file_name: 's.png' }],
          },
          {
            content: [
              { type: 'thinking', thinking: 'I look.' },
              { type: 'text', text: 'OPEN' },
            ],
            sender: 'assistant',
            files: [{ file_name: 'notes.pdf' }],
          },
        ],
      },
    ]),
  });
  const { run, wanted } = await runOf(set, 0);
  expect(questionOf(run)).toBe(QUESTION);
  expect(run.steps).toMatchObject([
    { type: 'think', text: 'I look.' },
    { type: 'answer', text: 'OPEN' },
  ]);
  expect(wanted.map(({ is }) => is.names[0])).toEqual(['s.png']);
});

it('a span whose body is no more than words has its picture in its attributes, nested or flat', async () => {
  const nested = {
    name: 'ChatCompletion',
    context: { trace_id: 't', span_id: 's' },
    start_time: '2026-01-01T00:00:00Z',
    attributes: {
      openinference: { span: { kind: 'LLM' } },
      llm: {
        model_name: 'm',
        input_messages: [
          {
            message: {
              role: 'user',
              contents: [
                { message_content: { type: 'text', text: QUESTION } },
                { message_content: { type: 'image', image: { image: { url } } } },
              ],
            },
          },
        ],
        output_messages: [{ message: { role: 'assistant', content: 'OPEN' } }],
      },
      input: { value: QUESTION, mime_type: 'text/plain' },
      output: { value: 'OPEN' },
    },
  };
  const flat = {
    name: 'ChatCompletion',
    'context.span_id': 's',
    'context.trace_id': 't',
    start_time: 1,
    'attributes.openinference.span.kind': 'LLM',
    'attributes.llm.input_messages': [
      {
        'message.role': 'user',
        'message.contents': [
          { 'message_content.type': 'text', 'message_content.text': QUESTION },
          { 'message_content.type': 'image', 'message_content.image': { 'image.url': url } },
        ],
      },
    ],
    'attributes.llm.output_messages': [{ 'message.role': 'assistant', 'message.content': 'OPEN' }],
    'attributes.input.value': QUESTION,
    'attributes.output.value': 'OPEN',
  };
  for (const span of [nested, flat]) {
    const set = await openSet({ 'spans.jsonl': JSON.stringify(span) });
    const { run } = await runOf(set, 0);
    expect(run.given).toMatchObject([{ text: QUESTION }, { picture: 'p1' }]);
    expect(run.steps).toMatchObject([{ type: 'answer', text: 'OPEN' }]);
  }
});

it('observations as a table of text are the observations', async () => {
  const cell = (value: unknown) => `"${JSON.stringify(value).replaceAll('"', '""')}"`;
  const rows = [
    'id,traceId,type,name,startTime,model,input,output',
    ['o1', 't', 'GENERATION', 'chat', '2026-01-01T00:00:00Z', 'm', cell({ messages }), cell(spoken)].join(','),
  ];
  const set = await openSet({ 'export.csv': rows.join('\n') });
  expect(set.files.map(({ format }) => format)).toEqual(['langfuse']);
  expect(readRow(set.rows[0]).facts).toMatchObject({ question: QUESTION, answer: 'OPEN' });
});

it('a sub-agent that has a file of its own is that file’s run, and nothing else is', async () => {
  const line = (uuid: string, parentUuid: string | null, type: string, message: object) =>
    JSON.stringify({ uuid, parentUuid, isSidechain: true, agentId: 'a', sessionId: 's', type, message });
  const set = await openSet({
    'agent-a.jsonl': [
      line('1', null, 'user', { role: 'user', content: 'Look at the sign.' }),
      line('2', '1', 'assistant', { id: 'm', role: 'assistant', content: [{ type: 'text', text: 'OPEN' }] }),
    ].join('\n'),
  });
  expect(set.rows.map((row) => readRow(row).facts.answer)).toEqual(['OPEN']);
});
