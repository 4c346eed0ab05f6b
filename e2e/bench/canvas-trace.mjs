/**
 * What a gesture cost the page's main thread, frame by frame, read from a Chromium trace. A frame ends with the task that
 * commits it to the compositor; its cost is the sum of all tasks of the renderer's main thread since the frame before, whatever
 * they did. Only frames with input in them count, so that idle frames do not flatter the numbers.
 *
 * Two clocks: `cpu` is the time the thread itself ran (what the work costs), `wall` includes waiting for a core that
 * something else holds. On a quiet machine they agree.
 */

const CATEGORIES = [
  'toplevel',
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'blink.user_timing',
  '__metadata',
];
const TASK = /^(RunTask|ThreadControllerImpl::RunTask)$/;
const INPUT = /^(pointermove|mousemove|wheel)$/;
/** Named parts of a frame, to say where the time goes. What they leave is mostly the rastering of the canvas. */
export const PARTS = [
  'EventDispatch',
  'FireAnimationFrame',
  'UpdateLayoutTree',
  'Layout',
  'PrePaint',
  'Paint',
  'Layerize',
  'Commit',
];

/** Records while `gesture` runs. @returns the trace's events */
export async function record(cdp, gesture) {
  const events = [];
  const collect = ({ value }) => events.push(...value);
  cdp.on('Tracing.dataCollected', collect);
  await cdp.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { recordMode: 'recordAsMuchAsPossible', includedCategories: CATEGORIES },
  });
  await gesture();
  const complete = new Promise((resolve) => cdp.once('Tracing.tracingComplete', resolve));
  await cdp.send('Tracing.end');
  await complete;
  cdp.off('Tracing.dataCollected', collect);
  return events;
}

/** The page's main thread: of all renderers' main threads the one that had the input. */
function mainThread(events) {
  const counts = new Map();
  for (const event of events) {
    if (!isInput(event)) continue;
    const key = `${event.pid}/${event.tid}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const [busiest] = [...counts].sort((a, b) => b[1] - a[1]);
  if (!busiest) throw new Error('The trace has no input event: the gesture did not reach the page.');
  return events.filter((event) => `${event.pid}/${event.tid}` === busiest[0]);
}

/** The longest task of all pages' main threads, in whole milliseconds; `cpu` is null where the trace has no thread times. */
export function longestTask(events) {
  const names = events.filter(
    ({ ph, name, args }) => ph === 'M' && name === 'thread_name' && args.name === 'CrRendererMain',
  );
  const threads = new Set(names.map(({ pid, tid }) => `${pid}/${tid}`));
  const tasks = events.filter(
    ({ ph, name, pid, tid }) => ph === 'X' && TASK.test(name) && threads.has(`${pid}/${tid}`),
  );
  const most = (times) => Math.round(Math.max(0, ...times) / 1000);
  const timed = tasks.filter(({ tdur }) => tdur !== undefined);
  return {
    cpu: timed.length > 0 ? most(timed.map(({ tdur }) => tdur)) : null,
    wall: most(tasks.map(({ dur }) => dur)),
  };
}

/** @returns frames with input, times in milliseconds; `cpu` is null where the trace has no thread times */
export function framesOf(events) {
  const mine = mainThread(events).filter(({ ph }) => ph === 'X');
  const tasks = outermost(mine.filter(({ name }) => TASK.test(name)).sort((a, b) => a.ts - b.ts || b.dur - a.dur));
  const frames = [{ cpu: 0, wall: 0, inputs: 0, commits: 0, parts: {} }];
  const inside = mine.filter(({ name }) => PARTS.includes(name)).sort((a, b) => a.ts - b.ts);
  let next = 0;
  for (const { ts, dur, tdur } of tasks) {
    const frame = frames.at(-1);
    frame.wall += dur / 1000;
    frame.cpu = frame.cpu === null || tdur === undefined ? null : frame.cpu + tdur / 1000;
    for (; next < inside.length && inside[next].ts < ts + dur; next += 1) {
      const event = inside[next];
      frame.parts[event.name] = (frame.parts[event.name] ?? 0) + (event.tdur ?? event.dur) / 1000;
      if (event.name === 'Commit') frame.commits += 1;
      if (isInput(event)) frame.inputs += 1;
    }
    if (frame.commits > 0) frames.push({ cpu: 0, wall: 0, inputs: 0, commits: 0, parts: {} });
  }
  return frames.filter(({ inputs, commits }) => inputs > 0 && commits > 0);
}

const isInput = ({ name, args }) => name === 'EventDispatch' && INPUT.test(args?.data?.type ?? '');

/** Tasks may nest (a loop within a task); the outer one has the time of both. */
function outermost(tasks) {
  let end = -Infinity;
  return tasks.filter(({ ts, dur = 0 }) => {
    if (ts < end) return false;
    end = ts + dur;
    return true;
  });
}

/** Nearest-rank percentiles, in milliseconds. */
export function summary(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = (share) => round(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN);
  return { p50: rank(0.5), p95: rank(0.95), max: rank(1), frames: sorted.length };
}

export const round = (value) => Math.round(value * 100) / 100;
