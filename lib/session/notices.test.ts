import { describe, expect, it } from 'vitest';
import { ENGINE_ERROR_CODES, EngineError } from '@/lib/engine';
import { IMAGE_ERROR_CODES, ImageError } from '@/lib/image';
import { say } from '@/lib/words';
import { image } from '@/lib/words/en/image';
import { noticeOfError, noticeOfRun } from './notices';

describe('an image error', () => {
  it('is told in its own words: how large, what answered, what the file is', () => {
    const tooMany = { code: 'too-many-bytes', params: { bytes: 300 * 2 ** 20, most: 256 * 2 ** 20 } } as const;
    const heavy = noticeOfError(new ImageError('file-too-large', tooMany));
    expect(heavy.detail).toBe(say(image.problems, tooMany));
    expect(`${heavy.title} ${heavy.advice}`).not.toMatch(/pixel/);
    const answered = { code: 'answered', params: { host: 'example.org', status: '404 Not Found' } } as const;
    const gone = noticeOfError(new ImageError('fetch-failed', answered));
    expect(gone).toMatchObject({ code: 'image/fetch-failed', detail: say(image.problems, answered) });
  });

  it('has words where it brought none', () => {
    expect(noticeOfError(new ImageError('empty', '')).detail).not.toBe('');
  });

  it('in a run is never taken for the engine’s: no code is both', () => {
    const codes: readonly string[] = ENGINE_ERROR_CODES;
    expect(IMAGE_ERROR_CODES.filter((code) => codes.includes(code))).toEqual([]);
    const { message } = new ImageError('picture-memory', { code: 'no-memory-left' });
    const notice = noticeOfRun('picture-memory', message);
    expect(notice).toMatchObject({
      code: 'image/picture-memory',
      title: 'Not enough memory for this picture',
      detail: image.problems['no-memory-left'],
    });
    // Runs of earlier versions kept a sentence.
    expect(noticeOfRun('picture-memory', 'There was none left.').detail).toBe('There was none left.');
  });
});

it('an engine error adds what the machine said', () => {
  expect(noticeOfError(new EngineError('bad-weights', 'decoder.onnx')).detail).toMatch(/\(decoder\.onnx\)$/);
});
