/** A picture of 40 megapixels opens, is shown and cut, and the page stays responsive meanwhile. Prints what it measured. */
import { expect, test } from 'vitest';
import { createImageService } from './image-service';

const WIDTH = 7304;
const HEIGHT = 5478;

/** Longest stretch in which the main thread could not run a task: longer than a frame is felt, longer than 200 ms is a freeze. */
const MAX_STALL_MS = 200;
/** On a busy machine everything takes longer: of the whole work no tenth. Done on the main thread, it would be most of it. */
const MAX_STALL_SHARE = 0.1;

async function makeJpeg(): Promise<Blob> {
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  const gradient = context.createLinearGradient(0, 0, WIDTH, HEIGHT);
  gradient.addColorStop(0, '#134');
  gradient.addColorStop(1, '#fc8');
  context.fillStyle = gradient;
  context.fillRect(0, 0, WIDTH, HEIGHT);
  for (let i = 0; i < 4000; i++) {
    context.fillStyle = `hsl(${(i * 37) % 360} 70% 50%)`;
    context.fillRect((i * 7919) % WIDTH, (i * 104_729) % HEIGHT, 40, 40);
  }
  context.fillStyle = '#dc1e1e';
  context.fillRect(WIDTH - 1000, HEIGHT - 1000, 1000, 1000);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
}

/** Watches the main thread: tasks that the browser calls long, and gaps between ticks of a message loop. */
function watchMainThread(): () => { longestTask: number; longestGap: number } {
  let longestTask = 0;
  let longestGap = 0;
  let last = performance.now();
  let running = true;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longestTask = Math.max(longestTask, duration);
  });
  observer.observe({ entryTypes: ['longtask'] });
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    const now = performance.now();
    longestGap = Math.max(longestGap, now - last);
    last = now;
    // Four milliseconds apart, so that watching costs little.
    if (running) setTimeout(() => port2.postMessage(null), 4);
  };
  port2.postMessage(null);
  return () => {
    running = false;
    observer.disconnect();
    port1.close();
    return { longestTask, longestGap };
  };
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const start = performance.now();
  const value = await work();
  return [value, performance.now() - start];
}

test('40 megapixels', async () => {
  const file = await makeJpeg();
  const service = createImageService();
  // The encoder of this test is done before watching starts.
  await new Promise((resolve) => setTimeout(resolve, 200));
  const stop = watchMainThread();
  const [source, open] = await timed(() => service.open(file, 'large.jpg'));
  const { width, height } = source.ref;
  const all = { x1: 0, y1: 0, x2: width, y2: height };
  const [shown, bitmap] = await timed(() => service.bitmap(source, 2048));
  const [overview, cut] = await timed(() => service.cut(source, all, { width: 256, height: 256 }, 'bilinear'));
  const corner = { x1: width - 600, y1: height - 600, x2: width, y2: height };
  const [crop, zoom] = await timed(() => service.cut(source, corner, { width: 256, height: 256 }, 'bilinear'));

  const cancelling = new AbortController();
  const cancelled = service.cut(source, all, { width: 512, height: 512 }, 'lanczos', cancelling.signal);
  setTimeout(() => cancelling.abort(), 30);
  await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
  const [, afterCancel] = await timed(() => service.cut(source, corner, { width: 8, height: 8 }, 'bilinear'));
  const stalls = stop();
  const work = open + bitmap + cut + zoom + afterCancel;

  expect([width, height]).toEqual([WIDTH, HEIGHT]);
  expect([shown.width, shown.height]).toEqual([2048, 1536]);
  expect(overview.data).toHaveLength(256 * 256 * 4);
  const [red = 0, green = 0, blue = 0] = crop.data.slice(128 * 257 * 4);
  expect(Math.max(Math.abs(red - 220), Math.abs(green - 30), Math.abs(blue - 30))).toBeLessThan(5);
  const round = (value: number): number => Math.round(value);
  console.warn(
    `40 MP JPEG (${(file.size / 1e6).toFixed(1)} MB): open ${round(open)} ms, screen bitmap ${round(bitmap)} ms, overview ${round(cut)} ms, ` +
      `crop ${round(zoom)} ms, answer after a cancel ${round(afterCancel)} ms; main thread: longest task ${round(stalls.longestTask)} ms, longest gap ${round(stalls.longestGap)} ms`,
  );
  expect(stalls.longestTask).toBeLessThan(Math.max(MAX_STALL_MS, MAX_STALL_SHARE * work));
  shown.close();
  service.dispose();
});
