/**
 * What a browser takes of the machine, from /proc where the system has it: memory of the page's process, and processor time, which
 * stays nearly the same while other programs want the processor too.
 */
import { existsSync, readFileSync } from 'node:fs';

/** Of the clock in /proc, which Linux tells programs is 100 Hz on every machine. */
const MS_PER_TICK = 10;

/** Null of one that is no more: a process may end between being listed and being read, and while it is read. */
function readProcess(id, file) {
  try {
    return readFileSync(`/proc/${id}/${file}`, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return null;
    throw error;
  }
}

/** Null of one that is no more; one that is ending holds nothing, and has no such line. */
function memory(id, name) {
  const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readProcess(id, 'status') ?? '')?.[1];
  return kilobytes === undefined ? null : 1024 * Number(kilobytes);
}

/** Null of one that is no more. */
function processorMs(id) {
  // The name in brackets may hold anything; times are the 14th and 15th field, of the system's count the 12th and 13th after it.
  const stat = readProcess(id, 'stat');
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields ? (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK : null;
}

/** @returns what tells null where the system does not */
export async function watchBrowser(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  if (!existsSync('/proc/self/stat')) return { peakBytes: () => null, processorMs: () => null, stop: () => undefined };
  return watchProcesses(processInfo);
}

/** @param processes what the browser listed; any of them may have ended since, and may end at any time. */
export function watchProcesses(processes) {
  const ids = (type) => processes.filter((one) => one.type === type).map(({ id }) => id);
  // A browser keeps a spare process ready beside the page's: it is the one that does not grow.
  const pages = ids('renderer').flatMap((id) => {
    const before = memory(id, 'VmRSS');
    return before === null ? [] : [{ id, before, peak: before }];
  });
  const look = () => {
    for (const page of pages) page.peak = Math.max(page.peak, memory(page.id, 'VmHWM') ?? 0);
  };
  look();
  // What one that has ended took stays taken.
  const taken = new Map([...ids('renderer'), ...ids('GPU')].map((id) => [id, 0]));
  // The system's own mark misses what is shared and given back, so it is asked for often.
  const timer = setInterval(look, 50);
  return {
    /** Most bytes that the page's process has held, above what the empty page held. */
    peakBytes: () => {
      look();
      return Math.max(0, ...pages.map(({ before, peak }) => peak - before));
    },
    /** Of the pages and the GPU's process, since they began. */
    processorMs: () => {
      for (const [id, last] of taken) taken.set(id, processorMs(id) ?? last);
      return [...taken.values()].reduce((sum, ms) => sum + ms, 0);
    },
    stop: () => clearInterval(timer),
  };
}
