import { expect, it } from 'vitest';
import type { Session } from '@/lib/session';
import { createQuietSession } from './fixtures/quiet-session';
import { createWaitingSession } from './waiting-session';

it('shows what was asked of it at once, and has all of it done by the real one when that comes', async () => {
  const real = createQuietSession();
  let come: (session: Session) => void = () => undefined;
  const waiting = createWaitingSession(new Promise((resolve) => (come = resolve)), 'https://mirror.example');
  const { setQuestion, readRun } = waiting.actions;
  expect(waiting.actions.readRun).toBe(readRun);
  expect(waiting.getState()).toMatchObject({ phase: 'idle', usualHub: 'https://mirror.example' });
  setQuestion('What is this?');
  waiting.actions.setSettings({ seed: 7 });
  const read = readRun('nowhere');
  expect(waiting.getState().question).toBe('What is this?');
  come(real);
  expect(await read).toBeNull();
  expect(real.getState()).toMatchObject({ question: 'What is this?', settings: { seed: 7 } });
});

it('says so when the real one does not come, and keeps nobody waiting', async () => {
  const waiting = createWaitingSession(Promise.reject(new Error('no network')), null);
  expect(await waiting.actions.exportShown()).toBeNull();
  expect(waiting.getState().notice?.code).toBe('session/not-started');
});
