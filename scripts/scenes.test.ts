/** `npm run scenes` says what is wrong before it installs or draws anything. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const scenes = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/scenes.mjs', ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
};

describe('npm run scenes', () => {
  it('says what its numbers count', () => {
    const { status, stdout } = scenes('--help');
    expect(status).toBe(0);
    expect(stdout).toMatch(/--n N +how many SCENES/);
    expect(stdout).toMatch(/--held-out-fraction F .*\n.*training never saw, 0 to 1 \(0\.33\)/);
  });

  it.each([
    [['--seed', '1', '--n', '2'], '--out says where'],
    [['--n', '2', '--out', 'x'], '--seed has to be a whole number from 0'],
    [['--seed', '1', '--n', '0', '--out', 'x'], '--n has to be a whole number from 1'],
    [['--seed', '1', '--n', '2', '--out', 'x', '--held-out-fraction', '2'], '--held-out-fraction is from 0 to 1'],
    [['--seeds', '1'], "Unknown option '--seeds'"],
  ])('%j is refused', (args, words) => {
    const { status, stderr } = scenes(...args);
    expect(status).toBe(1);
    expect(stderr).toContain(words);
  });
});
