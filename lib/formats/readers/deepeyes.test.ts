/** DeepEyes' rows with all their quirks: boxes where they were cut, answers where they stand, and what is wrong with a row said once. */
import { describe, expect, it } from 'vitest';
import {
  activeCrop,
  answerOf,
  boxesAt,
  lastCursor,
  questionOf,
  resultOf,
  soughtIn,
  type Trajectory,
} from '@/lib/trajectory';
import { deepEyesRow, linesOf, openCall, type RowFacts } from '../fixtures/deepeyes-rows';
import { filesOf, openSet, readRow, rowsOf, runOf } from '../fixtures/opened';
import { pictureOf } from '../fixtures/picture';

const never = new AbortController().signal;
const PICTURE = { 'vstar/sa_1.jpg': pictureOf(1500, 1000) };

async function open(row: RowFacts, beside: Readonly<Record<string, string | Blob>> = PICTURE) {
  const set = await openSet({ 'result_direct_attributes_x.jsonl': linesOf([deepEyesRow(row)]), ...beside });
  return { set, row: readRow(set.rows[0]), ...(await runOf(set, 0)) };
}

const boxes = (run: Trajectory) => boxesAt(run, lastCursor(run));
const codes = (notes: readonly { readonly code: string }[]) => notes.map(({ code }) => code);
const types = (run: Trajectory) => run.steps.map(({ type }) => type).join(' ');

describe('a row', () => {
  it('shows its box and its crop in the picture that lies beside it, though no call is closed', async () => {
    const { run, row, files, wanted } = await open({});
    expect(types(run)).toBe('think call result think answer');
    expect(boxes(run)).toMatchObject([
      { label: 'cap', asked: { x1: 100, y1: 200, x2: 300, y2: 400 }, cut: { x1: 100, y1: 200, x2: 300, y2: 400 } },
    ]);
    expect(activeCrop(run, 3)).toEqual({ x1: 100, y1: 200, x2: 300, y2: 400 });
    expect(questionOf(run)).toBe('What is the color of the cap?\nA. The cap is white.\nB. The cap is blue.');
    expect(run.pictures[0]).toMatchObject({ width: 1500, height: 1000, file: { name: 'sa_1.jpg' } });
    expect([files.size, wanted]).toEqual([1, []]);
    // 200 × 200 brought to multiples of 28, as the evaluation sent it.
    const call = run.steps.find((step) => step.type === 'call');
    expect(resultOf(run, call?.callId ?? '')?.parts).toMatchObject([{ seen: { width: 196, height: 196 } }]);
    expect(row.facts).toMatchObject({ kind: 'direct_attributes', calls: 1, verdict: { right: true, by: 'file' } });
    expect(run.truth).toMatchObject({
      answers: ['The cap is white.'],
      options: ['The cap is white.', 'The cap is blue.'],
    });
  });

  it('without its picture shows the box in one of a size that is assumed, and asks for it by name', async () => {
    const { run, row, wanted } = await open({}, {});
    expect(run.pictures[0]).toMatchObject({ assumedSize: true, width: 300, height: 400 });
    expect(boxes(run)).toHaveLength(1);
    expect([row.wanted, wanted[0]?.is.names]).toMatchObject([[{ names: ['sa_1.jpg'] }], ['sa_1.jpg']]);
  });

  it('that answers and calls at once, and ends on the crop: the answer is shown, and whose crop it was', async () => {
    const turn = `<think>It is this.\n<answer>"superhero"</answer>\n</think>  \n${openCall([500, 100, 600, 150])}`;
    const { run, notes } = await open({ turns: [turn], endsOnCrop: true });
    expect(types(run)).toBe('think answer call result');
    expect([answerOf(run), run.stop?.reason, boxes(run).length]).toEqual(['"superhero"', 'answer', 1]);
    expect(codes(notes)).toContain('answered-and-called');
  });

  it('with two calls in a turn carries out the first, or the last where a person says so', async () => {
    const turns = [
      `<think>x</think>${openCall([0, 0, 100, 100], 'a')}${openCall([500, 500, 600, 600], 'b')}`,
      '<answer>A</answer>',
    ];
    const { set, run, notes } = await open({ turns });
    expect(boxes(run).map(({ label }) => label)).toEqual(['a']);
    expect(notes).toContainEqual({ code: 'several-calls', params: { count: 2, run: 'first' } });
    await rowsOf(set.desk.setReading(0, { call: 'last' }, never));
    expect(boxes((await runOf(set, 0)).run).map(({ label }) => label)).toEqual(['b']);
  });

  it('reads past junk, hundreds of line breaks, and a call without its opening tag', async () => {
    const junk = `<answer>A. The cap is white.</answer>\n addCriterion\n\n addCriterion${'\n'.repeat(400)}`;
    const bare =
      '<think>Look.</think>\n{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [1, 2, 101, 102]}}\n</tool_call>';
    const { run } = await open({ turns: [bare, junk] });
    expect(boxes(run)).toMatchObject([{ asked: { x1: 1, y1: 2, x2: 101, y2: 102 } }]);
    expect(answerOf(run)).toBe('A. The cap is white.');
    expect(Math.max(...run.steps.map((step) => ('text' in step ? step.text.length : 0)))).toBeLessThan(100);
  });

  it('that says the same eleven times says it once', async () => {
    const { run, notes } = await open({
      turns: Array<string>(11).fill('<think>I can zoom in.</think>  \n<tool_call>\n{"name": "image_zo'),
    });
    expect(notes).toContainEqual({ code: 'repeated-turns', params: { count: 11 } });
    expect(types(run)).toBe('think call');
    expect(run.stop?.reason).toBe('max-turns');
  });

  it('that failed shows what it failed on, which stands in `pred_ans` alone', async () => {
    const more = { status: 'error', acc: 0, pred_ans: `<think>I look.</think>\n${openCall([1630, 1020, 1658, 1014])}` };
    const { run, row } = await open({ turns: [], more });
    expect([run.status, run.stop?.reason, types(run)]).toEqual(['failed', 'error', 'think call']);
    expect(row.facts.verdict.right).toBe(false);
    expect(codes(row.notes)).toContain('row-failed');
  });

  it('that names no picture finds it by the question an annotation asks', async () => {
    const annotation = {
      target_object: ['cap'],
      bbox: [[90, 190, 220, 210]],
      question: 'What is the color of the cap?',
      options: ['white', 'blue'],
    };
    const { run, row } = await open({ image: '' }, { ...PICTURE, 'vstar/sa_1.json': JSON.stringify(annotation) });
    expect(run.pictures[0]).toMatchObject({ file: { name: 'sa_1.jpg' } });
    expect(row.wanted).toEqual([]);
  });

  it('is measured against the annotation beside its picture, which is no run of its own', async () => {
    const annotation = {
      target_object: ['cap'],
      bbox: [[100, 200, 200, 100]],
      question: 'What is the color of the cap?',
      options: ['white', 'blue'],
    };
    const { set, run, row } = await open({}, { ...PICTURE, 'vstar/sa_1.json': JSON.stringify(annotation) });
    expect(set.rows).toHaveLength(1);
    expect(run.truth?.places).toEqual([
      { label: 'cap', place: { picture: 'p1', box: { x1: 100, y1: 200, x2: 300, y2: 300 } } },
    ]);
    expect(soughtIn(run, 'p1')).toEqual([{ x1: 100, y1: 200, x2: 300, y2: 300 }]);
    expect(row.facts.bestIou).toBeCloseTo(0.5);
  });

  it('of HR-Bench is right by its letter, not by the first option', async () => {
    const more = { answer: 'B', answer_str: '27B', category: 'single', acc: undefined };
    const right = await open({ image: '', options: ['27E', '27B'], turns: ['<answer>B. 27B</answer>'], more });
    expect(right.row.facts).toMatchObject({ kind: 'single', verdict: { right: true } });
    const wrong = await open({ image: '', options: ['27E', '27B'], turns: ['<answer>A. 27E</answer>'], more });
    expect(wrong.row.facts.verdict.right).toBe(false);
  });

  it('whose tool answers in words alone keeps its box', async () => {
    const row = deepEyesRow({});
    row.pred_output[3] = {
      role: 'user',
      content: [{ type: 'text', text: '<tool_response>\nBBOX: [100, 200, 300, 400]\n</tool_response>' }],
    };
    const set = await openSet({ 'a.jsonl': linesOf([row]) });
    const { run } = await runOf(set, 0);
    expect(boxes(run)).toMatchObject([{ asked: { x1: 100 }, cut: null }]);
    expect(run.steps[2]).toMatchObject({
      type: 'result',
      parts: [{ text: 'BBOX: [100, 200, 300, 400]' }],
      refused: null,
    });
  });

  it('with a small box, or one that reaches outside: what the two do with it', async () => {
    const turns = [`<think>x</think>${openCall([1480, 980, 1510, 1010])}`, '<answer>A</answer>'];
    const { set, run, notes } = await open({ turns });
    expect(codes(notes).toSorted()).toEqual(['box-outside', 'would-be-refused']);
    expect(boxes(run)[0]?.cut).toEqual({ x1: 1480, y1: 980, x2: 1500, y2: 1000 });
    await rowsOf(set.desk.setReading(0, { rule: 'training' }, never));
    const trained = (await runOf(set, 0)).run;
    expect(boxes(trained)).toEqual([]);
    expect(trained.steps.find((step) => step.type === 'result')).toMatchObject({
      refused: { problem: 'box-too-small' },
    });
    expect(trained.source?.rule).toBe('training');
  });

  it('is read in another frame where a person says so', async () => {
    const { set } = await open({});
    await rowsOf(set.desk.setReading(0, { frame: 'thousandths' }, never));
    const { run } = await runOf(set, 0);
    expect(boxes(run)[0]?.asked).toEqual({ x1: 150, y1: 200, x2: 450, y2: 400 });
  });
});

describe('pictures', () => {
  it.each([
    ['in another folder', 'sa_1.jpg', 'data/images/sa_1.jpg'],
    ['by a path that is elsewhere', '/data/vstar/direct_attributes/sa_1.jpg', 'direct_attributes/sa_1.jpg'],
    ['with `./` and `\\`', '.\\direct_attributes\\sa_1.jpg', 'direct_attributes/sa_1.jpg'],
    ['in other letters', 'SA_1.JPG', 'sa_1.jpg'],
    ['composed otherwise', 'caf\u00e9.jpg', 'cafe\u0301.jpg'],
  ])('are found %s', async (_, image, path) => {
    const { run } = await open({ image }, { [path]: pictureOf(640, 480) });
    expect(run.pictures[0]).toMatchObject({ width: 640, height: 480 });
  });

  it('of the same name: the one whose folders agree', async () => {
    const { run } = await open(
      { image: 'b/sa_1.jpg' },
      { 'a/sa_1.jpg': pictureOf(1, 1), 'b/sa_1.jpg': pictureOf(2, 2), 'c/sa_1.jpg': pictureOf(3, 3) },
    );
    expect(run.pictures[0]).toMatchObject({ width: 2 });
  });

  it('that come later are put where they were missing, whatever one alone is called', async () => {
    const { set } = await open({}, {});
    const rows = await rowsOf(set.desk.supply(filesOf({ 'photo.png': pictureOf(800, 600) }), never));
    expect(rows.map(readRow)).toMatchObject([{ index: 0, wanted: [] }]);
    expect((await runOf(set, 0)).run.pictures[0]).toMatchObject({ width: 800, file: { name: 'photo.png' } });
  });
});

describe('a file', () => {
  it('with a broken row: the others are there, and it says why', async () => {
    const text = linesOf([deepEyesRow(), deepEyesRow({ question: 'Second?' })]).replace(
      '\n',
      '\n{"image": "sa_2.jpg", "pred_output": [\n',
    );
    const { rows } = await openSet({ 'a.jsonl': text });
    expect(rows.map(({ problem }) => problem?.code)).toEqual([undefined, 'not-json', undefined]);
  });

  it('of which every row failed says the same of each, so that it can be said once', async () => {
    const row = deepEyesRow({ turns: [], more: { status: 'error', pred_ans: '', acc: 0 } });
    const { rows } = await openSet({ 'a.jsonl': linesOf(Array(5).fill(row)) });
    expect(
      new Set(rows.map((one) => JSON.stringify(readRow(one).notes.filter(({ code }) => code === 'row-failed')))).size,
    ).toBe(1);
  });
});
