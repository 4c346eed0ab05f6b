/** Logs of models' APIs: the same conversation over every wire is the same document, however it was kept. */
import { describe, expect, it, vi } from 'vitest';
import type { Trajectory } from '@/lib/trajectory';
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

describe('several answers to one question', () => {
  const ask = { role: 'user', content: 'What does the sign say?' };
  const reply = (...answers: readonly string[]) => ({
    object: 'chat.completion',
    choices: answers.map((content, index) => ({ index, message: { role: 'assistant', content } })),
    usage: { prompt_tokens: 5, completion_tokens: 30 },
  });
  const request = (...messages: readonly object[]) => ({ model: 'm', n: 2, messages });
  const answers = (runs: Awaited<ReturnType<typeof open>>['runs']) =>
    runs.map(({ run: { steps } }) => steps.flatMap((step) => (step.type === 'answer' ? [step.text] : [])));

  it('are a run each, the first with the others as its branches', async () => {
    const { runs } = await open(lines([{ request: request(ask), response: reply('Open.', 'Closed.', 'Open.') }]));
    expect(answers(runs)).toEqual([['Open.'], ['Closed.'], ['Open.']]);
    const [first, second, third] = runs.map(({ run }) => run);
    expect(first?.parent).toBeNull();
    expect(second?.parent).toMatchObject({ runId: first?.id, steps: 0 });
    expect(third?.parent).toMatchObject({ runId: first?.id });
    expect(new Set(runs.map(({ run }) => run.id)).size).toBe(3);
    expect(runs[1]?.notes).toMatchObject([{ code: 'branch-of', params: { steps: 0 } }]);
    // What all of them took is none's alone.
    expect(first?.usage).toMatchObject([{ promptTokens: 5, outputTokens: null }]);
  });

  it('go on where the next request takes one of them up', async () => {
    const said = { role: 'assistant', content: 'Closed.' };
    const { runs } = await open(
      lines([
        { request: request(ask), response: reply('Open.', 'Closed.') },
        { request: request(ask, said, { role: 'user', content: 'Sure?' }), response: reply('Yes.', 'No.') },
      ]),
    );
    const all = runs.map(({ run }) => run.steps.map((step) => ('text' in step ? step.text : step.type)));
    expect(all).toEqual([['Open.'], ['Closed.', 'said', 'Yes.'], ['Closed.', 'said', 'No.']]);
    expect(runs.map(({ run }) => run.parent?.steps)).toEqual([undefined, 0, 2]);
    expect(runs[2]?.run.parent?.runId).toBe(runs[1]?.run.id);
  });

  it('are told from a stream, in which their pieces come mixed', async () => {
    const piece = (index: number, content: string) => ({
      object: 'chat.completion.chunk',
      choices: [{ index, delta: { content } }],
    });
    const pieces = [piece(0, 'Op'), piece(1, 'Clo'), piece(1, 'sed.'), piece(0, 'en.')];
    const { runs } = await open(pieces.map((one) => `data: ${JSON.stringify(one)}\n\n`).join(''), 'stream.txt');
    expect(answers(runs)).toEqual([['Open.'], ['Closed.']]);
  });

  it('are Gemini’s candidates, whole and streamed', async () => {
    const asked = { contents: [{ role: 'user', parts: [{ text: 'What does the sign say?' }] }] };
    const candidate = (index: number, text: string, finishReason?: string) => ({
      index,
      content: { role: 'model', parts: [{ text }] },
      ...(finishReason !== undefined && { finishReason }),
    });
    const whole = { candidates: [candidate(0, 'Open.', 'STOP'), candidate(1, 'Closed.', 'STOP')] };
    const streamed = [
      { candidates: [candidate(0, 'Op'), candidate(1, 'Closed.', 'STOP')] },
      { candidates: [candidate(0, 'en.', 'STOP')] },
    ];
    for (const records of [[{ request: asked, response: whole }], [asked, ...streamed]]) {
      const { runs } = await open(lines(records));
      expect(answers(runs)).toEqual([['Open.'], ['Closed.']]);
    }
  });
});
