import { describe, expect, it } from 'vitest';
import { ENGINE_ERROR_CODES, EngineError } from '@/lib/engine';
import { IMAGE_ERROR_CODES, ImageError } from '@/lib/image';
import { writePhrase } from '@/lib/words/phrase';
import { noticeOfError, noticeOfRun } from './notices';

describe('an image error', () => {
  it('is told in its own words: how large, what answered, what the file is', () => {
    const tooMany = { code: 'too-many-bytes', params: { bytes: 300 * 2 ** 20, most: 256 * 2 ** 20 } } as const;
    const heavy = noticeOfError(new ImageError('file-too-large', tooMany));
    expect(heavy).toEqual({
      code: 'image/file-too-large',
      problem: { of: 'image', written: writePhrase(tooMany), instead: true },
    });
    const answered = { code: 'answered', params: { host: 'example.org', status: '404 Not Found' } } as const;
    const gone = noticeOfError(new ImageError('fetch-failed', answered));
    expect(gone).toMatchObject({ code: 'image/fetch-failed', problem: { written: writePhrase(answered) } });
  });

  it('is told by its code where it brought nothing', () => {
    expect(noticeOfError(new ImageError('empty', ''))).toEqual({ code: 'image/empty' });
  });

  it('in a run is never taken for the engine’s: no code is both', () => {
    const codes: readonly string[] = ENGINE_ERROR_CODES;
    expect(IMAGE_ERROR_CODES.filter((code) => codes.includes(code))).toEqual([]);
    const { message } = new ImageError('picture-memory', { code: 'no-memory-left' });
    expect(noticeOfRun('picture-memory', message)).toEqual({
      code: 'image/picture-memory',
      problem: { of: 'image', written: 'no-memory-left', instead: true },
    });
    // Runs of earlier versions kept a sentence.
    expect(noticeOfRun('picture-memory', 'There was none left.').told).toEqual({
      text: 'There was none left.',
      instead: true,
    });
  });
});

it('an engine error says what exactly happened, behind the words for its code or in their place', () => {
  const differs = { code: 'other-hash', params: { path: 'a.onnx', hash: 'sha256' } } as const;
  const written = writePhrase(differs);
  expect(noticeOfError(new EngineError('bad-weights', differs)).problem).toEqual({
    of: 'engine',
    written,
    instead: false,
  });
  expect(noticeOfError(new EngineError('quota', { code: 'keeps-nothing' })).problem).toMatchObject({ instead: true });
});

it('an engine error adds what the machine said', () => {
  const notice = noticeOfError(new EngineError('bad-weights', 'decoder.onnx'));
  expect(notice).toEqual({ code: 'engine/bad-weights', told: { text: 'decoder.onnx', instead: false } });
});

it('an error that nobody knows, and a code that no version knows', () => {
  expect(noticeOfError(new Error('odd')).code).toBe('session/unexpected');
  expect(noticeOfRun('from-the-future', '')).toEqual({ code: 'session/unexpected' });
});
