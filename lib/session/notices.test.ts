import { describe, expect, it } from 'vitest';
import { ENGINE_ERROR_CODES, EngineError } from '@/lib/engine';
import { IMAGE_ERROR_CODES, ImageError } from '@/lib/image';
import { noticeOfError, noticeOfRun } from './notices';

describe('an image error', () => {
  it('is told in its own words: how large, what answered, what the file is', () => {
    const heavy = noticeOfError(
      new ImageError('file-too-large', 'This file has 300 MB; at most 256 MB can be opened.'),
    );
    expect(heavy.detail).toBe('This file has 300 MB; at most 256 MB can be opened.');
    expect(`${heavy.title} ${heavy.advice}`).not.toMatch(/pixel/);
    const gone = noticeOfError(new ImageError('fetch-failed', 'example.org answered with 404 Not Found.'));
    expect(gone).toMatchObject({ code: 'image/fetch-failed', detail: 'example.org answered with 404 Not Found.' });
  });

  it('has words where it brought none', () => {
    expect(noticeOfError(new ImageError('empty', '')).detail).not.toBe('');
  });

  it('in a run is never taken for the engine’s: no code is both', () => {
    const codes: readonly string[] = ENGINE_ERROR_CODES;
    expect(IMAGE_ERROR_CODES.filter((code) => codes.includes(code))).toEqual([]);
    const notice = noticeOfRun('picture-memory', 'The browser has no memory left for pictures.');
    expect(notice).toMatchObject({
      code: 'image/picture-memory',
      title: 'Not enough memory for this picture',
      detail: 'The browser has no memory left for pictures.',
    });
  });
});

it('an engine error adds what the machine said', () => {
  expect(noticeOfError(new EngineError('bad-weights', 'decoder.onnx')).detail).toMatch(/\(decoder\.onnx\)$/);
});
