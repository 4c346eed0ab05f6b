/** The research systems' files, read as their own code would: whose boxes count in what, which call was carried out, what was cut. */
import { describe, expect, it } from 'vitest';
import { boxesAt, lastCursor, type Trajectory } from '@/lib/trajectory';
import { cropTurn, deepEyesRow, linesOf } from '../fixtures/deepeyes-rows';
import { openSet, readRow, runOf } from '../fixtures/opened';
import { pictureOf } from '../fixtures/picture';
import {
  focusCall,
  focusRow,
  gritRow,
  llamaFactoryV1,
  marsRow,
  MINI_O3_ERROR,
  miniO3Lines,
  miniO3OverTurn,
  reasonerConv,
  reasonerFrames,
  reasonerSample,
  sealResult,
  shareGpt,
  shareGptFirst,
  thinkImgNew,
  thinkImgOld,
  thymeSft,
  zoomEyeRow,
} from '../fixtures/research-rows';

const picture = pictureOf(1000, 800);
const corners = (box: { x1: number; y1: number; x2: number; y2: number } | null | undefined) =>
  box ? [box.x1, box.y1, box.x2, box.y2].map((edge) => Math.round(edge * 100) / 100) : null;
const cuts = (run: Trajectory) => boxesAt(run, lastCursor(run)).map(({ cut }) => corners(cut));
const asked = (run: Trajectory) => boxesAt(run, lastCursor(run)).map((box) => corners(box.asked));
const kinds = (run: Trajectory) => run.steps.map(({ type }) => type).join(' ');
const seenOf = (run: Trajectory) =>
  run.steps.flatMap((step) =>
    step.type === 'result'
      ? step.parts.flatMap((part) => ('picture' in part ? [part.seen && [part.seen.width, part.seen.height]] : []))
      : [],
  );
const codes = ({ notes }: { readonly notes: readonly { readonly code: string }[] }) => notes.map(({ code }) => code);

describe('forks of DeepEyes', () => {
  it('name rows by crops: the crop is the picture, and the one it was cut from is not', async () => {
    const rows = linesOf([deepEyesRow({ image: 'sa_1_zoom_0.png' }), deepEyesRow({ image: 'sa_2_zoom_0.png' })]);
    const set = await openSet({
      'a.jsonl': rows,
      'sa_1.jpg': picture,
      'zooms/sa_1_zoom_0.png': pictureOf(300, 200),
      'sa_2.jpg': picture,
    });
    expect((await runOf(set, 0)).run.pictures[0]).toMatchObject({ width: 300, height: 200 });
    expect(readRow(set.rows[1]).wanted).toMatchObject([{ names: ['sa_2_zoom_0.png'] }]);
  });

  it('answer a call in words alone: they are its result, and nothing is shown', async () => {
    const row = deepEyesRow();
    const output = row.pred_output.map((message) =>
      message === cropTurn
        ? { role: 'user', content: '<tool_response>\nBBOX: [100, 200, 300, 400]\n</tool_response>' }
        : message,
    );
    const { run } = await runOf(
      await openSet({ 'a.jsonl': linesOf([{ ...row, pred_output: output }]), 'sa_1.jpg': picture }),
      0,
    );
    expect(run.steps.find(({ type }) => type === 'result')).toMatchObject({
      parts: [{ text: 'BBOX: [100, 200, 300, 400]' }],
    });
    expect(cuts(run)).toEqual([null]);
    expect(asked(run)).toEqual([[100, 200, 300, 400]]);
  });
});

describe('Mini-o3', () => {
  const open = (lines: readonly unknown[]) =>
    openSet({ 'run/traj.jsonl': linesOf(lines), 'run/original_image.jpg': picture });

  it('counts crops that succeeded, in fractions of the source that a call names', async () => {
    const set = await open(miniO3Lines());
    expect(set.files).toMatchObject([{ format: 'mini-o3', records: 1 }]);
    const opened = await runOf(set, 0);
    const { run } = opened;
    expect(kinds(run)).toBe('think call result think call result think call result think answer');
    // The second is the right upper quarter of the first, which is 250 × 399 pixels and ends before the last one.
    expect(cuts(run)).toEqual([
      [500, 400, 750, 799],
      [625, 400, 749, 599],
    ]);
    expect(run.steps[5]).toMatchObject({
      type: 'result',
      refused: { told: MINI_O3_ERROR.replace(/<[^>]*>(?:user|assistant)?/g, '').trim() },
    });
    expect(codes(opened)).toContain('observation-renumbered');
    expect(readRow(set.rows[0]).facts).toMatchObject({ calls: 2, refused: 1, answer: '42', verdict: { right: true } });
  });

  it('reads each run of a file to which a rerun was appended', async () => {
    const set = await open([...miniO3Lines(), ...miniO3Lines()]);
    expect(set.rows).toHaveLength(2);
    expect(codes(await runOf(set, 1))).toContain('started-again');
    expect((await runOf(set, 0)).run.id).not.toBe((await runOf(set, 1)).run.id);
  });

  it('finds a grounding without its tag, takes the last of two, and says that a last call has no crop', async () => {
    const opened = await runOf(await open(miniO3OverTurn), 0);
    expect(kinds(opened.run)).toBe('think call result call result call');
    expect(cuts(opened.run)).toEqual([[100, 80, 200, 160], null]);
    expect(asked(opened.run)).toEqual([
      [100, 80, 200, 160],
      [400, 320, 600, 480],
    ]);
    expect(codes(opened)).toEqual(expect.arrayContaining(['several-calls', 'last-call-without-crop']));
    expect(opened.run.stop?.reason).toBe('max-turns');
  });

  it('takes numbers above 1 for pixels of the size that was used', async () => {
    const lines = [
      miniO3Lines()[0],
      {
        turn_idx: 0,
        text_output: '<grounding>{"bbox_2d": [100, 200, 300, 400], "source": "original_image"}</grounding>',
      },
      { turn_idx: 1, text_output: '<answer>42</answer>' },
    ];
    const opened = await runOf(await open(lines), 0);
    expect(cuts(opened.run)).toEqual([[100, 200, 300, 400]]);
    expect(codes(opened)).toContain('frame-from-values');
  });
});

describe('SenseNova-MARS', () => {
  it('crops the first picture in thousandths; the environment refuses what reaches beyond', async () => {
    const set = await openSet({
      'results.jsonl': linesOf([marsRow()]),
      'images/vstar-3_input_1.jpg': picture,
      'images/vstar-3_thumbnail_3.jpg': pictureOf(60, 40),
    });
    expect(set.files[0]).toMatchObject({ format: 'sensenova-mars', rules: ['evaluation', 'training'] });
    const { run } = await runOf(set, 0);
    expect(kinds(run)).toBe('think call result call result answer');
    expect(cuts(run)).toEqual([[100, 200, 1000, 400]]);
    expect(run.steps.at(-1)).toMatchObject({ text: 'The answer is \\boxed{A}' });
    // A picture that a search found is its own, not a crop.
    expect(run.pictures.at(-1)).toMatchObject({ from: 'call', width: 60, height: 40 });
    expect(readRow(set.rows[0]).facts).toMatchObject({
      kind: 'vstar',
      wanted: ['A'],
      answer: 'The answer is \\boxed{A}',
    });
    for await (const _ of set.desk.setReading(0, { rule: 'training' }, new AbortController().signal));
    expect((await runOf(set, 0)).run.steps[2]).toMatchObject({ refused: { problem: 'box-out-of-frame' } });
  });

  it('says why a row failed', async () => {
    const failed = marsRow({ input: '', output: '', finish_reason: 'error', error: 'Connection refused' });
    const opened = await runOf(await openSet({ 'r.jsonl': linesOf([failed]) }), 0);
    expect(opened.run).toMatchObject({ status: 'failed', stop: { reason: 'error', message: 'Connection refused' } });
  });
});

describe('Chain-of-Focus', () => {
  const open = (row: unknown) =>
    openSet({ 'result_direct_attributes.jsonl': linesOf([row]), 'sa_7.jpg': pictureOf(1008, 812) });

  it('cuts half as much again about the centre and shows it at twice the size', async () => {
    const set = await open(focusRow([focusCall([100, 100, 200, 200])]));
    expect(set.files[0]?.format).toBe('chain-of-focus');
    const opened = await runOf(set, 0);
    expect(cuts(opened.run)).toEqual([[75, 75, 225, 225]]);
    expect(asked(opened.run)).toEqual([[100, 100, 200, 200]]);
    expect(seenOf(opened.run)).toEqual([[308, 308]]);
    expect(opened.run.given).toMatchObject([
      {},
      { text: 'What color is the car?\n(A) red\n(B) blue\nAnswer with the option’s letter.' },
    ]);
    expect(readRow(set.rows[0]).facts).toMatchObject({
      kind: 'direct_attributes',
      verdict: { right: true, by: 'options' },
    });
  });

  it('shows the whole picture for a call that is not closed, and for a box that does not fit', async () => {
    for (const call of [focusCall([100, 100, 200, 200], false), focusCall([900, 100, 1200, 200])]) {
      const opened = await runOf(await open(focusRow([call])), 0);
      expect(codes(opened)).toContain('whole-picture');
      const result = opened.run.steps.find(({ type }) => type === 'result');
      const shown =
        result?.type === 'result' && result.parts[0] && 'picture' in result.parts[0] ? result.parts[0].picture : '';
      expect(opened.run.pictures.find(({ id }) => id === shown)).toMatchObject({ width: 1008, height: 812 });
    }
  });

  it('knows a row in error, whose output is empty', async () => {
    const opened = await runOf(await open(focusRow([], { pred_output: '', status: 'error: CUDA out of memory' })), 0);
    expect(opened.run).toMatchObject({ status: 'failed', stop: { message: 'CUDA out of memory' } });
    expect(opened.run.given).toHaveLength(1);
  });
});

describe('Pixel-Reasoner', () => {
  const open = (conv: unknown) => openSet({ 'q1/conv.json': JSON.stringify(conv), 'q1/iter0.jpg': picture });

  it('adds a tenth of the picture on each side of fractions', async () => {
    const set = await open(reasonerConv([[0.3, 0.3, 0.5, 0.5]]));
    expect(set.files).toMatchObject([{ format: 'pixel-reasoner', records: 1 }]);
    const opened = await runOf(set, 0);
    expect(cuts(opened.run)).toEqual([[200, 160, 600, 480]]);
    expect(asked(opened.run)).toEqual([[300, 240, 500, 400]]);
    expect(opened.run.steps.at(-1)).toMatchObject({ type: 'answer', text: 'It is a \\boxed{cat}' });
  });

  it('takes a box with an edge of 1.0 for pixels, all of it', async () => {
    const opened = await runOf(await open(reasonerConv([[0.6, 0.6, 1, 1]])), 0);
    expect(cuts(opened.run)).toEqual([[0, 0, 101, 81]]);
    expect(codes(opened)).toContain('edge-makes-pixels');
  });

  it('adds 600 pixels at most in its other tool', async () => {
    const set = await openSet({
      'q/conv.json': JSON.stringify(reasonerConv([[0.5, 0.5, 0.6, 0.6]], 'zoom_in')),
      'q/iter0.jpg': pictureOf(12000, 6000),
    });
    expect(cuts((await runOf(set, 0)).run)).toEqual([[5400, 2400, 7800, 4200]]);
  });

  it('refuses a crop of 28 pixels or less', async () => {
    const set = await openSet({
      'q/conv.json': JSON.stringify(reasonerConv([[0.5, 0.5, 0.55, 0.55]])),
      'q/iter0.jpg': pictureOf(112, 112),
    });
    expect((await runOf(set, 0)).run.steps[2]).toMatchObject({ refused: { problem: 'box-too-small' } });
  });

  it('shows frames that were saved as one picture once', async () => {
    const opened = await runOf(await open(reasonerFrames), 0);
    expect(codes(opened)).toContain('one-picture-for-many');
    const shown = opened.run.steps.flatMap((step) => (step.type === 'result' ? step.parts : []));
    expect(shown).toHaveLength(1);
  });

  it('reads a sample of an evaluation', async () => {
    const set = await openSet({ 'sample.eval_iter3_0.jsonl': linesOf([reasonerSample]), 'vstar-001.jpg': picture });
    const { run } = await runOf(set, 0);
    expect(cuts(run)).toEqual([[0, 0, 101, 81]]);
    expect(readRow(set.rows[0]).facts).toMatchObject({
      kind: 'vstar',
      verdict: { right: true, by: 'file' },
      rewards: { told: 1.25 },
    });
  });
});

describe('code', () => {
  it('Thyme: the last block is the call, its output the result, its numbers the box', async () => {
    const set = await openSet({ 'sft.jsonl': linesOf([thymeSft]), 'images/a.jpg': picture });
    expect(set.files[0]?.format).toBe('thyme');
    const { run } = await runOf(set, 0);
    expect(kinds(run)).toBe('think call result think answer');
    expect(run.steps[1]).toMatchObject({ tool: 'python', asked: { box: { x1: 100, y1: 200, x2: 300, y2: 400 } } });
    expect(run.steps[2]).toMatchObject({ parts: [{ text: 'temp_processed_images/x.jpg' }] });
  });

  it('DeepEyesV2’s data: pictures stand where their places are, the same one twice', async () => {
    const set = await openSet({
      'cold_start.json': JSON.stringify([shareGpt, shareGptFirst, llamaFactoryV1]),
      'data/a.jpg': picture,
      'data/out_1.png': pictureOf(200, 200),
    });
    expect(set.files[0]).toMatchObject({ format: 'llama-factory', records: 3 });
    const opened = await runOf(set, 0);
    const { run } = opened;
    expect(run.given).toMatchObject([
      { text: 'First ' },
      { picture: 'p1' },
      { text: ' and then ' },
      { picture: 'p1' },
      { text: ': the same?' },
    ]);
    expect(kinds(run)).toBe('think call result think answer');
    expect(run.steps[1]).toMatchObject({ tool: 'python', asked: { box: { x1: 100, y1: 200, x2: 300, y2: 400 } } });
    expect(run.pictures).toMatchObject([
      { from: 'file', width: 1000 },
      { from: 'call', width: 200 },
    ]);
    expect(codes(opened)).toContain('code-rewritten');
    // No place for the picture: it comes first, and the row says so.
    const first = await runOf(set, 1);
    expect(first.run.given).toMatchObject([{ picture: 'p1' }, { text: 'What is it?' }]);
    expect(codes(first)).toContain('placeholders-and-pictures');
    const v1 = await runOf(set, 2);
    expect(kinds(v1.run)).toBe('answer said answer');
    expect(v1.run.pictures).toHaveLength(1);
  });
});

describe('OpenThinkIMG', () => {
  it('old: thoughts, actions and values, boxes that are only names', async () => {
    const set = await openSet({ 'out.jsonl': linesOf([thinkImgOld]), '77.jpg': picture });
    expect(set.files[0]?.format).toBe('openthinkimg');
    const opened = await runOf(set, 0);
    expect(kinds(opened.run)).toBe('think think call result think answer');
    expect(opened.run.steps.at(-1)).toMatchObject({ text: 'So the answer is red.' });
    expect(codes(opened)).toContain('boxes-by-name');
    expect(opened.run.pictures[0]).toMatchObject({ width: 1000 });
  });

  it('new: the first action alone, on the newest picture, and what the tool made', async () => {
    const made = Buffer.from(await pictureOf(300, 200).arrayBuffer()).toString('base64');
    const set = await openSet({
      'log.jsonl': linesOf([thinkImgNew(`data:image/png;base64,${made}`)]),
      '77.jpg': picture,
    });
    const opened = await runOf(set, 0);
    const { run } = opened;
    expect(kinds(run)).toBe('think call result think call result think answer');
    expect(run.steps[1]).toMatchObject({
      tool: 'zoom',
      place: { picture: 'p1', box: { x1: 100, y1: 200, x2: 300, y2: 400 } },
    });
    expect(run.pictures[1]).toMatchObject({ from: 'call', width: 300, height: 200 });
    expect(run.steps[5]).toMatchObject({ refused: { told: 'There is no tool names OCR.' } });
    expect(codes(opened)).toContain('only-first-action');
    expect(readRow(set.rows[0]).facts).toMatchObject({ answer: 'the third', kind: 'charxiv' });
  });
});

describe('searches', () => {
  it('SEAL: both lists, boxes by left, top, width and height', async () => {
    const set = await openSet({ 'eval_result.json': JSON.stringify(sealResult), 'sa_1.jpg': picture });
    expect(set.rows.map((row) => readRow(row).facts.kind)).toEqual(['direct_attributes', 'relative_position']);
    expect(set.rows.map((row) => readRow(row).facts.verdict.right)).toEqual([true, false]);
    const { run } = await runOf(set, 0);
    expect(cuts(run)).toEqual([[100.5, 200, 150.5, 260]]);
    expect((await runOf(set, 1)).run.steps.at(-1)).toMatchObject({ type: 'answer', text: 'right' });
  });

  it('ZoomEye: where it looked against what was sought', async () => {
    const set = await openSet({ 'zoomeye.jsonl': linesOf([zoomEyeRow]), 'sa_1.jpg': picture });
    expect(set.files[0]?.format).toBe('zoomeye');
    const { facts } = readRow(set.rows[0]);
    expect(facts).toMatchObject({ calls: 1, verdict: { right: true, by: 'file' }, answer: 'red' });
    expect(facts.bestIou).toBeCloseTo(0.3, 2);
  });
});

describe('GRIT', () => {
  it('draws the boxes of thoughts, in the size the model saw', async () => {
    const set = await openSet({ 'grit.jsonl': linesOf([gritRow]), 'a.jpg': picture });
    const { run } = await runOf(set, 0);
    expect(kinds(run)).toBe('think think answer');
    const [thought] = run.steps;
    const marks = thought?.type === 'think' ? (thought.marks ?? []) : [];
    // 1000 × 800 is seen at 1008 × 812.
    expect(marks.map(({ shape }) => (shape.kind === 'box' ? corners(shape.box) : null))).toEqual([
      [99.21, 197.04, 297.62, 394.09],
      [500, 551.72, 694.44, 772.41],
    ]);
    expect(marks.map(({ at }) => thought?.type === 'think' && at && thought.text.slice(at.from, at.to))).toEqual([
      '100,200,300,400',
      '504, 560, 700, 784',
    ]);
  });

  it('counts InternVL’s in thousandths', async () => {
    const set = await openSet({ 'grit.jsonl': linesOf([{ ...gritRow, model: 'InternVL3-2B' }]), 'a.jpg': picture });
    const { run } = await runOf(set, 0);
    const [thought] = run.steps;
    expect(thought?.type === 'think' && thought.marks?.[0]?.shape).toMatchObject({
      box: { x1: 100, y1: 160, x2: 300, y2: 320 },
    });
  });
});
