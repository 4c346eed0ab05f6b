/** The player over recorded runs: moving, playing, growing, and two of them on one page. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Step, Trajectory } from '@/lib/trajectory';
import recorded from '@/lib/trajectory/fixtures/two-zooms.json';
import { createPlayer } from './create-player';

const RUN = recorded as Trajectory; // a test of lib/trajectory passes this file through the schema
const COUNT = RUN.steps.length;
const cut = (count: number): Trajectory => ({ ...RUN, steps: RUN.steps.slice(0, count) });
/** Quick steps: each is shown for the least time. */
const QUICK = { ...RUN, steps: RUN.steps.map((step): Step => ({ ...step, span: { start: 0, end: 1 } })) };

function playerOver(run: Trajectory) {
  const player = createPlayer({ page: null });
  player.show({ run });
  return { ...player.actions, player, state: player.getState };
}

describe('the cursor', () => {
  it('is at the end of what is shown, and moves within its bounds', () => {
    const { move, step, state } = playerOver(RUN);
    expect(state()).toMatchObject({ cursor: COUNT, following: false, live: false });
    move(0);
    step(-1);
    expect(state().cursor).toBe(0);
    step(3);
    expect(state().cursor).toBe(3);
    move(99);
    expect(state().cursor).toBe(COUNT);
    move(Number.NaN);
    expect(state().cursor).toBe(0);
  });

  it('follows a live run from its first step, stays where the person went, and returns to the end', () => {
    const player = createPlayer({ page: null });
    const state = player.getState;
    player.show({ run: null, live: true });
    player.grow(cut(2));
    expect(state()).toMatchObject({ cursor: 2, following: true });
    player.actions.move(1);
    player.grow(cut(4));
    expect(state()).toMatchObject({ cursor: 1, following: false });
    player.actions.move(4);
    player.grow(cut(5));
    expect(state()).toMatchObject({ cursor: 5, following: true });
    player.settle();
    player.actions.move(2);
    player.grow({ ...cut(5), title: 'By another name' });
    expect(state()).toMatchObject({ cursor: 2, following: false, live: false, run: { title: 'By another name' } });
  });
});

describe('playing', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('begins anew at the end, and rests at the end', () => {
    const { play, setSpeed, state } = playerOver(QUICK);
    setSpeed(4);
    play();
    expect(state()).toMatchObject({ playing: true, cursor: 0 });
    vi.advanceTimersByTime(99);
    expect(state().cursor).toBe(0);
    vi.advanceTimersByTime(2);
    expect(state().cursor).toBe(1);
    vi.advanceTimersByTime(60_000);
    expect(state()).toMatchObject({ playing: false, cursor: COUNT });
  });

  it('ends when the person steps, and when another run is shown', () => {
    const { play, step, player, state } = playerOver(QUICK);
    play();
    step(1);
    expect(state()).toMatchObject({ playing: false, cursor: 1 });
    vi.advanceTimersByTime(10_000);
    expect(state().cursor).toBe(1);
    play();
    player.show({ run: cut(3) });
    vi.advanceTimersByTime(10_000);
    expect(state()).toMatchObject({ playing: false, cursor: 3 });
  });

  it('moves two players of one page apart, or together where one is told what the other does', () => {
    const left = playerOver(QUICK);
    const right = playerOver({ ...cut(4), id: 'another' });
    left.move(0);
    left.play();
    vi.advanceTimersByTime(450);
    expect([left.state().cursor, right.state().cursor]).toEqual([1, 4]);
    left.player.subscribe((now, before) => {
      if (now.cursor !== before.cursor) right.move(now.cursor);
    });
    vi.advanceTimersByTime(400);
    expect([left.state().cursor, right.state().cursor]).toEqual([2, 2]);
    vi.advanceTimersByTime(60_000);
    expect([left.state().cursor, right.state().cursor]).toEqual([COUNT, 4]);
  });
});

describe('the view', () => {
  it('is each player’s own, and follows again when the cursor moves or pictures come', () => {
    const { player, move } = playerOver(RUN);
    const other = createPlayer({ page: null });
    player.view.actions.setCamera('free');
    player.view.actions.toggleBoxes();
    expect(other.view.getState()).toMatchObject({ camera: 'follow', boxes: true });
    move(1);
    expect(player.view.getState()).toMatchObject({ camera: 'follow', boxes: false });
    player.view.actions.setCamera('fit');
    player.show({ pictures: new Map() });
    expect(player.view.getState().camera).toBe('follow');
    player.view.actions.hover(1);
    player.show({ run: { ...RUN, id: 'another' } });
    expect(player.view.getState().hover).toBeNull();
  });
});
