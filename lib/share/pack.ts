/**
 * Makes a run ready to leave: cut, without metadata, canonical, packed. Nothing is encrypted yet, because the id that the
 * encryption binds is the server's to give; the size is exact all the same.
 */
import type { Size } from '@/lib/geometry';
import { MIME_TYPES, readHeaderSize } from '@/lib/image';
import type { CleanPicture } from '@/lib/image/metadata';
import { type FileHash, type FileRef, type Picture, type Trajectory } from '@/lib/trajectory';
import { parseTrajectory } from '@/lib/trajectory/document';
import { ShareError, type PackedShare, type PackOptions, type PackShare, type ShareSource } from './contract';
import { firstSteps } from './first-steps';
import { MAX_BESIDE, MAX_RUNS, sha256, writePayload, type PayloadImage } from './payload';
import { headerLength, TAG_BYTES } from './wire';

interface ReadyPicture {
  readonly image: PayloadImage;
  readonly mimeType: string;
  readonly name: string;
  readonly strippedBytes: number;
  readonly redrawn: boolean;
}

/** The file without what is not picture, named by its kind only. Throws `ShareError('picture')`. */
async function readyPicture(file: Blob, shown: Size, signal: AbortSignal | undefined): Promise<ReadyPicture> {
  // Loaded with the first picture that leaves, not with the first page.
  const { cleanPicture } = await import('@/lib/image/metadata');
  let clean: CleanPicture;
  try {
    clean = await cleanPicture(file, signal);
  } catch (cause) {
    if (signal?.aborted) throw new ShareError('aborted', 'stopped', { cause });
    // Rather nothing than a picture that may still say where it was taken.
    throw new ShareError('picture', cause instanceof Error ? cause.message : 'the picture cannot be read', { cause });
  }
  const { bytes, format, removed, redrawn } = clean;
  const size = readHeaderSize(bytes, format);
  // The boxes of the run are in the pixels of the picture as it was shown.
  if (redrawn && (size?.width !== shown.width || size.height !== shown.height)) {
    throw new ShareError('picture', 'what was drawn has another size than the picture had');
  }
  return {
    image: { hash: await sha256(bytes), bytes },
    mimeType: MIME_TYPES[format],
    name: `picture.${format === 'jpeg' ? 'jpg' : format}`,
    strippedBytes: removed,
    redrawn,
  };
}

/** A picture that comes with the app. */
async function asItIs(file: Blob, { mimeType, name }: FileRef): Promise<ReadyPicture> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return { image: { hash: await sha256(bytes), bytes }, mimeType, name, strippedBytes: 0, redrawn: false };
}

/** The document as its schema writes it: known fields in one order. */
function canonical(run: Trajectory): Trajectory {
  const parsed = parseTrajectory(JSON.parse(JSON.stringify(run)));
  if (!parsed.ok) throw new ShareError('invalid', `the run cannot be shared: ${parsed.problems[0]?.message ?? ''}`);
  return parsed.trajectory;
}

/** The run, and those that go with it; which of them another was changed into stays said. */
function sharedRuns(
  { trajectory, beside = [] }: ShareSource,
  { upTo, includeBeside }: PackOptions,
): [Trajectory, ...Trajectory[]] {
  const others = includeBeside ? beside.filter(({ status }) => status !== 'running').slice(0, MAX_BESIDE) : [];
  const ids = new Set([trajectory, ...others].map(({ id }) => id));
  const kin = (run: Trajectory) => (run.parent && ids.has(run.parent.runId) ? run.parent : null);
  const first = { ...firstSteps(trajectory, upTo), parent: kin(trajectory) };
  return [first, ...others.map((run) => ({ ...firstSteps(run, null), parent: kin(run) }))];
}

type ReadyPictures = ReadonlyMap<FileHash, ReadyPicture>;

/** The files of runs' pictures, made ready, by the hashes they had; and whether any was not here. */
async function readyPictures(
  source: ShareSource,
  runs: readonly Trajectory[],
  signal: AbortSignal | undefined,
): Promise<{ readonly ready: ReadyPictures; readonly isMissing: boolean }> {
  const ready = new Map<FileHash, ReadyPicture>();
  let isMissing = false;
  for (const picture of runs.flatMap(({ pictures }) => pictures)) {
    if (signal?.aborted) throw new ShareError('aborted', 'stopped');
    if (picture.from === 'view' || picture.file.hash === null || ready.has(picture.file.hash)) continue;
    const file = await source.picture(picture.file.hash);
    if (!file) isMissing = true;
    else if (await source.isShipped?.(picture.file.hash))
      ready.set(picture.file.hash, await asItIs(file, picture.file));
    else ready.set(picture.file.hash, await readyPicture(file, picture, signal));
  }
  return { ready, isMissing };
}

/** Names and addresses of files are nobody else's business; the hash stays: whoever has the same file can lay it beside the run. */
function handedOn(picture: Picture, ready: ReadyPictures): Picture {
  if (picture.from === 'view') return picture;
  const { hash, mimeType } = picture.file;
  const own = hash === null ? undefined : ready.get(hash);
  const file = own ? { hash: own.image.hash, mimeType: own.mimeType, name: own.name } : { hash, mimeType, name: '' };
  return { ...picture, file };
}

const lastPart = (path: string): string => path.split(/[\\/]/).at(-1) ?? '';

export const packShare: PackShare = async (source, options, signal): Promise<PackedShare> => {
  const stop = (): void => {
    if (signal?.aborted) throw new ShareError('aborted', 'stopped');
  };
  stop();
  const [first, ...kin] = sharedRuns(source, options);
  const runs = [first, ...kin, ...(source.more ?? []).map((run) => firstSteps(run, null))];
  if (runs.length > MAX_RUNS) throw new ShareError('too-large', 'too many runs', { detail: MAX_RUNS });
  const { ready, isMissing } = options.includeImage
    ? await readyPictures(source, runs, signal)
    : { ready: new Map<FileHash, ReadyPicture>(), isMissing: false };
  stop();
  const shared = runs.map((run) =>
    canonical({
      ...run,
      pictures: run.pictures.map((picture) => handedOn(picture, ready)),
      // Its folders are those of somebody's disk.
      ...(run.source?.file !== undefined && { source: { ...run.source, file: lastPart(run.source.file) } }),
    }),
  );
  const [trajectory, ...others] = shared as [Trajectory, ...Trajectory[]]; // of one at least
  const [beside, more] = [others.slice(0, kin.length), others.slice(kin.length)];
  const own = [trajectory.steps.length, source.trajectory.steps.length] as const;
  const ofMore = more.reduce((sum, { steps }) => sum + steps.length, 0);
  const locked = options.locked ?? false;
  // Two files may be the same once their metadata is gone.
  const images = [...new Map([...ready.values()].map(({ image }) => [image.hash, image])).values()];
  const { payload, textBytes, imageBytes } = await writePayload(
    { trajectory, more, beside, images, cut: own[0] < own[1] ? { steps: own[0], of: own[1] } : null },
    locked,
  );
  stop();
  const bytes = headerLength(locked) + payload.length + TAG_BYTES;
  return {
    title: source.title ?? trajectory.title,
    bytes,
    locked,
    parts: { text: textBytes, image: imageBytes, overhead: bytes - textBytes - imageBytes },
    includesImage: ready.size > 0,
    imageMissing: isMissing,
    runs: 1 + more.length,
    steps: own[0] + ofMore,
    stepsOf: own[1] + ofMore,
    beside: beside.length,
    strippedBytes: [...ready.values()].reduce((sum, { strippedBytes }) => sum + strippedBytes, 0),
    redrawn: [...ready.values()].some(({ redrawn }) => redrawn),
    payload,
  };
};
