/** The bytes of a picture of a run: its file, or for a view what is cut out of its root's file. */
import { boxOfSize } from '@/lib/geometry';
import { rootOf } from '@/lib/trajectory';
import type { Drawing, RunToExport } from './contract';

/** Null where the file is not here, or cannot be cut. */
export async function bytesOfPicture({ run, files }: RunToExport, id: string, { cut }: Drawing): Promise<Blob | null> {
  const root = rootOf(run.pictures, id);
  const { hash = null } = root?.picture.file ?? {};
  const file = hash === null ? null : (files.get(hash) ?? null);
  if (!root || !file) return null;
  const { region, turn } = root.view;
  const whole = boxOfSize<'image'>(root.picture);
  const isWhole = turn === 0 && (['x1', 'y1', 'x2', 'y2'] as const).every((edge) => region[edge] === whole[edge]);
  return isWhole ? file : cut(file, region, turn);
}

export async function toDataUrl(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const parts: string[] = [];
  // In pieces: a call takes only so many arguments. A multiple of three, so that pieces join without padding between.
  for (let at = 0; at < bytes.length; at += 0x6000)
    parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + 0x6000))));
  return `data:${blob.type || 'application/octet-stream'};base64,${parts.join('')}`;
}
