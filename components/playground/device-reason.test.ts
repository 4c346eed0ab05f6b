import { expect, test } from 'vitest';
import type { SessionState } from '@/lib/session';
import type { Trajectory } from '@/lib/trajectory';
import { deviceReason } from './device-reason';

const card = { id: 'a-model' };
const engine = { device: 'wasm', reason: 'This browser has no WebGPU.', card } as SessionState['engine'];
const opened = Date.parse('2030-01-01T12:00:00Z');
const run = (device: string, createdAt: string, id = card.id) =>
  ({ models: [{ device, id }], createdAt }) as unknown as Trajectory;

test('says why of the runs that this page made with this model on this device, and of no others', () => {
  expect(deviceReason(engine, run('wasm', '2030-01-01T12:01:00Z'), opened)).toBe('This browser has no WebGPU.');
  expect(deviceReason(engine, run('webgpu', '2030-01-01T12:01:00Z'), opened)).toBe('');
  expect(deviceReason(engine, run('wasm', '2029-12-31T12:00:00Z'), opened)).toBe('');
  expect(deviceReason(engine, run('wasm', '2030-01-01T12:01:00Z', 'another'), opened)).toBe('');
  expect(deviceReason(null, run('wasm', '2030-01-01T12:01:00Z'), opened)).toBe('');
});
