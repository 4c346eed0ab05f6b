/** Logs of models' APIs: the same conversation over every wire is the same document, however it was kept. */
import { describe, expect, it, vi } from 'vitest';
import { boxesAt, lastCursor, type Trajectory } from '@/lib/trajectory';
import { streamed, WIRES, type Exchanges, type Told } from '../fixtures/api-bodies';
import { openSet, readRow, runOf } from '../fixtures/opened';
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

/** All but whose wire it was, and when the test ran. */
function document({ id: _, createdAt: __, updatedAt: ___, source, ...run }: Trajectory) {
  return { ...run, source: { ...source, system: '' } };
}

const wires = Object.entries(WIRES);

describe('one conversation', () => {
  it('is one identical document over every wire', async () => {
    const documents = await Promise.all(
      wires.map(async ([, write]) => {
        const { runs } = await open(lines(write(told)));
        expect(runs).toHaveLength(1);
        return document(runs[0]!.run);
      }),
    );
    for (const [index, [name]] of wires.entries()) expect(documents[index], name).toEqual(documents[0]);
    const [run] = documents;
    expect(run?.given).toMatchObject([{ text: 'What does the sign say?' }, { picture: 'p1' }]);
    expect(run?.steps.map(({ type }) => type)).toEqual(['think', 'think', 'call', 'result', 'answer']);
    expect(run?.steps[2]).toMatchObject({
      tool: 'zoom',
      place: { picture: 'p1', box: { x1: 100, y1: 380, x2: 280, y2: 560 } },
    });
    expect(run?.steps[3]).toMatchObject({ parts: [{ text: 'Cropped.' }, { picture: 'p2' }] });
    expect(run?.pictures.map(({ from, width, height }) => [from, width, height])).toEqual([
      ['file', 400, 800],
      ['call', 180, 180],
    ]);
  });

  const kept: Readonly<Record<string, (exchanges: Exchanges) => string | Readonly<Record<string, string>>>> = {
    'an array, pretty-printed': (exchanges) => JSON.stringify(exchanges, null, 2),
    'requests and replies in turn': (exchanges) =>
      lines(exchanges.flatMap(({ request, response }) => [request, response])),
    'bodies as text': (exchanges) =>
      lines(
        exchanges.map(({ request, response }) => ({
          time: 1,
          request: { body: JSON.stringify(request) },
          response: { status: 200, body: JSON.stringify(response) },
        })),
      ),
    'under a name': (exchanges) => JSON.stringify({ version: 1, exchanges }),
    'as a browser saves it': (exchanges) =>
      JSON.stringify({
        log: {
          entries: exchanges.map(({ request, response }) => ({
            request: {
              method: 'POST',
              headers: [{ name: 'Authorization', value: 'Bearer secret' }],
              postData: { text: JSON.stringify(request) },
            },
            response: { content: { text: JSON.stringify(response) } },
          })),
        },
      }),
    'a file each': (exchanges) =>
      Object.fromEntries(
        exchanges.flatMap(({ request, response }, at) => [
          [`run/zoom.${at + 1}.request.json`, JSON.stringify(request)],
          [`run/zoom.${at + 1}.response.json`, JSON.stringify(response)],
        ]),
      ),
    'newest first, the older told by the newer': (exchanges) => lines(exchanges.toReversed()),
  };

  it.each(Object.entries(kept))('%s: one run, nothing told twice', async (how, keep) => {
    for (const [name, write] of wires) {
      // A chain of replies cannot be read from its end.
      if (how.startsWith('newest') && name === 'Gemini Interactions') continue;
      const whole = await open(lines(write(told)));
      const { runs, set } = await open(keep(write(told)), 'log.json');
      expect(set.unread).toEqual([]);
      expect(runs, name).toHaveLength(1);
      expect(runs[0]?.run.steps, name).toEqual(whole.runs[0]?.run.steps);
    }
  });

  it.each(wires.filter(([name]) => streamed(name, told) !== null))(
    '%s: a streamed answer is the same',
    async (name, write) => {
      const [first, second] = write(told);
      const request = lines([first?.request, first?.response, second?.request]);
      const stream = streamed(name, told) ?? '';
      const whole = await open(lines(write(told)));
      const beside = await open({
        'a.request.json': request,
        [`a.response.${stream.startsWith('{') ? 'jsonl' : 'sse'}`]: stream,
      });
      expect(beside.runs).toHaveLength(1);
      expect(beside.runs[0]?.run.steps).toEqual(whole.runs[0]?.run.steps);
      const alone = await open(stream, 'stream.txt');
      expect(alone.runs[0]?.run.steps).toMatchObject([{ type: 'answer', text: 'SIGN 42' }]);
      expect(alone.runs[0]?.notes).toMatchObject([{ code: 'question-missing' }]);
    },
  );

  it.each(wires)('%s: a question asked again is a run of its own, and one request alone is told', async (_, write) => {
    const exchanges = write(told);
    const [first, second] = exchanges;
    const text = JSON.stringify(second?.response).replace('SIGN 42', 'SIGN 24');
    const again = { request: second?.request, response: JSON.parse(text) as unknown };
    const { runs } = await open(lines([...exchanges, again]));
    const answers = runs.map(({ run }) => run.steps.at(-1));
    expect(answers).toMatchObject([{ text: 'SIGN 42' }, { text: 'SIGN 24' }]);
    const asked = await open(JSON.stringify(first?.request), 'request.json');
    expect(asked.runs[0]?.run).toMatchObject({ steps: [], given: [{ text: 'What does the sign say?' }, {}] });
  });
});

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

describe('what stays out', () => {
  it('no address in a file is asked', async () => {
    const asked = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('asked'));
    const url = 'https://example.com/a.png';
    const messages = [
      {
        role: 'user',
        content: [
          { type: 'image', source: { type: 'url', url } },
          { type: 'text', text: `See ${url}` },
        ],
      },
    ];
    const { runs } = await open(JSON.stringify({ model: 'claude-x', max_tokens: 1, messages }));
    expect(runs[0]?.wanted).toMatchObject([{ is: { names: [url] } }]);
    expect(asked).not.toHaveBeenCalled();
    asked.mockRestore();
  });

  it('keys in words and results are covered, headers are not read, signed addresses lose what signs them', async () => {
    const key = `sk-proj-${'Ab1'.repeat(12)}`;
    const record = {
      request: {
        headers: { authorization: `Bearer ${key}` },
        model: 'gpt-5',
        stream: false,
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: `My key is ${key}.` },
              { type: 'image_url', image_url: { url: 'https://x.test/a.png?X-Amz-Signature=0011223344556677' } },
            ],
          },
        ],
      },
      response: {
        object: 'chat.completion',
        choices: [{ message: { role: 'assistant', content: `You wrote ${key}` } }],
      },
    };
    const { runs } = await open(JSON.stringify(record));
    expect(JSON.stringify(runs[0]!.run)).not.toContain(key);
    expect(JSON.stringify(runs[0]!)).not.toContain('0011223344556677');
    expect(runs[0]!.notes).toMatchObject([{ code: 'secrets-covered', params: { count: 2 } }]);
    expect(runs[0]!.wanted.map(({ is }) => is.names)).toEqual([['https://x.test/a.png']]);
  });

  it('a tool’s definition says what its numbers count in', async () => {
    const frameBy = async (description: string) => {
      const tools = [{ type: 'function', function: { name: 'crop', description, parameters: {} } }];
      const messages = [
        { role: 'user', content: [{ type: 'image_url', image_url: { url: `data:image/png;base64,${told.picture}` } }] },
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'c', function: { name: 'crop', arguments: '{"bbox":[100,100,200,200]}' } }],
        },
      ];
      const { set } = await open(JSON.stringify({ model: 'some-model', tools, messages }));
      return readRow(set.rows[0]).boxes;
    };
    expect(await frameBy('Box in coordinates from 0 to 1000.')).toEqual({ frame: 'thousandths', by: 'model' });
    expect(await frameBy('Box in pixels of the image.')).toEqual({ frame: 'original-pixels', by: 'model' });
    expect(await frameBy('Box.')).toEqual({ frame: 'original-pixels', by: 'values' });
  });
});
