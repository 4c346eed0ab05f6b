/** What each wire has of its own: services' tools, code, thoughts, zooms, and those who follow a wire in their own way. */
import { describe, expect, it } from 'vitest';
import { boxesAt, lastCursor } from '@/lib/trajectory';
import type { Told } from '../fixtures/api-bodies';
import { openSet, runOf } from '../fixtures/opened';
import { pictureOf } from '../fixtures/picture';

const base64Of = async (blob: Blob) => Buffer.from(await blob.arrayBuffer()).toString('base64');

const told: Told = {
  model: 'a-model-1',
  picture: await base64Of(pictureOf(400, 800)),
  crop: await base64Of(pictureOf(180, 180)),
};

async function open(content: string | Readonly<Record<string, string>>, name = 'log.jsonl') {
  const set = await openSet(typeof content === 'string' ? { [name]: content } : content);
  return { set, runs: await Promise.all(set.rows.map(({ index }) => runOf(set, index))) };
}

const lines = (values: readonly unknown[]) => values.map((one) => JSON.stringify(one)).join('\n');

describe('OpenAI Responses', () => {
  const user = { role: 'user', content: 'Read it.' };
  const request = { model: 'gpt-5', input: [user], instructions: 'Be brief.' };
  const answer = { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'SIGN' }] };
  const reply = (output: readonly unknown[], more = {}) => ({
    id: 'resp_9',
    object: 'response',
    model: 'gpt-5-2026',
    output,
    ...more,
  });
  const one = async (output: readonly unknown[], more = {}) =>
    (await open(JSON.stringify({ request: { ...request, ...more }, response: reply(output) }))).runs[0]!;

  it('code, what it printed and drew in their order, and the box that it cut', async () => {
    const code =
      "from PIL import Image\r\nimg = Image.open('/mnt/data/file-AB12CD34-sign.png')\r\ncrop = img.crop((100, 380, 280, 560))";
    const outputs = [
      { type: 'logs', logs: '(400, 800)' },
      { type: 'image', url: `data:image/png;base64,${told.crop}` },
    ];
    const { run, wanted } = await one(
      [{ type: 'code_interpreter_call', id: 'ci_1', status: 'completed', code, outputs }, answer],
      {
        input: [
          {
            role: 'user',
            content: [
              { type: 'input_image', file_id: 'file-AB12CD34' },
              { type: 'input_text', text: 'Read it.' },
            ],
          },
        ],
      },
    );
    expect(run.steps[0]).toMatchObject({
      tool: 'code_interpreter',
      asked: { frame: 'original-pixels', by: 'file' },
      place: { picture: 'p1', box: { x1: 100, y1: 380 } },
    });
    expect(run.steps[0]).toMatchObject({ written: code.replaceAll('\r\n', '\n') });
    expect(run.steps[1]).toMatchObject({ parts: [{ text: '(400, 800)' }, { picture: 'p2' }] });
    expect(wanted.map(({ is }) => is)).toEqual([{ names: ['file-AB12CD34'], id: 'file-AB12CD34' }]);
  });

  it('code whose output nobody asked for says so; what printed nothing does not', async () => {
    const call = { type: 'code_interpreter_call', id: 'ci_1', code: 'print(1)' };
    const codes = async (outputs: unknown) => (await one([{ ...call, outputs }, answer])).notes.map(({ code }) => code);
    expect(await codes(null)).toContain('output-not-recorded');
    expect(await codes([])).not.toContain('output-not-recorded');
  });

  it('keeps items that nobody knows as steps of their own, without the bytes in them', async () => {
    const { run } = await one([
      { type: 'dream_fragment', id: 'd1', colour: 'green', blob: 'QUJD'.repeat(400) },
      answer,
    ]);
    expect(run.steps).toMatchObject([
      {
        type: 'other',
        kind: 'dream_fragment',
        json: { colour: 'green', blob: expect.stringMatching(/… \[1600\]$/) as string },
      },
      { type: 'answer' },
    ]);
  });

  it('says which thoughts are encrypted, and leaves instructions out until they are asked for', async () => {
    const { notes, run } = await one([{ type: 'reasoning', summary: [], encrypted_content: 'gAAA' }, answer]);
    expect(notes).toEqual([
      { code: 'thoughts-hidden', params: { count: 1 } },
      { code: 'system-left-out', params: { characters: 9 } },
    ]);
    expect(JSON.stringify(run)).not.toContain('Be brief.');
    const { set } = await open(JSON.stringify({ request, response: reply([answer]) }));
    for await (const _ of set.desk.setReading(0, { rule: 'with-system-prompt' }, new AbortController().signal));
    expect((await runOf(set, 0)).run.systemPrompt).toBe('Be brief.');
  });

  it('goes on from a reply by its id, and says where that is not here', async () => {
    const next = {
      request: { model: 'gpt-5', input: 'And now?', previous_response_id: 'resp_9' },
      response: { ...reply([answer]), id: 'resp_10' },
    };
    const { runs } = await open(lines([{ request, response: reply([answer]) }, next]));
    expect(runs[0]?.run.steps.map(({ type }) => type)).toEqual(['answer', 'said', 'answer']);
    const alone = await open(lines([next]));
    expect(alone.runs[0]?.notes).toContainEqual({ code: 'earlier-turns-missing' });
  });

  it('Ark: a zoom is drawn from its box, several boxes are pointed out each, a failure is told', async () => {
    const process = (id: string, type: string, input: unknown, more = {}) => ({
      type: 'image_process',
      id,
      status: 'completed',
      action: { type, result_image_url: 'https://x.test/a?X-Tos-Signature=0123456789abcdef' },
      arguments: input,
      ...more,
    });
    const { run } = await one(
      [
        process('ip_1', 'zoom', { image_index: 0, bbox_str: '<bbox>250 475 700 700</bbox>', scale: 2 }),
        process('ip_2', 'grounding', {
          image_index: 0,
          bbox_str: '<bbox>0 500 100 600</bbox><bbox>200 500 300 600</bbox>',
          crop: false,
        }),
        process('ip_3', 'zoom', { image_index: 7 }, { status: 'failed', error: { message: 'invalid image index' } }),
        answer,
      ],
      {
        input: [
          { role: 'user', content: [{ type: 'input_image', image_url: `data:image/png;base64,${told.picture}` }] },
        ],
      },
    );
    expect(boxesAt(run, lastCursor(run)).map(({ asked }) => asked)).toMatchObject([
      { x1: 100, y1: 380, x2: 280, y2: 560 },
    ]);
    expect(run.pictures[1]).toMatchObject({ from: 'view', of: 'p1', region: { x1: 100, y1: 380, x2: 280, y2: 560 } });
    expect(run.steps.find((step) => step.type === 'think')?.marks?.map(({ shape }) => shape)).toMatchObject([
      { kind: 'box', box: { x1: 0, y1: 400, x2: 40, y2: 480 } },
      { kind: 'box', box: { x1: 80, y1: 400, x2: 120, y2: 480 } },
    ]);
    expect(run.steps.filter((step) => step.type === 'result').at(-1)).toMatchObject({
      refused: { told: 'invalid image index' },
    });
    expect(JSON.stringify(run)).not.toContain('0123456789abcdef');
  });
});

describe('Anthropic Messages', () => {
  const image = (data: string) => ({ type: 'image', source: { type: 'base64', media_type: 'image/png', data } });
  const result = (id: string, content: readonly unknown[]) => ({
    role: 'user',
    content: [{ type: 'tool_result', tool_use_id: id, content }],
  });
  const use = (id: string, name: string, input: unknown, more = {}) => ({
    role: 'assistant',
    content: [{ type: 'tool_use', id, name, input, ...more }],
  });

  it.each([
    ['an action of the computer', use('z', 'computer', { action: 'zoom', region: [100, 380, 280, 560] })],
    ['a tool of its set', use('z', 'zoom', { region: [100, 380, 280, 560] }, { toolset_name: 'computer' })],
  ])('a zoom as %s is of the last whole screenshot', async (_, zoom) => {
    const messages = [
      { role: 'user', content: 'Read it.' },
      use('s', 'computer', { action: 'screenshot' }),
      result('s', [image(told.picture)]),
      zoom,
      result('z', [image(told.crop)]),
      { ...zoom, content: [{ ...zoom.content[0], id: 'z2' }] },
      result('z2', [image(told.crop)]),
      { role: 'assistant', content: [{ type: 'text', text: 'SIGN' }] },
    ];
    const { runs } = await open(JSON.stringify({ model: 'claude-opus-4-7', max_tokens: 9, messages }));
    const { run } = runs[0]!;
    expect(boxesAt(run, lastCursor(run)).map(({ picture, asked }) => [picture, asked.x1])).toEqual([
      ['p1', 100],
      ['p1', 100],
    ]);
    expect(run.steps.flatMap((step) => (step.type === 'call' ? [step.tool] : []))).toEqual([
      'computer',
      'zoom',
      'zoom',
    ]);
  });

  it('what its servers ran stands in one answer: words, code, output, words; files by their ids', async () => {
    const content = [
      { type: 'redacted_thinking', data: 'EmEX' },
      { type: 'text', text: 'I crop it.' },
      { type: 'server_tool_use', id: 'srv_1', name: 'bash_code_execution', input: { command: 'python crop.py' } },
      {
        type: 'bash_code_execution_tool_result',
        tool_use_id: 'srv_1',
        content: {
          type: 'bash_code_execution_result',
          stdout: 'done\n',
          stderr: '',
          return_code: 0,
          content: [{ type: 'bash_code_execution_output', file_id: 'file_011CabcdEFGH' }],
        },
      },
      { type: 'text', text: 'SIGN' },
      { type: 'text', text: ' 42', citations: [{}] },
    ];
    const { runs } = await open(JSON.stringify({ type: 'message', role: 'assistant', model: 'claude-x', content }));
    const { run, wanted } = runs[0]!;
    expect(run.steps.map(({ type }) => type)).toEqual(['other', 'think', 'call', 'result', 'answer']);
    expect(run.steps.at(-1)).toMatchObject({ text: 'SIGN 42' });
    expect(wanted.map(({ is }) => is.names)).toEqual([['file_011CabcdEFGH']]);
  });

  it('counts boxes in pixels of the picture as Claude sees it', async () => {
    const large = await base64Of(pictureOf(3136, 1568));
    const messages = [{ role: 'user', content: [image(large)] }, use('c', 'crop', { bbox: [100, 100, 200, 200] })];
    const { runs } = await open(JSON.stringify({ model: 'claude-sonnet-4-5', max_tokens: 9, messages }));
    const { run } = runs[0]!;
    const [box] = boxesAt(run, lastCursor(run));
    expect(run.steps[0]).toMatchObject({ asked: { frame: 'resized-pixels', by: 'model' } });
    expect(Math.round(box?.asked.x1 ?? 0)).toBe(200);
  });
});

describe('Gemini', () => {
  const code = (text: string) => ({ executableCode: { language: 'PYTHON', code: text } });
  const ran = (output?: string) => ({
    codeExecutionResult: { outcome: 'OUTCOME_OK', ...(output !== undefined && { output }) },
  });
  const picture = { inlineData: { mimeType: 'image/png', data: told.crop.replaceAll('+', '-').replaceAll('/', '_') } };
  const cut =
    "img = PIL.Image.open('input_file_0.png')\nw, h = img.size\nsign_bbox = [475, 250, 700, 700] # [ymin, xmin, ymax, xmax]\nb = [int(v * 1000 / 1000) for v in sign_bbox]\ncrop_img = img.crop((b[1], b[0], b[3], b[2]))";

  it('code, its result and its picture by their order; a box by the comment that names its order', async () => {
    const parts = [
      code(cut),
      ran('ok'),
      picture,
      code('again = crop_img.crop((10, 10, 50, 50))'),
      ran(),
      picture,
      picture,
      { text: 'SIGN' },
    ];
    const request = {
      contents: [
        {
          role: 'user',
          parts: [{ inline_data: { mime_type: 'image/png', data: told.picture } }, { text: 'Read it.' }],
        },
      ],
    };
    const { runs } = await open(
      JSON.stringify({
        request,
        response: { candidates: [{ content: { parts }, finishReason: 'STOP' }], modelVersion: 'gemini-3' },
      }),
    );
    const { run } = runs[0]!;
    expect(run.steps.map((step) => (step.type === 'result' ? step.parts.length : step.type))).toEqual([
      'call',
      2,
      'call',
      2,
      'answer',
    ]);
    const [first, second] = boxesAt(run, lastCursor(run));
    expect(first).toMatchObject({ picture: 'p1', asked: { x1: 100, y1: 380, x2: 280, y2: 560 } });
    // What the first code made is what the second one cuts.
    expect(second).toMatchObject({ picture: 'p2', asked: { x1: 10, y1: 10, x2: 50, y2: 50 } });
  });

  it('calls without ids have their results by name and order', async () => {
    const call = (name: string) => ({ functionCall: { name, args: {} } });
    const answer = (name: string, result: string) => ({ functionResponse: { name, response: { result } } });
    const contents = [
      { role: 'user', parts: [{ text: 'Both.' }] },
      { role: 'model', parts: [call('a'), call('b')] },
      { role: 'user', parts: [answer('b', 'of b'), answer('a', 'of a')] },
    ];
    const { runs } = await open(JSON.stringify({ contents }));
    const calls = new Map(
      runs[0]!.run.steps.flatMap((step) => (step.type === 'call' ? [[step.callId, step.tool]] : [])),
    );
    expect(
      runs[0]!.run.steps.flatMap((step) => (step.type === 'result' ? [[calls.get(step.callId), step.parts]] : [])),
    ).toEqual([
      ['b', [{ text: 'of b' }]],
      ['a', [{ text: 'of a' }]],
    ]);
  });

  it('what Python writes of a part that is something else is nothing', async () => {
    const none = { thought: null, text: null, inline_data: null, function_call: null, code_execution_result: null };
    const parts = [
      { ...none, executable_code: { code: 'print(1)', language: 'Language.PYTHON' } },
      { ...none, code_execution_result: { outcome: 'Outcome.OUTCOME_FAILED', output: 'no' } },
      { ...none, text: 'SIGN' },
      none,
    ];
    const reply = {
      candidates: [{ content: { parts, role: 'model' }, finish_reason: 'FinishReason.STOP' }],
      model_version: 'gemini-3',
    };
    const { runs } = await open(JSON.stringify(reply));
    expect(runs[0]!.run.steps).toMatchObject([{ type: 'call' }, { refused: { told: 'no' } }, { type: 'answer' }]);
  });

  it('box_2d is y first, in thousandths', async () => {
    const parts = [{ functionCall: { name: 'zoom_in', args: { box_2d: [475, 250, 700, 700] } } }];
    const contents = [{ role: 'user', parts: [{ inlineData: { mimeType: 'image/png', data: told.picture } }] }];
    const { runs } = await open(
      JSON.stringify({
        request: { contents },
        response: { candidates: [{ content: { parts } }], modelVersion: 'gemini-3-pro' },
      }),
    );
    expect(runs[0]!.run.steps[0]).toMatchObject({
      tool: 'zoom',
      asked: { order: 'yxyx', frame: 'thousandths' },
      place: { box: { x1: 100, y1: 380, x2: 280, y2: 560 } },
    });
  });
});

describe('what calls itself compatible', () => {
  const asked = 'Read it.';
  const record = (request: unknown, response: unknown) => JSON.stringify({ request, response });

  it.each([
    [
      "Ollama's own chat",
      record(
        { model: 'qwen3-vl', stream: false, messages: [{ role: 'user', content: asked, images: [told.picture] }] },
        { model: 'qwen3-vl', done: true, message: { role: 'assistant', content: 'SIGN', thinking: 'Small.' } },
      ),
    ],
    [
      "DashScope's own wire",
      record(
        {
          model: 'qwen-vl',
          input: {
            messages: [
              { role: 'user', content: [{ image: `data:image/png;base64,${told.picture}` }, { text: asked }] },
            ],
          },
        },
        {
          output: {
            choices: [{ message: { role: 'assistant', reasoning_content: 'Small.', content: [{ text: 'SIGN' }] } }],
          },
        },
      ),
    ],
    [
      'thoughts in tags, an answer in pieces',
      record(
        {
          model: 'glm',
          stream: false,
          messages: [
            {
              role: 'user',
              content: [
                { type: 'text', text: asked },
                { type: 'image_url', image_url: `data:image/png;base64,${told.picture}` },
              ],
            },
          ],
        },
        {
          choices: [
            { message: { role: 'assistant', content: [{ type: 'text', text: '<think>Small.</think>\nSIGN' }] } },
          ],
        },
      ),
    ],
    [
      "Mistral's thoughts",
      record(
        {
          model: 'magistral',
          stream: false,
          messages: [
            {
              role: 'user',
              content: [
                { type: 'text', text: asked },
                { type: 'image_url', image_url: `data:image/png;base64,${told.picture}` },
              ],
            },
          ],
        },
        {
          choices: [
            {
              message: {
                role: 'assistant',
                content: [
                  { type: 'thinking', thinking: [{ type: 'text', text: 'Small.' }] },
                  { type: 'text', text: 'SIGN' },
                ],
              },
            },
          ],
        },
      ),
    ],
  ])('%s', async (_, content) => {
    const { runs } = await open(content);
    const { run } = runs[0]!;
    expect(run.given).toEqual(expect.arrayContaining([{ text: asked }]));
    expect(run.pictures).toMatchObject([{ from: 'file', width: 400 }]);
    expect(run.steps).toMatchObject([
      { type: 'think', text: 'Small.' },
      { type: 'answer', text: 'SIGN' },
    ]);
  });
});

describe('pictures in words', () => {
  const url = `data:image/png;base64,${told.picture}`;
  const image = { type: 'image', data: told.crop, mimeType: 'image/png' };

  it.each([
    ['JSON that a tool gave back as text', JSON.stringify([{ type: 'text', text: 'Cropped.' }, image])],
    ['an object of it', JSON.stringify({ content: [{ type: 'text', text: 'Cropped.' }, image] })],
    ['Markdown', `Cropped.\n![crop](data:image/png;base64,${told.crop})`],
  ])('%s', async (_, content) => {
    const messages = [
      { role: 'user', content: `Read ![it](${url})` },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'c', function: { name: 'crop', arguments: '{"bbox":[1,2,30,40]}' } }],
      },
      { role: 'tool', tool_call_id: 'c', content },
    ];
    const { runs } = await open(JSON.stringify({ model: 'm', stream: false, messages }));
    const { run } = runs[0]!;
    expect(run.given).toMatchObject([{ text: 'Read ' }, { picture: 'p1' }]);
    expect(run.steps.at(-1)).toMatchObject({ parts: [{ text: 'Cropped.' }, { picture: 'p2' }] });
    expect(run.pictures.map(({ width }) => width)).toEqual([400, 180]);
  });
});
