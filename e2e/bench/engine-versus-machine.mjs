/**
 * What a browser takes of the machine, from /proc where the system has it: memory of the page's process, and processor time, which
 * stays nearly the same while other programs want the processor too.
 */
import { readFileSync } from 'node:fs';

/** Of the clock in /proc, which Linux tells programs is 100 Hz on every machine. */
const MS_PER_TICK = 10;

function memory(id, name) {
  const status = readFileSync(`/proc/${id}/status`, 'utf8');
  return 1024 * Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]);
}

function processorMs(id) {
  // The name in brackets may hold anything; times are the 14th and 15th field, of the system's count the 12th and 13th after it.
  const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
}

/** @returns what tells null where the system does not */
export async function watchBrowser(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  try {
    const ids = (type) => processInfo.filter((one) => one.type === type).map(({ id }) => id);
    // A browser keeps a spare process ready beside the page's: it is the one that does not grow.
    const pages = ids('renderer').map((id) => ({ id, before: memory(id, 'VmRSS'), peak: 0 }));
    const computing = [...ids('renderer'), ...ids('GPU')];
    const look = () => {
      for (const page of pages) page.peak = Math.max(page.peak, memory(page.id, 'VmHWM'));
    };
    look();
    // The system's own mark misses what is shared and given back, so it is asked for often.
    const timer = setInterval(look, 50);
    return {
      /** Most bytes that the page's process has held, above what the empty page held. */
      peakBytes: () => {
        look();
        return Math.max(...pages.map(({ before, peak }) => peak - before));
      },
      /** Of the pages and the GPU's process, since they began. */
      processorMs: () => computing.reduce((sum, id) => sum + processorMs(id), 0),
      stop: () => clearInterval(timer),
    };
  } catch {
    return { peakBytes: () => null, processorMs: () => null, stop: () => undefined };
  }
}
