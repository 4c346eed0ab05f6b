import { expect, test } from 'vitest';
import type { SessionState } from '@/lib/session';
import type { Trajectory } from '@/lib/trajectory';
import { deviceRemarks } from './device-remarks';

const card = { id: 'a-model' };
const engine = { device: 'wasm', remarks: [{ code: 'gpu-lost' }], card } as unknown as SessionState['engine']; // only what is read of it
const opened = Date.parse('2030-01-01T12:00:00Z');
const run = (device: string, createdAt: string, id = card.id) =>
  ({ models: [{ device, id }], createdAt }) as unknown as Trajectory;

test('says why of the runs that this page made with this model on this device, and of no others', () => {
  expect(deviceRemarks(engine, run('wasm', '2030-01-01T12:01:00Z'), opened)).toBe(engine?.remarks);
  expect(deviceRemarks(engine, run('webgpu', '2030-01-01T12:01:00Z'), opened)).toEqual([]);
  expect(deviceRemarks(engine, run('wasm', '2029-12-31T12:00:00Z'), opened)).toEqual([]);
  expect(deviceRemarks(engine, run('wasm', '2030-01-01T12:01:00Z', 'another'), opened)).toEqual([]);
  expect(deviceRemarks(null, run('wasm', '2030-01-01T12:01:00Z'), opened)).toEqual([]);
});
