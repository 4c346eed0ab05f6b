/**
 * The comparison with transformers.js in its small form, on WASM and on WebGPU in software: it runs, both sides are given the same
 * prompts and say the same, and what each computed is what it must be. Times are whatever they are.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';

const COMMAND = join(import.meta.dirname, 'bench', 'engine-versus.mjs');

interface Turn {
  readonly promptTokens: number;
  readonly outputTokens: number;
  readonly prefilledTokens: number;
  readonly imagesEncoded: number;
  readonly told?: { readonly prefilledTokens: number; readonly imagesEncoded: number };
}

/** Of a token that is generated; null where a ratio is to nothing. */
interface Count {
  readonly ours: number;
  readonly theirs: number;
  readonly ratio: number | null;
}

/** What is read of the command's last line. */
interface Result {
  readonly ratios: Readonly<Record<string, number>>;
  readonly counts: Readonly<Record<'gpuReads' | 'dispatches' | 'kvBytes', Count>>;
  readonly checks: unknown;
  readonly sides: Readonly<Record<'ours' | 'again' | 'kept', { readonly perTurn: readonly Turn[] }>>;
}

interface Run {
  readonly device: 'wasm' | 'webgpu';
  readonly turns: number;
  readonly tokens: number;
  readonly more?: readonly string[];
}

/** One round, and what has to hold on any device. */
async function compare({ device, turns, tokens, more = [] }: Run): Promise<Result> {
  const args = [
    '--small',
    '--json',
    '--rounds',
    '1',
    '--device',
    device,
    '--turns',
    `${turns}`,
    '--tokens',
    `${tokens}`,
  ];
  const { stdout } = await promisify(execFile)(process.execPath, [COMMAND, ...args, ...more]);
  const result = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Result;

  expect(result).toMatchObject({ device, turns, tokens, rounds: 1, size: 'small', dtype: 'fp32' });
  for (const name of ['lastTurnTimeToFirstToken', 'trajectory', 'decode', 'loadPeakMemory', 'loadTime']) {
    expect(result.ratios[name], name).toBeGreaterThan(0);
  }
  expect(result.checks).toEqual({
    samePrompts: true,
    sameText: { again: true, kept: true },
    firstDifference: { again: null, kept: null },
  });

  const { sides } = result;
  sides.ours.perTurn.forEach(({ promptTokens, outputTokens, prefilledTokens, imagesEncoded, told }, i) => {
    const before = sides.ours.perTurn[i - 1];
    // All of the turn before but its last token, which was drawn and never fed.
    const known = before ? before.promptTokens + before.outputTokens - 1 : 0;
    expect({ outputTokens, prefilledTokens, imagesEncoded }).toEqual({
      outputTokens: tokens,
      prefilledTokens: promptTokens - known,
      imagesEncoded: 1,
    });
    expect(told).toMatchObject({ prefilledTokens, imagesEncoded });
  });
  sides.again.perTurn.forEach(({ promptTokens, prefilledTokens, imagesEncoded }, i) => {
    expect({ prefilledTokens, imagesEncoded }).toEqual({ prefilledTokens: promptTokens, imagesEncoded: i + 1 });
  });
  expect(sides.kept.perTurn.map(({ prefilledTokens }) => prefilledTokens)).toEqual(
    sides.ours.perTurn.map(({ prefilledTokens }) => prefilledTokens),
  );
  return result;
}

test('bench:engine --small: the same answers, one image a turn, only what is new is computed @long', async () => {
  test.setTimeout(900_000);
  await compare({ device: 'wasm', turns: 3, tokens: 8 });
});

test('bench:engine --small on WebGPU: half the reads, and no keys or values are copied @long @webgpu-only', async () => {
  test.setTimeout(900_000);
  // Theirs is wrong with subgroups in software, and then says something else.
  const { counts } = await compare({ device: 'webgpu', turns: 2, tokens: 4, more: ['--no-subgroups'] });
  const { gpuReads, kvBytes, dispatches } = counts;
  expect(gpuReads.ours).toBeGreaterThan(0);
  expect(gpuReads.ours).toBeLessThanOrEqual(gpuReads.theirs / 2);
  expect(kvBytes.ours).toBe(0);
  expect(kvBytes.theirs).toBeGreaterThan(0);
  expect(dispatches.ratio).toBeGreaterThanOrEqual(2);
});
