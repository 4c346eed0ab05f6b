/** What is read of other processes by benches: a process may end between being listed and being read. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { watchProcesses } from '../e2e/bench/engine-versus-machine.mjs';

const sleeper = () => spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
async function end(child: ReturnType<typeof sleeper>): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

it.runIf(existsSync('/proc/self/stat'))('a process that ends before or while it is watched fails nothing', async () => {
  const [gone, ending] = [sleeper(), sleeper()];
  await end(gone);
  const watch = watchProcesses([
    { type: 'renderer', id: gone.pid },
    { type: 'renderer', id: process.pid },
    { type: 'GPU', id: ending.pid },
  ]);
  try {
    const before = watch.processorMs();
    expect(before).toBeGreaterThan(0);
    await end(ending);
    expect(watch.processorMs()).toBeGreaterThanOrEqual(before);
    expect(watch.peakBytes()).toBeGreaterThanOrEqual(0);
  } finally {
    watch.stop();
  }
});
