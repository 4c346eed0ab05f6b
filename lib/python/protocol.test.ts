/** What comes out of the frame is whatever code in it wants: only the right shape and size gets through. */
import { describe, expect, it } from 'vitest';
import { MOST_PICTURES, OUTPUT_BYTES, PICTURE_SIDE } from './contract';
import { readAnswer } from './protocol';

const ran = { type: 'ran', id: 1, stdout: '', stderr: '', error: null, pictures: [], picturesLeft: 0 };
const picture = { width: 2, height: 1, rgba: new Uint8Array(8) };

describe('an answer of the frame', () => {
  it('is read where it is one', () => {
    expect(readAnswer({ type: 'ready' })).toEqual({ type: 'ready' });
    expect(readAnswer({ type: 'failed', message: 'no' })).toEqual({ type: 'failed', message: 'no' });
    expect(readAnswer({ ...ran, error: 'E', pictures: [picture] })).toEqual({
      ...ran,
      error: 'E',
      pictures: [picture],
    });
  });

  it.each<[string, unknown]>([
    ['nothing', null],
    ['a text', 'ready'],
    ['an unknown kind', { type: 'eval' }],
    ['no id', { ...ran, id: undefined }],
    ['a fraction', { ...ran, id: 0.5 }],
    ['a text that is none', { ...ran, stdout: { length: 1 } }],
    ['too much text', { ...ran, stderr: 'x'.repeat(OUTPUT_BYTES + 1000) }],
    ['a long error', { ...ran, error: 'x'.repeat(5000) }],
    ['pictures that are no list', { ...ran, pictures: { length: 1, 0: picture } }],
    ['too many pictures', { ...ran, pictures: Array<unknown>(MOST_PICTURES + 1).fill(picture) }],
    ['a picture with too few bytes', { ...ran, pictures: [{ ...picture, height: 2 }] }],
    ['a picture without area', { ...ran, pictures: [{ width: 0, height: 1, rgba: new Uint8Array(0) }] }],
    [
      'a side that is too long',
      { ...ran, pictures: [{ width: PICTURE_SIDE + 1, height: 1, rgba: new Uint8Array(0) }] },
    ],
    ['a side that is no number', { ...ran, pictures: [{ ...picture, width: '2' }] }],
    ['bytes that are none', { ...ran, pictures: [{ ...picture, rgba: [0, 0, 0, 0, 0, 0, 0, 0] }] }],
    ['bytes that others could still change', { ...ran, pictures: [{ ...picture, rgba: shared() }] }],
    ['what it inherits', Object.create(ran) as unknown],
  ])('is none with %s', (_name, data) => {
    expect(readAnswer(data)).toBeNull();
  });

  it('brings no prototype along', () => {
    const data: unknown = JSON.parse(
      '{"type":"ready","__proto__":{"isAdmin":true},"constructor":{"prototype":{"x":1}}}',
    );
    expect(readAnswer(data)).toEqual({ type: 'ready' });
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
    const meddled: unknown = JSON.parse(
      `{"type":"ran","id":1,"stdout":"","stderr":"","error":null,"picturesLeft":0,"pictures":[{"__proto__":{"width":2,"height":1}}]}`,
    );
    expect(readAnswer(meddled)).toBeNull();
  });
});

function shared(): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(8));
}
