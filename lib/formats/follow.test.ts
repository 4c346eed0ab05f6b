/** A set that grows while it is open: rows are added, the last one completed, and a file that was written anew read again. */
import { describe, expect, it } from 'vitest';
import type { SetRow } from './set-contract';
import { deepEyesRow, linesOf } from './fixtures/deepeyes-rows';
import { filesOf, openSet, readRow, rowsOf } from './fixtures/opened';
import { pictureOf } from './fixtures/picture';
import { miniO3Lines } from './fixtures/research-rows';

const never = new AbortController().signal;
const row = (question: string) => deepEyesRow({ question });
const asked = (rows: readonly SetRow[]) =>
  rows.map((one) => [one.index, one.problem === undefined ? one.facts.question.split('\n')[0] : one.problem.code]);

describe('a folder that is followed', () => {
  it('adds rows, and reads the one again that was cut off', async () => {
    const first = linesOf([row('One?'), row('Two?')]);
    const set = await openSet({ 'run/r.jsonl': first.slice(0, -40) });
    expect(asked(set.rows)).toEqual([
      [0, 'One?'],
      [1, 'not-json'],
    ]);
    const grown = `${first}${linesOf([row('Three?')])}`;
    expect(asked(await rowsOf(set.desk.refresh(filesOf({ 'run/r.jsonl': grown }), never)))).toEqual([
      [1, 'Two?'],
      [2, 'Three?'],
    ]);
    // Nothing came: the last row is told once more, and no other.
    expect(asked(await rowsOf(set.desk.refresh(filesOf({ 'run/r.jsonl': grown }), never)))).toEqual([[2, 'Three?']]);
  });

  it('adds files beside the first, read as that one is, and pictures where they were missing', async () => {
    const set = await openSet({ 'run/a.jsonl': linesOf([row('One?')]) });
    await rowsOf(set.desk.setReading(0, { frame: 'thousandths' }, never));
    const events = set.desk.refresh(
      filesOf({ 'run/b.jsonl': linesOf([row('Two?')]), 'run/sa_1.jpg': pictureOf(1000, 800) }),
      never,
    );
    const rows = await rowsOf(events);
    expect(asked(rows).toSorted()).toEqual([
      [0, 'One?'],
      [1, 'Two?'],
    ]);
    expect(rows.map((one) => [readRow(one).boxes?.frame, readRow(one).wanted.length])).toEqual([
      ['thousandths', 0],
      ['thousandths', 0],
    ]);
  });

  it('reads all of a file again that was written anew, and a run that is told line by line', async () => {
    const set = await openSet({ 'r.jsonl': linesOf([row('One?'), row('Two?'), row('Three?')]) });
    const anew = linesOf([row('Another one?'), row('And two?')]);
    expect(asked(await rowsOf(set.desk.refresh(filesOf({ 'r.jsonl': anew }), never)))).toEqual([
      [0, 'Another one?'],
      [1, 'And two?'],
    ]);
    const lines = miniO3Lines();
    const run = await openSet({ '1/traj.jsonl': linesOf(lines.slice(0, 2)) });
    expect(readRow(run.rows[0]).facts.answer).toBeNull();
    const [told] = await rowsOf(run.desk.refresh(filesOf({ '1/traj.jsonl': linesOf(lines) }), never));
    expect(readRow(told).facts).toMatchObject({ answer: '42' });
  });
});
