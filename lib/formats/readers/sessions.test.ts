/** What assistants and agents keep of their sessions: ChatGPT's export as a tree, Claude Code and Codex line by line, AI Studio's prompts. */
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { boxesAt, lastCursor, type Trajectory } from '@/lib/trajectory';
import { openSet, readRow, rowsOf, runOf, filesOf } from '../fixtures/opened';
import { pictureOf } from '../fixtures/picture';
import {
  aiStudioPrompt,
  chatGptConversation,
  chatGptExport,
  claudeCodeLines,
  code,
  codexLines,
  output,
  PHOTO,
  shown,
} from '../fixtures/sessions';

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());
const base64Of = async (blob: Blob) => Buffer.from(await bytesOf(blob)).toString('base64');
const kinds = (run: Trajectory) => run.steps.map(({ type }) => type).join(' ');
const codes = ({ notes }: { readonly notes: readonly { readonly code: string }[] }) => notes.map((note) => note.code);
const cuts = (run: Trajectory) =>
  boxesAt(run, lastCursor(run)).map(({ cut, asked }) => Object.values(cut ?? asked).map(Math.round));
const lines = (records: readonly unknown[]) => records.map((record) => JSON.stringify(record)).join('\n');
const never = new AbortController().signal;

describe('ChatGPT’s export', () => {
  it('in its zip: the path to the current node, its picture by its id, its crop from the code', async () => {
    const set = await openSet({
      'export.zip': new Blob([
        zipSync({
          'conversations.json': strToU8(JSON.stringify([chatGptExport()])),
          [`${PHOTO}-sanitized.dat`]: await bytesOf(pictureOf(500, 400)),
          'chat.html': strToU8('<html>'),
        }) as Uint8Array<ArrayBuffer>,
      ]),
    });
    expect(set.files).toMatchObject([{ format: 'chatgpt', records: 1 }]);
    expect(set.unread).toEqual(['export.zip/chat.html: other-file']);
    const opened = await runOf(set, 0);
    const { run } = opened;
    expect(kinds(run)).toBe('think call result call result other answer');
    expect(run).toMatchObject({ title: 'A sign far away', models: [{ name: 'gpt-5-thinking' }], parent: null });
    // The sandbox's file is twice as large as what the export says.
    expect(cuts(run)).toEqual([[300, 100, 400, 150]]);
    expect(run.steps[3]).toMatchObject({
      label: 'Zooming in on the sign',
      asked: { frame: 'resized-pixels', box: { x1: 600 } },
    });
    expect(run.steps[4]).toMatchObject({ parts: [{}, { seen: { width: 800, height: 450 } }] });
    expect(opened.wanted).toEqual([]);
  });

  it('branches are runs that name the first as their parent, and what is empty is none', async () => {
    const set = await openSet({
      'conversations-000.json': JSON.stringify({ conversations: [chatGptExport(), chatGptExport()] }),
    });
    expect(set.rows).toHaveLength(4);
    const [main, branch] = await Promise.all([runOf(set, 0), runOf(set, 1)]);
    expect(branch.run.parent).toMatchObject({ runId: main.run.id, steps: 0, change: { kind: 'branch' } });
    expect(codes(branch)).toContain('branch-of');
    expect(branch.run.steps).toMatchObject([{ type: 'answer', text: 'I cannot read it.' }]);
    expect(set.rows.map((row) => readRow(row).facts.kind)).toEqual(Array(4).fill('A sign far away'));
    expect(new Set(set.rows.map((row) => readRow(row).facts.id)).size).toBe(4);
  });

  it('nothing private is in it, and it is said', async () => {
    const opened = await runOf(await openSet({ 'c.json': JSON.stringify([chatGptExport()]) }), 0);
    expect(JSON.stringify(opened.run)).not.toContain('PRIVATE');
    expect(codes(opened)).toContain('private-left-out');
  });

  it('a picture that is not there is asked for, and found by its size when it is called otherwise', async () => {
    const set = await openSet({ 'c.json': JSON.stringify([chatGptExport()]) });
    expect(readRow(set.rows[0]).wanted).toMatchObject([{ names: ['street.png', PHOTO], id: PHOTO }]);
    expect(cuts((await runOf(set, 0)).run)).toEqual([[300, 100, 400, 150]]);
    const more = { 'other.png': pictureOf(50, 40), 'IMG_1.png': new Blob([await bytesOf(pictureOf(1000, 800))]) };
    const grown = Object.fromEntries(
      await Promise.all(
        Object.entries(more).map(
          async ([name, blob]) => [name, name === 'other.png' ? new Blob([await bytesOf(blob), '…']) : blob] as const,
        ),
      ),
    );
    const [row] = await rowsOf(set.desk.supply(filesOf(grown), never));
    expect(readRow(row).wanted).toEqual([]);
    expect((await runOf(set, 0)).run.pictures[0]).toMatchObject({ width: 1000 });
  });

  it('two pictures by names of the sandbox’s own: told apart by the size it printed', async () => {
    const pointer = (id: string, width: number) => ({
      content_type: 'image_asset_pointer',
      asset_pointer: `sediment://${id}`,
      width,
      height: 400,
    });
    const parts = [pointer('file_aaaa1111', 300), pointer('file_bbbb2222', 800), 'Which?'];
    const set = await openSet({
      'c.json': JSON.stringify(
        chatGptConversation([
          { role: 'user', content: { content_type: 'multimodal_text', parts } },
          code("im = Image.open('/mnt/data/7c3b.jpeg')\nprint(im.size)\nim.crop((400,200,800,600))"),
          output('(1600, 800)\n', [shown('x', 400, 400)]),
        ]),
      ),
    });
    const { run } = await runOf(set, 0);
    expect(boxesAt(run, lastCursor(run)).map(({ picture }) => picture)).toEqual(['p2']);
    expect(cuts(run)).toEqual([[200, 100, 400, 300]]);
  });

  it('two pictures, a loop, a second cut of a crop, and code that fails', async () => {
    const pointer = (id: string) => ({
      content_type: 'image_asset_pointer',
      asset_pointer: `file-service://${id}`,
      width: 1000,
      height: 800,
    });
    const asked = {
      role: 'user',
      content: {
        content_type: 'multimodal_text',
        parts: [pointer('file-AAAA1111'), pointer('file-BBBB2222'), 'Which is it?'],
      },
      metadata: {
        attachments: [
          { id: 'file-AAAA1111', name: 'a.png' },
          { id: 'file-BBBB2222', name: 'b.png' },
        ],
      },
    };
    const failed = output('Traceback');
    const set = await openSet({
      'c.json': JSON.stringify(
        chatGptConversation([
          asked,
          code(
            "im1 = Image.open('/mnt/data/a.png')\nim2 = Image.open('/mnt/data/file-BBBB2222-b.png')\nfor b in [(0,0,100,100),(100,0,200,100)]:\n    display(im2.crop(b))",
          ),
          output('', [shown('x1', 100, 100), shown('x2', 100, 100)]),
          code('c = im1.crop((100,100,300,200)).resize((400,200))\nc.crop((200,100,400,200))'),
          output('', [shown('x3', 200, 100)]),
          code('im1.crop((5,5,9,9)).nope()'),
          {
            ...failed,
            metadata: {
              aggregate_result: {
                status: 'failed_with_in_kernel_exception',
                in_kernel_exception: { name: 'AttributeError' },
                messages: [],
              },
            },
          },
          { role: 'assistant', content: { content_type: 'text', parts: ['The second.'] } },
        ]),
      ),
    });
    const { run } = await runOf(set, 0);
    const boxes = boxesAt(run, lastCursor(run));
    expect(boxes.map(({ picture, executed }) => [picture, executed.x1, executed.y1, executed.x2, executed.y2])).toEqual(
      [
        ['p2', 0, 0, 100, 100],
        ['p2', 100, 0, 200, 100],
        ['p1', 200, 150, 300, 200],
      ],
    );
    expect(run.steps.findLast(({ type }) => type === 'result')).toMatchObject({ refused: { told: 'Traceback' } });
    expect(run.steps.at(-1)).toMatchObject({ type: 'answer', text: 'The second.' });
  });
});

describe('Claude Code', () => {
  const sessionOf = async (original?: readonly [number, number]) =>
    claudeCodeLines({
      picture: await base64Of(pictureOf(500, 400)),
      crop: await base64Of(pictureOf(100, 50)),
      ...(original && { original }),
    });

  it('one run along the tree; a message’s lines are one turn; each picture once', async () => {
    const set = await openSet({ 's.jsonl': lines(await sessionOf([1000, 800])) });
    expect(set.files).toMatchObject([{ format: 'claude-code', records: 1 }]);
    const opened = await runOf(set, 0);
    const { run } = opened;
    expect(run.given).toMatchObject([{ picture: 'p1' }, { text: 'What does the sign say?' }]);
    expect(kinds(run)).toBe('think think call result call result answer');
    expect(run.steps.map(({ turn }) => turn)).toEqual([1, 1, 1, 1, 2, 2, 3]);
    expect(run.title).toBe('Reading a sign');
    expect(cuts(run)).toEqual([[300, 100, 400, 150]]);
    expect(run.steps[4]).toMatchObject({ tool: 'Read', label: 'Crop the sign' });
    expect(run.pictures.map(({ from }) => from)).toEqual(['file', 'view']);
    expect(JSON.stringify(run)).not.toContain('PRIVATE');
    expect(codes(opened)).toEqual(expect.arrayContaining(['private-left-out']));
  });

  it('a prompt that was answered otherwise is a branch, a sub-agent a run of its own', async () => {
    const set = await openSet({ 's.jsonl': lines(await sessionOf()) });
    expect(set.rows.map((row) => readRow(row).facts.answer)).toEqual(['It says STOP.', 'I cannot tell.', 'One sign.']);
    expect(set.rows.map((row) => codes(readRow(row)).filter((one) => /branch|side/.test(one)))).toEqual([
      [],
      ['branch-of'],
      ['side-agent'],
    ]);
  });

  it('without a note of its size, the file is taken to be as large as its box needs, said and asked for', async () => {
    const set = await openSet({ 's.jsonl': lines(await sessionOf()) });
    const opened = await runOf(set, 0);
    expect(codes(opened)).toContain('file-was-larger');
    expect(opened.wanted).toMatchObject([{ is: { names: ['shot.png'] } }]);
    expect(cuts(opened.run)).toEqual([[300, 100, 400, 150]]);
    // What is guessed is drawn; what the model saw is the log's own.
    expect(opened.run.pictures.map(({ from }) => from)).toEqual(['file', 'call']);
    await rowsOf(set.desk.supply(filesOf({ 'shot.png': pictureOf(2000, 1600) }), never));
    const again = await runOf(set, 0);
    expect(codes(again)).not.toContain('file-was-larger');
    expect(cuts(again.run)).toEqual([[150, 50, 200, 75]]);
  });

  it('stream-json: no tree, results beside, and lines that are no JSON', async () => {
    const set = await openSet({
      'out.jsonl': `${lines([
        { type: 'system', subtype: 'init', session_id: 's', model: 'claude-opus-5' },
        {
          type: 'assistant',
          session_id: 's',
          parent_tool_use_id: null,
          message: {
            id: 'm',
            role: 'assistant',
            model: 'claude-opus-5',
            content: [
              { type: 'tool_use', id: 't', name: 'Bash', input: { command: 'ls' } },
              { type: 'tool_use', id: 'u', name: 'Bash', input: { command: 'pwd' } },
            ],
          },
        },
        {
          type: 'user',
          session_id: 's',
          message: {
            role: 'user',
            content: [
              { type: 'tool_result', tool_use_id: 'u', content: '/', is_error: true },
              { type: 'tool_result', tool_use_id: 't', content: 'a' },
            ],
          },
        },
      ])}\n{"type":"assis\n${lines([
        {
          type: 'assistant',
          session_id: 's',
          message: {
            id: 'n',
            content: [
              { type: 'text', text: 'Done.' },
              { type: 'hologram', x: 1 },
            ],
          },
        },
      ])}`,
    });
    const { run } = await runOf(set, 0);
    expect(kinds(run)).toBe('call result call result other answer');
    expect(run.steps.slice(0, 4)).toMatchObject([
      { callId: 'u' },
      { refused: { told: '/' } },
      { callId: 't' },
      { parts: [{ text: 'a' }] },
    ]);
  });
});

describe('Codex', () => {
  it('items once, context hidden, the picture behind view_image its result', async () => {
    const records = codexLines(await base64Of(pictureOf(500, 400)), await base64Of(pictureOf(100, 50)));
    const set = await openSet({ 'rollout.jsonl': lines(records) });
    expect(set.files).toMatchObject([{ format: 'codex' }]);
    const opened = await runOf(set, 0);
    const { run } = opened;
    expect(kinds(run)).toBe('think call result call result other answer');
    expect(run.given).toMatchObject([{ picture: 'p1' }, { text: 'What does the sign say?' }]);
    expect(cuts(run)).toEqual([[300, 100, 400, 150]]);
    expect(run.models).toMatchObject([{ name: 'gpt-5.2-codex' }]);
    expect(opened.notes).toContainEqual({ code: 'private-left-out', params: { count: 2 } });
    expect(JSON.stringify(run)).not.toContain('PRIVATE');
    expect(run.steps[5]).toMatchObject({ kind: 'some_new_call' });
  });

  it('a file of events alone, an older one of bare items, and what codex exec prints', async () => {
    const events = [
      { type: 'session_meta', payload: { id: 'x' } },
      { type: 'event_msg', payload: { type: 'user_message', message: 'Hello?', images: [] } },
      { type: 'event_msg', payload: { type: 'agent_message', message: 'Hi.' } },
    ];
    const bare = [
      { id: 'x', timestamp: '2025-05-01T00:00:00Z', instructions: 'PRIVATE' },
      { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hello?' }] },
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hi.' }] },
    ];
    const printed = [
      { type: 'thread.started', thread_id: 'x' },
      {
        type: 'item.completed',
        item: { id: 'i', type: 'command_execution', command: 'ls', aggregated_output: 'a', exit_code: 0 },
      },
      { type: 'item.completed', item: { id: 'j', type: 'agent_message', text: 'Hi.' } },
    ];
    const set = await openSet({ 'a.jsonl': lines(events), 'b.jsonl': lines(bare), 'c.jsonl': lines(printed) });
    expect(set.files.map(({ format }) => format)).toEqual(['codex', 'codex', 'codex']);
    const runs = await Promise.all([0, 1, 2].map(async (at) => (await runOf(set, at)).run));
    expect(runs.map(kinds)).toEqual(['answer', 'answer', 'call result answer']);
    expect(runs.map(({ given }) => given)).toEqual([[{ text: 'Hello?' }], [{ text: 'Hello?' }], []]);
  });
});

describe('AI Studio', () => {
  it('a prompt without an ending: words once, the picture behind its result, the box of a comment', async () => {
    const set = await openSet({ 'A sign': JSON.stringify(aiStudioPrompt(await base64Of(pictureOf(100, 50)))) });
    expect(set.files).toMatchObject([{ format: 'ai-studio' }]);
    const opened = await runOf(set, 0);
    expect(kinds(opened.run)).toBe('think call result other answer');
    expect(opened.wanted).toMatchObject([{ is: { id: '1MadeUpDriveId' } }]);
    const [row] = await rowsOf(set.desk.supply(filesOf({ 'whatever.png': pictureOf(1000, 800) }), never));
    expect(readRow(row).wanted).toEqual([]);
    const { run } = await runOf(set, 0);
    expect(cuts(run)).toEqual([[600, 200, 800, 300]]);
    expect(run.steps[1]).toMatchObject({ asked: { order: 'yxyx', frame: 'thousandths' } });
    expect(run.steps[2]).toMatchObject({ parts: [{ picture: 'p2' }] });
  });
});
