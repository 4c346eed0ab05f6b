import { describe, expect, it } from 'vitest';
import { isRight } from '@/lib/scene';
import { compareWays } from './compare-ways';
import { csvOf } from './csv';
import { answer, benchQuestion, runOf } from './fixtures/scene';
import { iouHistogram } from './histogram';
import { scoreRun, type BenchResult } from './result';
import { summarize } from './summary';

const BASE = scoreRun(benchQuestion(0), runOf([answer('K7')]));
const row = (over: Partial<BenchResult>): BenchResult => ({ ...BASE, ...over });

describe('the summary', () => {
  it('of nothing has no numbers', () => {
    expect(summarize([])).toEqual({ withTools: null, without: null, looks: null });
  });

  it('accuracy by kind, with tools and without', () => {
    const { withTools, without } = summarize([
      row({ kind: 'read-tag', right: true }),
      row({ kind: 'read-tag', right: false }),
      row({ kind: 'left-right', right: true, needsZoom: false }),
      row({ kind: 'read-tag', right: false, tools: false }),
    ]);
    expect(withTools).toMatchObject({ n: 3, right: 2, accuracy: 2 / 3 });
    expect(withTools?.byKind).toEqual({
      'read-tag': { n: 2, right: 1, accuracy: 0.5 },
      'left-right': { n: 1, right: 1, accuracy: 1 },
    });
    expect(withTools?.needsZoom.accuracy).toBe(0.5);
    expect(without).toMatchObject({ n: 1, accuracy: 0, needsNoZoom: { n: 0, accuracy: null } });
  });

  it('IoU: the mean of all looks, of the last ones, and by target', () => {
    const { looks } = summarize([
      row({ calls: 2, callIous: [0.2, 0.8], targetIou: 0.8, tagInLastLook: true }),
      row({ calls: 1, callIous: [0.5], targetIou: 0.25, tagInLastLook: false }),
      row({ calls: 0, callIous: [], targetIou: 0, tagInLastLook: null }),
      row({ calls: 0, callIous: [], targetIou: null, tagInLastLook: null, needsZoom: false, given: 'no' }),
      row({ calls: 1, callIous: [], targetIou: null, tagInLastLook: null, needsZoom: false, given: 'no' }),
    ]);
    expect(looks?.meanIou).toBeCloseTo(0.5);
    expect(looks?.lastCallIou).toBeCloseTo(0.65);
    expect(looks?.targetIou).toBeCloseTo(0.35);
    expect(looks).toMatchObject({ tagInLastCall: 0.5, callsPerQuestion: 0.8, answeredWithoutCall: 0.5 });
    expect(looks?.lookedWhereNeeded).toBeCloseTo(2 / 3);
  });

  it('existence as POPE scores it', () => {
    const said = (given: string | null, truth: string) =>
      row({ kind: 'exists', given, answer: truth, right: isRight(given ?? '', [truth]), needsZoom: false });
    // 3 hits, 1 false alarm, 1 miss, 2 right noes, 1 that says neither where nothing is.
    const { withTools } = summarize([
      said('yes', 'yes'),
      said('Yes.', 'yes'),
      said('yes', 'yes'),
      said('yes', 'no'),
      said('no', 'yes'),
      said('no', 'no'),
      said('no', 'no'),
      said('maybe', 'no'),
    ]);
    expect(withTools?.existence).toMatchObject({ n: 8, precision: 0.75, recall: 0.75, f1: 0.75, yesRatio: 0.5 });
    // Right are the 3 hits and 2 noes; what says neither is not right, though nothing is there.
    expect(withTools?.existence?.accuracy).toBe(5 / 8);
  });

  it('F1 has no value where nothing is and nothing is said to be', () => {
    const { withTools } = summarize([row({ kind: 'exists', given: 'no', answer: 'no', right: true })]);
    expect(withTools?.existence).toEqual({ n: 1, accuracy: 1, precision: null, recall: null, f1: null, yesRatio: 0 });
  });
});

describe('beside the numbers', () => {
  it('what looking closer saved and lost', () => {
    const results = [
      row({ id: 'a', right: true }),
      row({ id: 'a', right: false, tools: false }),
      row({ id: 'b', right: false }),
      row({ id: 'b', right: true, tools: false }),
      row({ id: 'c', right: true }),
      row({ id: 'c', right: true, tools: false }),
      row({ id: 'd', right: true }),
    ];
    const { saved, lost } = compareWays(results);
    expect(saved.map(({ withTools }) => withTools.id)).toEqual(['a']);
    expect(lost.map(({ without }) => without.id)).toEqual(['b']);
  });

  it('a histogram counts every value once', () => {
    expect(iouHistogram([0, 0.05, 0.1, 0.55, 0.999, 1])).toEqual([2, 1, 0, 0, 0, 1, 0, 0, 0, 2]);
  });

  it('CSV quotes what has to be, and nothing the model wrote is a formula', () => {
    const csv = csvOf([row({ question: 'a "b", c', given: '=1+1', answer: 'x\ny', callIous: [0.25] })]);
    const [head, line] = csv.split('\r\n');
    expect(head?.split(',')).toContain('last_call_iou');
    expect(line).toContain('"a ""b"", c"');
    expect(line).toContain(`"x\ny",'=1+1,`);
    expect(line).toContain(',0.2500,');
  });
});
