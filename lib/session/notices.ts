/**
 * What can go wrong, as a notice: the codes of each subsystem are keys of the table `notices` (lib/words), so that a new code without
 * words does not compile. Cancelling is not here: it is not an error.
 */
import { ENGINE_ERROR_CODES, EngineError, type EngineErrorCode } from '@/lib/engine';
import { IMAGE_ERROR_CODES, ImageError, type ImageErrorCode } from '@/lib/image';
import type { PythonErrorCode } from '@/lib/python/contract';
import type { ForkProblem } from '@/lib/agent';
import { writePhrase } from '@/lib/words/phrase';
import { LibraryError } from '@/lib/library';
import type { Notice } from './contract';

/** Of these the engine's own message says more than the words for the code: it stands in place of the detail. */
const SPEAKING: readonly EngineErrorCode[] = [
  'model-not-found',
  'network',
  'unsupported-model',
  'gated',
  'quota',
  'offline',
  'server',
];

/** @param told a written phrase, or technical text */
function engineNotice(code: EngineErrorCode, told: string): Notice {
  const instead = SPEAKING.includes(code);
  const of = code === 'server' ? 'servers' : 'engine';
  if (isWritten(told)) return { code: `engine/${code}`, problem: { of, written: told, instead } };
  return { code: `engine/${code}`, ...technical(told) };
}

/** As `writePhrase` writes: a code, and what belongs to it. */
const isWritten = (text: string): boolean => /^[a-z0-9-]+(?: \{.*\})?$/s.test(text);

const technical = (text: string, instead = false): Pick<Notice, 'told'> => (text ? { told: { text, instead } } : {});

/** Without its room, which the first page does without. */
const isPythons = (code: unknown): code is PythonErrorCode => code === 'python-unavailable' || code === 'python-failed';

const pythonNotice = (code: PythonErrorCode, told: string): Notice => ({ code: `python/${code}`, ...technical(told) });

/** An image error says itself what happened. Runs of earlier versions kept that as a sentence. */
function imageNotice(code: ImageErrorCode, told: string): Notice {
  if (!isWritten(told)) return { code: `image/${code}`, ...technical(told, true) };
  return { code: `image/${code}`, problem: { of: 'image', written: told, instead: true } };
}

const isOneOf = <C extends string>(codes: readonly C[], code: string): code is C =>
  (codes as readonly string[]).includes(code); // asked whether it is one

/** The notice for an error thrown by any part below the session. */
export function noticeOfError(error: unknown): Notice {
  if (error instanceof EngineError) {
    return engineNotice(error.code, error.problem ? writePhrase(error.problem) : error.message);
  }
  if (error instanceof ImageError) return imageNotice(error.code, error.problem ? writePhrase(error.problem) : '');
  if (error instanceof Error && 'code' in error && isPythons(error.code))
    return pythonNotice(error.code, error.message);
  if (error instanceof LibraryError) return { code: `library/${error.code}` };
  return { code: 'session/unexpected', ...technical(error instanceof Error ? error.message : '') };
}

/** The notice for the code a failed run ended with (an engine's or an image's); a run keeps the code, not the error. */
export function noticeOfRun(code: string | null, message: string): Notice {
  if (code !== null && isOneOf(ENGINE_ERROR_CODES, code)) return engineNotice(code, message);
  if (code !== null && isOneOf(IMAGE_ERROR_CODES, code)) return imageNotice(code, message);
  if (code !== null && isPythons(code)) return pythonNotice(code, message);
  return { code: 'session/unexpected', ...technical(message) };
}

/** Said for as long as it is so, where `openLibrary` found no lasting storage. */
export function noticeOfUnkept({ code }: LibraryError): Notice {
  return { code: code === 'blocked' || code === 'outdated' ? `unkept/${code}` : 'unkept/refused' };
}

const FORK_NOTICES = {
  'not-here': 'session/fork-not-here',
  'no-form': 'session/fork-no-form',
  outside: 'session/fork-outside',
  'cannot-go-on': 'session/fork-cannot-go-on',
} as const satisfies Record<ForkProblem, Notice['code']>;

export const cannotFork = (problem: ForkProblem): Notice => ({ code: FORK_NOTICES[problem] });

/** @param count the most that there can be */
export const tooManyPictures = (count: number): Notice => ({ code: 'session/too-many-pictures', count, remark: true });

/** @param count of runs */
export const erasedAtOnce = (count: number): Notice => ({ code: 'session/erased-at-once', count });

/** @param count of runs */
export const notRestored = (count: number): Notice => ({ code: 'session/not-restored', count });

export const pictureMissing = (): Notice => ({ code: 'session/picture-missing' });

/** @param count of what was brought; one of it was opened */
export const othersLeft = (count: number): Notice => ({ code: 'session/others-left', count, remark: true });

export const endsEarly = (): Notice => ({ code: 'session/cut-off', remark: true });
