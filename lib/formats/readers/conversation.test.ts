/** Conversations by whoever wrote them: whose numbers count in what, which picture is meant, and what a tool cut. */
import { describe, expect, it } from 'vitest';
import { answerOf, boxesAt, lastCursor, questionOf, resultOf, type Trajectory } from '@/lib/trajectory';
import { openSet, readRow, runOf } from '../fixtures/opened';
import { pictureOf } from '../fixtures/picture';

const boxes = (run: Trajectory) => boxesAt(run, lastCursor(run));

async function open(content: unknown, beside: Readonly<Record<string, Blob>> = {}, name = 'a.json') {
  const set = await openSet({ [name]: typeof content === 'string' ? content : JSON.stringify(content), ...beside });
  return { set, row: readRow(set.rows[0]), ...(await runOf(set, 0)) };
}

const dataUrl = async (picture: Blob) =>
  `data:image/png;base64,${Buffer.from(await picture.arrayBuffer()).toString('base64')}`;

describe('Qwen-Agent', () => {
  const zoom = (bbox: readonly number[], index = 0) => ({
    role: 'assistant',
    content: 'I look closer.',
    function_call: {
      name: 'image_zoom_in_tool',
      arguments: JSON.stringify({ label: 'sign', bbox_2d: bbox, img_idx: index }),
    },
  });
  const crop = (image: string) => ({ role: 'function', name: 'image_zoom_in_tool', content: [{ image }] });

  // As Qwen3-VL's own notebook shows them of a picture of 2460 × 1612.
  it.each([
    [
      [574, 301, 660, 468],
      [480, 608],
    ],
    [
      [174, 450, 469, 658],
      [768, 352],
    ],
    [
      [584, 496, 651, 660],
      [416, 672],
    ],
    [
      [231, 795, 284, 820],
      [928, 288],
    ],
  ])('%j of the picture is seen at %j', async (bbox, [width, height]) => {
    const messages = [
      { role: 'user', content: [{ image: 'hopinn.jpg' }, { text: 'Where?' }] },
      zoom(bbox),
      crop('x.png'),
      { role: 'assistant', content: 'In Southampton.' },
    ];
    const { run, row } = await open(messages, { 'hopinn.jpg': pictureOf(2460, 1612) });
    const [box] = boxes(run);
    expect(row).toMatchObject({ system: 'qwen-agent', boxes: { frame: 'thousandths', by: 'model' }, wanted: [] });
    expect(box?.asked.x1).toBeCloseTo((bbox[0]! * 2460) / 1000);
    expect(resultOf(run, box?.callId ?? '')?.parts).toMatchObject([{ seen: { width, height } }]);
    expect([questionOf(run), answerOf(run)]).toEqual(['Where?', 'In Southampton.']);
  });

  it('counts a picture that is sent twice once, and what tools brought as well', async () => {
    const sent = {
      role: 'user',
      content: [{ image: 'a.png' }, { image: 'b.png' }, { image: 'a.png' }, { text: 'Which?' }],
    };
    const found = { role: 'function', name: 'image_search', content: [{ image: 'c.png' }] };
    const messages = [
      sent,
      { role: 'assistant', content: '', function_call: { name: 'image_search', arguments: '{}' } },
      found,
      zoom([0, 0, 500, 500], 2),
      crop('d.png'),
      zoom([0, 0, 500, 500], 1),
      crop('e.png'),
    ];
    const pictures = { 'a.png': pictureOf(100, 100), 'b.png': pictureOf(200, 200), 'c.png': pictureOf(400, 400) };
    const { run } = await open(messages, pictures);
    const named = new Map(run.pictures.flatMap((one) => (one.from === 'view' ? [] : [[one.id, one.file.name]])));
    expect(boxes(run).map(({ picture, asked }) => [named.get(picture), asked.x2])).toEqual([
      ['c.png', 200],
      ['b.png', 100],
    ]);
  });

  it('reads what it prints in a notebook', async () => {
    const stream =
      '[ANSWER]\nI look.\n\n[TOOL_CALL] image_zoom_in_tool\n{"bbox_2d": [0, 0, 500, 500], "img_idx": 0}\n[TOOL_RESPONSE] image_zoom_in_tool\n\n';
    const cells = [
      { outputs: [{ text: [stream] }, { data: { 'image/png': 'iVBORw0KGgo=' } }, { text: ['\n[ANSWER]\nA pub.'] }] },
    ];
    const { run, row } = await open({ cells, nbformat: 4 }, {}, 'think.ipynb');
    expect(row.system).toBe('qwen-agent');
    expect(run.steps.map(({ type }) => type).join(' ')).toBe('think call result answer');
  });
});

describe('OpenAI', () => {
  const call = (input: unknown, id = 'c1') => ({
    role: 'assistant',
    content: null,
    tool_calls: [{ id, type: 'function', function: { name: 'crop_image', arguments: JSON.stringify(input) } }],
  });
  const user = (url: string) => ({
    role: 'user',
    content: [
      { type: 'text', text: 'What is it?' },
      { type: 'image_url', image_url: { url } },
    ],
  });

  it('keeps the bytes that a message holds, and those of a result nobody can derive', async () => {
    const [picture, result] = [pictureOf(800, 600), pictureOf(50, 40)];
    const told = {
      role: 'tool',
      tool_call_id: 'c1',
      content: [{ type: 'image_url', image_url: { url: await dataUrl(result) } }],
    };
    const { run, files, row } = await open({
      messages: [
        user(await dataUrl(picture)),
        call({ x1: 0.1, y1: 0.1, x2: 0.5, y2: 1 }),
        told,
        { role: 'assistant', content: 'A cup.' },
      ],
      model: 'gpt-x',
    });
    expect([...files.values()].map(({ size }) => size)).toEqual([64, 64]);
    expect(run.pictures.map(({ from, width }) => [from, width])).toEqual([
      ['file', 800],
      ['call', 50],
    ]);
    expect(boxes(run)).toMatchObject([{ asked: { x1: 80, y1: 60, x2: 400, y2: 600 } }]);
    expect(row.boxes).toEqual({ frame: 'fractions', by: 'values' });
    expect([answerOf(run), run.models[0]?.name]).toEqual(['A cup.', 'gpt-x']);
  });

  it.each([
    ['thousandths, where something says so', 'Boxes are 0-1000.', [100, 100, 500, 1000], 'thousandths'],
    ['thousandths, where they would not fit', '', [100, 100, 500, 1000], 'thousandths'],
    ['pixels, where they fit', '', [100, 100, 500, 590], 'original-pixels'],
    ['pixels, where thousandths would not do', '', [100, 100, 1500, 1590], 'original-pixels'],
  ])('counts in %s', async (_, system, bbox, frame) => {
    const messages = [{ role: 'system', content: system }, user('a.png'), call({ bbox })];
    expect((await open(messages, { 'a.png': pictureOf(800, 600) })).row.boxes?.frame).toBe(frame);
  });

  it('one message a line is one run; one conversation a line is many', async () => {
    const messages = [user('a.png'), { role: 'assistant', content: 'A cup.' }];
    const lines = messages.map((one) => JSON.stringify(one)).join('\n');
    expect((await open(lines, {}, 'a.jsonl')).set.rows).toHaveLength(1);
    const rows = [{ messages }, { messages }, messages].map((one) => JSON.stringify(one)).join('\n');
    expect((await open(rows, {}, 'b.jsonl')).set.rows).toHaveLength(3);
  });

  it('a request and its reply are one run', async () => {
    const reply = { choices: [{ message: { role: 'assistant', content: 'A cup.' } }] };
    const { run } = await open({
      custom_id: '1',
      body: { model: 'm', messages: [user('a.png')] },
      response: { body: reply },
    });
    expect([answerOf(run), run.models[0]?.name]).toEqual(['A cup.', 'm']);
  });

  it('a tool that answers with an error refused the call', async () => {
    const told = { role: 'tool', tool_call_id: 'c1', content: 'Error: box outside' };
    const { run } = await open([user('a.png'), call({ bbox: [1, 1, 9, 9] }), told]);
    expect(run.steps.at(-1)).toMatchObject({
      type: 'result',
      refused: { problem: 'refused-there', told: 'Error: box outside' },
    });
  });

  it('two calls at once have each its own result', async () => {
    const both = {
      role: 'assistant',
      content: 'Both.',
      tool_calls: [...call({ bbox: [1, 1, 9, 9] }, 'a').tool_calls, ...call({ bbox: [2, 2, 8, 8] }, 'b').tool_calls],
    };
    const told = (id: string) => ({ role: 'tool', tool_call_id: id, content: `of ${id}` });
    const { run } = await open([user('a.png'), both, told('b'), told('a')]);
    expect(run.steps.filter((step) => step.type === 'result').map((step) => [step.callId, step.parts])).toEqual([
      ['b', [{ text: 'of b' }]],
      ['a', [{ text: 'of a' }]],
    ]);
  });
});
