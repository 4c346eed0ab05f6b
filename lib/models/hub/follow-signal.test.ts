import { expect, it, vi } from 'vitest';
import { followSignal } from './follow-signal';

it('aborts with the signal, for its reason', () => {
  const [theirs, ours] = [new AbortController(), new AbortController()];
  followSignal(theirs.signal, ours);
  expect(ours.signal.aborted).toBe(false);
  const reason = new Error('changed my mind');
  theirs.abort(reason);
  expect(ours.signal.reason).toBe(reason);
});

it('aborts at once with a signal that has aborted', () => {
  const ours = new AbortController();
  const reason = new Error('too late');
  followSignal(AbortSignal.abort(reason), ours);
  expect(ours.signal.reason).toBe(reason);
});

it('aborts by itself, and leaves the signal alone', () => {
  const [theirs, ours] = [new AbortController(), new AbortController()];
  followSignal(theirs.signal, ours);
  ours.abort();
  expect(theirs.signal.aborted).toBe(false);
});

it('no longer listens once it was ended', () => {
  const [theirs, ours] = [new AbortController(), new AbortController()];
  const added = vi.spyOn(theirs.signal, 'addEventListener');
  const removed = vi.spyOn(theirs.signal, 'removeEventListener');
  followSignal(theirs.signal, ours)();
  expect(removed.mock.calls[0]?.slice(0, 2)).toEqual(added.mock.calls[0]?.slice(0, 2));
  theirs.abort();
  expect(ours.signal.aborted).toBe(false);
});
