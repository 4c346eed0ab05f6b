/**
 * One sandboxed frame with one Python in it: started, asked to run blocks, and ended by taking it off the page, which ends whatever runs in
 * it within that moment. It has nobody's origin and may reach nothing (scripts/python-frame.mjs); what it says is looked at first.
 */
import { MEMORY_BYTES, MOST_PICTURES, OUTPUT_BYTES, PythonError, type RgbaPixels } from './contract';
import type { PythonFiles } from './files';
import { readAnswer, type Answer, type Boot, type FullLibraries, type RunMessage } from './protocol';

export type Ran = Omit<Extract<Answer, { type: 'ran' }>, 'type' | 'id'>;

export interface Frame {
  /**
   * @param most milliseconds
   * @returns why it did not end by itself; the frame is gone then
   * @throws the signal's reason; the frame is gone then
   */
  run(code: string, most: number, signal: AbortSignal): Promise<Ran | 'time' | 'crash'>;
  end(): void;
}

interface FrameOrder {
  readonly files: PythonFiles;
  readonly pictures: readonly RgbaPixels[];
  readonly full: FullLibraries | null;
  readonly signal: AbortSignal;
}

/** So long a start may take before it is taken for one that never will: slow devices take half a minute. Milliseconds. */
const START_MS = 180_000;

/** So long a loaded document may take to say that it is there. Milliseconds. */
const OPEN_MS = 20_000;

/** @throws PythonError; the signal's reason */
export async function openFrame({ files, pictures, full, signal }: FrameOrder): Promise<Frame> {
  signal.throwIfAborted();
  const element = document.createElement('iframe');
  element.setAttribute('sandbox', 'allow-scripts');
  element.setAttribute('allow', '');
  element.referrerPolicy = 'no-referrer';
  element.hidden = true;
  element.title = 'Python';
  const { port1: port, port2 } = new MessageChannel();
  /** Who waits for what comes next. At most one does. */
  let hear: ((heard: Answer | 'crash') => void) | null = null;
  let count = 0;
  let over = false;

  let opened = () => {};
  const onMessage = ({ source, data }: MessageEvent<unknown>) => {
    if (source === null || source !== element.contentWindow || typeof data !== 'object' || data === null) return;
    // Its document says two things only: that it is there, and that the worker broke down.
    if (Object.hasOwn(data, 'open')) opened();
    else hear?.('crash');
  };
  const end = () => {
    if (over) return;
    over = true;
    window.removeEventListener('message', onMessage);
    port.close();
    element.remove();
  };
  port.onmessage = ({ data }: MessageEvent<unknown>) => hear?.(readAnswer(data) ?? 'crash');
  port.onmessageerror = () => hear?.('crash');
  window.addEventListener('message', onMessage);

  const next = (most: number, ending: AbortSignal): Promise<Answer | 'crash' | 'time'> =>
    new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        hear = null;
        clearTimeout(timer);
        ending.removeEventListener('abort', onAbort);
        act();
      };
      const onAbort = () => settle(() => reject(ending.reason as Error));
      const timer = setTimeout(() => settle(() => resolve('time')), most);
      ending.addEventListener('abort', onAbort, { once: true });
      hear = (heard) => settle(() => resolve(heard));
    });

  try {
    await new Promise<void>((resolve, reject) => {
      opened = resolve;
      const unavailable = () => reject(new PythonError('python-unavailable', 'its frame could not be loaded'));
      // A page that says that nothing was found is loaded as well, and says nothing.
      element.onload = () => setTimeout(unavailable, OPEN_MS);
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      element.src = files.frame;
      document.body.append(element);
    });
    const limits = { memoryBytes: MEMORY_BYTES, outputBytes: OUTPUT_BYTES, pictures: MOST_PICTURES };
    const boot: Boot = { wasm: files.wasm, stdlib: files.stdlib, full, pictures, limits };
    const ready = next(START_MS, signal);
    // Its origin has no name that could be said here; what is sent is no secret.
    element.contentWindow?.postMessage({ script: files.script, boot }, '*', [port2]);
    const began = await ready;
    if (began === 'crash' || began === 'time' || began.type !== 'ready') {
      const said = typeof began === 'string' ? began : began.type === 'failed' ? began.message : began.type;
      throw new PythonError('python-failed', said);
    }
  } catch (error) {
    end();
    throw error;
  }

  return {
    async run(code, most, ending) {
      if (over) return 'crash';
      count += 1;
      const id = count;
      try {
        ending.throwIfAborted();
        const answer = next(most, ending);
        port.postMessage({ id, code } satisfies RunMessage);
        const heard = await answer;
        if (typeof heard === 'string') {
          end();
          return heard;
        }
        if (heard.type !== 'ran' || heard.id !== id) {
          end();
          return 'crash';
        }
        const { type: _type, id: _id, ...ran } = heard;
        return ran;
      } catch (error) {
        end();
        throw error;
      }
    },
    end,
  };
}
