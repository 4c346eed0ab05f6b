/** Archives: nested, damaged, protected, made to burst. */
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { deepEyesRow, linesOf } from '../fixtures/deepeyes-rows';
import { openSet, readRow } from '../fixtures/opened';
import { pictureOf } from '../fixtures/picture';
import { zipSources } from './zip';

const rows = strToU8(linesOf([deepEyesRow()]));
const zip = (files: Readonly<Record<string, Uint8Array>>, level: 0 | 6 = 6) =>
  new Blob([zipSync(files, { level }) as Uint8Array<ArrayBuffer>]);
const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

describe('an archive', () => {
  it.each([0, 6] as const)(
    'at level %i: records and the pictures beside them, in an archive within it too',
    async (level) => {
      const inner = await bytesOf(
        zip({ 'x/sa_1.jpg': await bytesOf(pictureOf(640, 480)), '__MACOSX/x/._sa_1.jpg': rows }, level),
      );
      const set = await openSet({ 'all.zip': zip({ 'r/result.jsonl': rows, 'pictures.zip': inner }, level) });
      expect(set.files).toMatchObject([{ path: 'all.zip/r/result.jsonl', format: 'deepeyes', records: 1 }]);
      expect(readRow(set.rows[0]).wanted).toEqual([]);
      expect(set.unread).toEqual([]);
    },
  );

  it('that would burst is not unpacked', async () => {
    const bomb = zip({ 'a.jsonl': new Uint8Array(20 * 1024 * 1024).fill(0x7b) });
    expect((await openSet({ 'bomb.zip': bomb })).unread).toEqual(['bomb.zip/a.jsonl: bomb']);
  });

  it('within archives within archives is left alone', async () => {
    let nested = zip({ 'a.jsonl': rows });
    for (let times = 0; times < 3; times += 1) nested = zip({ 'in.zip': await bytesOf(nested) });
    expect((await openSet({ 'a.zip': nested })).unread).toEqual([expect.stringMatching(/: bomb$/)]);
  });

  it('cut off anywhere, or with bytes changed, is opened or says why, and never hangs', async () => {
    const whole = await bytesOf(zip({ 'a.jsonl': rows, 'b/sa_1.jpg': await bytesOf(pictureOf(9, 9)) }));
    for (let at = 1; at < whole.length; at += 29) {
      await expect(openSet({ 'a.zip': new Blob([whole.slice(0, at)]) })).resolves.toBeDefined();
      const changed = whole.slice();
      changed[at] = (changed[at] ?? 0) ^ 0x5a;
      await expect(openSet({ 'a.zip': new Blob([changed]) })).resolves.toBeDefined();
    }
  });

  it('that is protected says so', async () => {
    const bytes = await bytesOf(zip({ 'a.jsonl': rows }, 0));
    const at = new TextDecoder('latin1').decode(bytes).indexOf('PK\u0001\u0002');
    bytes[at + 8] = (bytes[at + 8] ?? 0) | 1;
    const [source] = await zipSources(new Blob([bytes]), 'a.zip');
    await expect(source?.blob()).rejects.toMatchObject({ problem: 'encrypted' });
  });
});
