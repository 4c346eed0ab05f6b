/**
 * The comparison with transformers.js in its small form, on WASM (on WebGPU: the command itself, docs/engine.md): it runs, both
 * sides are given the same prompts and say the same, and what each computed is what it must be. Times are whatever they are.
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

/** What is read of the command's last line. */
interface Result {
  readonly ratios: Readonly<Record<string, number>>;
  readonly checks: unknown;
  readonly sides: Readonly<Record<'ours' | 'again' | 'kept', { readonly perTurn: readonly Turn[] }>>;
}

test('bench:engine --small: the same answers, one image a turn, only what is new is computed', async () => {
  test.setTimeout(900_000);
  const [turns, tokens] = [3, 8];
  const args = [COMMAND, '--small', '--json', '--rounds', '1', '--device', 'wasm'];
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...args,
    '--turns',
    `${turns}`,
    '--tokens',
    `${tokens}`,
  ]);
  const result = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Result;

  expect(result).toMatchObject({ device: 'wasm', turns, tokens, rounds: 1, size: 'small', dtype: 'fp32' });
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
});
