/** A scene that travels in its picture. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseScene, type Scene } from './scene';
import { sceneOfPicture, withScene } from './scene-picture';

const file = (path: string): Blob => new Blob([readFileSync(path)], { type: 'image/png' });
const bytesOf = async (blob: Blob): Promise<Buffer> => Buffer.from(await blob.arrayBuffer());

const PICTURE = 'e2e/fixtures/golden/scene-0.png';
const parsed = parseScene(JSON.parse(readFileSync('public/gallery/dunes.json', 'utf8')));
const scene: Scene = parsed.ok ? parsed.scene : { image: '', width: 1, height: 1, objects: [], questions: [] };

describe('a scene in its picture', () => {
  it('is read back as it was written, and the picture is still the same PNG around it', async () => {
    const said = { ...scene, image: 'Dünen – 1.png' };
    const before = file(PICTURE);
    const after = await withScene(before, said);
    expect(await sceneOfPicture(after)).toEqual(said);
    expect(after.type).toBe('image/png');
    const [was, is] = [await bytesOf(before), await bytesOf(after)];
    const end = was.length - 12; // IEND
    expect(is.subarray(0, end).equals(was.subarray(0, end))).toBe(true);
    expect(is.subarray(-12).equals(was.subarray(end))).toBe(true);
  });

  it('has the checksum that PNG asks for', async () => {
    // CRC-32 of "IEND", as in every PNG.
    const after = await bytesOf(await withScene(file(PICTURE), scene));
    expect(after.readUInt32BE(after.length - 4)).toBe(0xae426082);
    const at = after.indexOf('iTXt');
    const length = after.readUInt32BE(at - 4);
    const { crc32 } = await import('node:zlib');
    expect(after.readUInt32BE(at + 4 + length)).toBe(crc32(after.subarray(at, at + 4 + length)));
  });

  it('is not found where there is none, and a picture that is no PNG stays as it is', async () => {
    expect(await sceneOfPicture(file(PICTURE))).toBeNull();
    const webp = file('public/gallery/dunes.webp');
    expect(await withScene(webp, scene)).toBe(webp);
    expect(await sceneOfPicture(webp)).toBeNull();
    expect(await sceneOfPicture(new Blob([]))).toBeNull();
  });

  it('is refused where it is no scene, and a file that breaks off does no harm', async () => {
    const wrong = { ...scene, width: -1 };
    expect(await sceneOfPicture(await withScene(file(PICTURE), wrong))).toBeNull();
    const whole = await bytesOf(await withScene(file(PICTURE), scene));
    for (const length of [7, 8, 20, whole.length - 40]) {
      expect(await sceneOfPicture(new Blob([Uint8Array.from(whole.subarray(0, length))]))).toBeNull();
    }
  });
});
