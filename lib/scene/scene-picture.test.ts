/** A scene that travels in its picture. */
import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
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
    const head = 33; // signature and IHDR
    expect(is.subarray(0, head).equals(was.subarray(0, head))).toBe(true);
    expect(is.subarray(head + is.length - was.length).equals(was.subarray(head))).toBe(true);
  });

  it('has the checksum that PNG asks for', async () => {
    const after = await bytesOf(await withScene(file(PICTURE), scene));
    const at = after.indexOf('iTXt');
    const length = after.readUInt32BE(at - 4);
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
    for (const length of [7, 8, 20, 40, 400]) {
      expect(await sceneOfPicture(new Blob([Uint8Array.from(whole.subarray(0, length))]))).toBeNull();
    }
  });
});
