/**
 * The words for everything that can go wrong: one table a subsystem, closed by the subsystem's own codes, so that a new
 * code without words does not compile. Cancelling is not here: it is not an error.
 */
import { EngineError, type EngineErrorCode } from '@/lib/engine';
import { ImageError, type ImageErrorCode } from '@/lib/image';
import { writePhrase } from '@/lib/words/phrase';
import { LibraryError, type LibraryErrorCode } from '@/lib/library';
import type { Notice } from './contract';

interface Words {
  readonly title: string;
  readonly detail: string;
  readonly advice: string;
}

const AGAIN = 'The page is ready: ask again.';

export const ENGINE_NOTICES = {
  'model-not-found': {
    title: 'The model is not there',
    detail: 'Its manifest could not be found on this site.',
    advice: 'Choose another model, or correct its name.',
  },
  network: {
    title: 'The model could not be downloaded',
    detail: 'The connection broke before all of its files had arrived.',
    advice: 'Check the connection and ask again: what has arrived already is kept.',
  },
  'bad-manifest': {
    title: 'The model’s description cannot be read',
    detail: 'Its manifest.json does not follow the format.',
    advice: 'Reload the page. If it stays, the folder or the hub’s mirror is at fault: choose another.',
  },
  'bad-weights': {
    title: 'The model’s files are damaged',
    detail: 'A file does not match the checksum in the manifest; it was not used.',
    advice: 'Ask again to download it afresh; where it is a folder of your own, choose a whole copy of it.',
  },
  'out-of-memory': {
    title: 'Not enough memory',
    detail: 'The browser could not give the model the memory it needs.',
    advice:
      'Choose a smaller model or format, smaller pictures or another device, or close other tabs. Then ask again.',
  },
  'device-lost': {
    title: 'The graphics device went away',
    detail: 'The browser or its driver reset the GPU while the model was running. Finished steps are kept.',
    advice: 'Ask again: the model is rebuilt. If it happens often, choose WASM in the settings.',
  },
  'worker-crashed': {
    title: 'The model stopped unexpectedly',
    detail: 'The background worker that runs it ended. Finished steps are kept.',
    advice: 'Ask again: the model is started anew.',
  },
  'webgpu-unavailable': {
    title: 'WebGPU is not available',
    detail: 'This browser or this device offers no usable WebGPU.',
    advice: 'Choose “Auto” or “WASM” as the device in the settings, then ask again.',
  },
  'self-test-failed': {
    title: 'The model computes wrong numbers here',
    detail: 'A question with a known answer came out wrong, so nothing it says could be trusted.',
    advice: 'Choose another device in the settings, or try another browser.',
  },
  'unsupported-model': {
    title: 'This model cannot run here',
    detail: 'Its family or one of its operations is not supported by this version.',
    advice: 'Choose another model.',
  },
  'context-full': {
    title: 'The conversation grew too long',
    detail: 'The model’s memory for one run is full. Finished steps are kept.',
    advice:
      'Use smaller pictures if this model has them, ask a shorter question, or lower “Most looks” in the settings.',
  },
  'bad-request': {
    title: 'The model was asked for something it cannot do',
    detail: 'A setting or the picture did not fit the model.',
    advice: 'Put the settings back to their defaults, or cut a picture that is very long and narrow, and ask again.',
  },
  'not-loaded': {
    title: 'The model is not loaded',
    detail: 'It was unloaded before the run began.',
    advice: AGAIN,
  },
  internal: {
    title: 'Something went wrong in the model',
    detail: 'An unexpected error ended the run. Finished steps are kept.',
    advice: AGAIN,
  },
  gated: {
    title: 'This model asks for permission',
    detail: 'The hub gives its files only to people who have accepted its terms.',
    advice: 'Accept the terms on the model’s page, put your access token into the settings, then ask again.',
  },
  quota: {
    title: 'There is not enough room for this model',
    detail: 'The browser’s storage for this page cannot hold its files.',
    advice: 'Delete models you no longer need, free some disk, or choose a smaller format of it, then ask again.',
  },
  offline: {
    title: 'You are offline',
    detail: 'Some of the model’s files are not on this device yet.',
    advice: 'Connect and ask again: what has arrived already is kept.',
  },
} as const satisfies Record<EngineErrorCode, Words>;

/** An image error's own message, a sentence for people that says more, stands in place of the detail where there is one. */
export const IMAGE_NOTICES = {
  'not-an-image': {
    title: 'That is not a picture',
    detail: 'The file’s first bytes belong to no picture format.',
    advice: 'Choose a PNG, JPEG, WebP, GIF, AVIF or HEIC file.',
  },
  'unsupported-format': {
    title: 'This kind of picture cannot be opened',
    detail: 'The browser has no decoder for it.',
    advice: 'Save it as PNG or JPEG and open it again.',
  },
  corrupt: {
    title: 'The picture is damaged',
    detail: 'It looks like a picture but cannot be decoded to its end.',
    advice: 'Choose another copy of the file.',
  },
  'too-large': {
    title: 'The picture is too large',
    detail: 'It has more pixels than can be opened here.',
    advice: 'Make it smaller (at most 50 megapixels) and open it again.',
  },
  'file-too-large': {
    title: 'The file is too large',
    detail: 'It has more bytes than can be opened here.',
    advice: 'Open a smaller copy of it, saved as JPEG for example.',
  },
  empty: {
    title: 'The file is empty',
    detail: 'There is not a single byte in it.',
    advice: 'Choose another file.',
  },
  'heic-failed': {
    title: 'The HEIC picture could not be read',
    detail: 'The decoder for HEIC did not load or did not understand the file.',
    advice: 'Export it as JPEG and open that.',
  },
  'fetch-blocked': {
    title: 'The other site does not allow it',
    detail: 'Its server does not let other pages read this picture.',
    advice: 'Save the picture to your device and open it as a file.',
  },
  'fetch-failed': {
    title: 'The picture could not be fetched',
    detail: 'The address did not answer with a picture.',
    advice: 'Try again, or open the picture as a file.',
  },
  'bad-url': {
    title: 'That is not a web address',
    detail: 'A picture’s address begins with https://.',
    advice: 'Correct the address, or open a file.',
  },
  'picture-memory': {
    title: 'Not enough memory for this picture',
    detail: 'The browser could not decode it.',
    advice: 'Close other tabs or open a smaller copy.',
  },
  'worker-failed': {
    title: 'The picture could not be read',
    detail: 'The background worker that decodes pictures ended unexpectedly.',
    advice: 'Try again; if it happens again, open a smaller copy.',
  },
} as const satisfies Record<ImageErrorCode, Words>;

export const LIBRARY_NOTICES = {
  quota: {
    title: 'This browser’s storage is full',
    detail: 'What was kept before is safe. The run on screen is whole, but not kept.',
    advice: 'Download it now, or delete runs you no longer need and keep it again.',
  },
  unavailable: {
    title: 'Runs cannot be kept here',
    detail: 'This browser refuses storage, as private windows do. Everything else works.',
    advice: 'Use a normal window if you want to find this run again, or download it.',
  },
  blocked: {
    title: 'Another tab is in the way',
    detail: 'An older version of this page is open and holds the storage.',
    advice: 'Close the other tabs of this page and reload.',
  },
  outdated: {
    title: 'This tab is an older version',
    detail: 'A newer version of this page is open in another tab and has taken over the storage.',
    advice: 'Reload this tab to go on keeping runs; download the run on screen first if it is not kept.',
  },
  corrupt: {
    title: 'This run cannot be read',
    detail: 'What is stored does not follow the format.',
    advice: 'Delete it from the list.',
  },
  'not-found': {
    title: 'This run is not here',
    detail: 'It was deleted, or it was made in another browser.',
    advice: 'Choose a run from the list.',
  },
  removed: {
    title: 'This run was deleted meanwhile',
    detail: 'It was deleted while it was going. It goes on here, but is no longer kept.',
    advice: 'Keep it again if that was a mistake.',
  },
  internal: {
    title: 'The storage failed',
    detail: 'The browser reported an unexpected error. The run on screen is unharmed.',
    advice: 'Reload the page if it happens again.',
  },
} as const satisfies Record<LibraryErrorCode, Words>;

/** What only the session itself can notice. */
export const SESSION_NOTICES = {
  'picture-missing': {
    title: 'The picture of this run is gone',
    detail: 'Its steps are kept, but the file is no longer in this browser.',
    advice: 'Open the same picture again to see where the model looked.',
  },
  'erased-at-once': {
    title: 'Deleted for good',
    detail: 'The storage is so full that it could not even hold on to what was deleted. The room is free now.',
    advice: 'It cannot be brought back. Everything else is kept.',
  },
  'not-restored': {
    title: 'What was deleted is gone for good',
    detail: 'It had been erased already: in another tab, or because a new run needed the room.',
    advice: 'What could be brought back is in the list. Runs you have as files can be imported.',
  },
  unexpected: {
    title: 'Something unexpected happened',
    detail: 'The page caught an error that it has no words for.',
    advice: AGAIN,
  },
  'others-left': {
    title: 'One picture was opened',
    detail: 'A question is asked of one picture here, so the first one was taken and the rest were left.',
    advice: 'Drop another one to look at that instead.',
  },
  'cut-off': {
    title: 'This file ends early',
    detail: 'It is damaged or was not copied to its end. What is there is shown; the rest may be gray or empty.',
    advice: 'Use a whole copy of it if you have one.',
  },
} as const satisfies Record<string, Words>;

/** Of these the engine's own message is a sentence for people that says more: it stands in place of the detail. */
const SPEAKING: readonly EngineErrorCode[] = [
  'model-not-found',
  'network',
  'unsupported-model',
  'gated',
  'quota',
  'offline',
];

/** @param told a written phrase, or technical text */
function engineNotice(code: EngineErrorCode, told: string): Notice {
  const words = ENGINE_NOTICES[code];
  const instead = SPEAKING.includes(code);
  if (isWritten(told)) return { ...notice(`engine/${code}`, words), problem: { of: 'engine', written: told, instead } };
  if (told && instead) return notice(`engine/${code}`, { ...words, detail: told });
  return notice(`engine/${code}`, words, told);
}

/** As `writePhrase` writes: a code, and what belongs to it. */
const isWritten = (text: string): boolean => /^[a-z0-9-]+(?: \{.*\})?$/s.test(text);

function notice(code: string, words: Words, technical = ''): Notice {
  const detail = technical ? `${words.detail} (${technical})` : words.detail;
  return { code, title: words.title, detail, advice: words.advice };
}

/** An image error says itself what happened. Runs of earlier versions kept that as a sentence. */
function imageNotice(code: ImageErrorCode, told: string): Notice {
  const words = IMAGE_NOTICES[code];
  if (!isWritten(told)) return notice(`image/${code}`, told ? { ...words, detail: told } : words);
  return { ...notice(`image/${code}`, words), problem: { of: 'image', written: told, instead: true } };
}

const has = <T extends object>(table: T, key: string): key is Extract<keyof T, string> => Object.hasOwn(table, key);

/** Words for an error thrown by any part below the session. Codes read `engine/device-lost`, `image/corrupt` … */
export function noticeOfError(error: unknown): Notice {
  if (error instanceof EngineError) {
    return engineNotice(error.code, error.problem ? writePhrase(error.problem) : error.message);
  }
  if (error instanceof ImageError) return imageNotice(error.code, error.problem ? writePhrase(error.problem) : '');
  if (error instanceof LibraryError) return notice(`library/${error.code}`, LIBRARY_NOTICES[error.code]);
  return notice('session/unexpected', SESSION_NOTICES.unexpected, error instanceof Error ? error.message : '');
}

/** Words for the code a failed run ended with (an engine's or an image's code); a run keeps the code, not the error. */
export function noticeOfRun(code: string | null, message: string): Notice {
  if (code !== null && has(ENGINE_NOTICES, code)) return engineNotice(code, message);
  if (code !== null && has(IMAGE_NOTICES, code)) return imageNotice(code, message);
  return notice('session/unexpected', SESSION_NOTICES.unexpected, message);
}

/** Said for as long as it is so, where `openLibrary` found no lasting storage. */
export function noticeOfUnkept({ code }: LibraryError): Notice {
  const why = {
    blocked: 'An older version of this page is open in another tab and holds the storage.',
    outdated: 'A newer version of this page was here; this one cannot read what it kept.',
  } as const satisfies Partial<Record<LibraryErrorCode, string>>;
  const advice = {
    blocked: 'Close the other tabs of this page and reload. Runs kept before are still there.',
    outdated: 'Reload this page. Runs kept before are still there.',
  } as const satisfies Partial<Record<LibraryErrorCode, string>>;
  return {
    code: `library/${code}`,
    title: 'Runs last only until this tab is closed',
    detail: has(why, code) ? why[code] : 'This browser refuses storage to this page, as some private windows do.',
    advice: has(advice, code) ? advice[code] : 'Download runs you want to have later.',
  };
}

export const erasedAtOnce = (runs: number): Notice =>
  notice('session/erased-at-once', SESSION_NOTICES['erased-at-once'], countOfRuns(runs));

export const notRestored = (runs: number): Notice =>
  notice('session/not-restored', SESSION_NOTICES['not-restored'], countOfRuns(runs));

const countOfRuns = (runs: number): string => `${runs} ${runs === 1 ? 'run' : 'runs'}`;

export const pictureMissing = (): Notice => notice('session/picture-missing', SESSION_NOTICES['picture-missing']);

export const othersLeft = (files: number): Notice => ({
  ...notice('session/others-left', SESSION_NOTICES['others-left'], `1 of ${files}`),
  remark: true,
});

export const cutOff = (): Notice => ({ ...notice('session/cut-off', SESSION_NOTICES['cut-off']), remark: true });
