/**
 * The pictures of a run and where they lie in each other: what is said of a crop of a crop of a turned picture leads back to the picture
 * that has pixels of its own.
 */
import { boxFromView, boxOfSize, composeViews, viewSize } from '@/lib/geometry';
import type { ImageBox, Size, ViewOf } from '@/lib/geometry';
import type { FileRef, Part, Picture, PictureOf, Place, Step, Trajectory } from './schema';

type Pictures = readonly Picture[];

/** A picture that has pixels of its own. */
export type RootPicture = PictureOf<'file'> | PictureOf<'call'>;

export function pictureOf(pictures: Pictures, id: string): Picture | null {
  return pictures.find((one) => one.id === id) ?? null;
}

/** Where a picture comes from: the one with pixels of its own, and the view of it that this one is. */
interface Root {
  readonly picture: RootPicture;
  readonly view: ViewOf;
}

/** The root of a picture when every view it passes through is undone; null where a document does not say. */
export function rootOf(pictures: Pictures, id: string): Root | null {
  let roots = rootsOfList.get(pictures);
  if (roots === undefined) {
    roots = rootsOf(pictures);
    rootsOfList.set(pictures, roots);
  }
  return roots.get(id) ?? null;
}

/** Lists of pictures are never changed in place, and a document may hold a thousand views of views. */
const rootsOfList = new WeakMap<Pictures, ReadonlyMap<string, Root>>();

/** In one pass: no view is of one that comes after it. */
function rootsOf(pictures: Pictures): ReadonlyMap<string, Root> {
  const roots = new Map<string, Root>();
  for (const picture of pictures) {
    if (picture.from !== 'view') {
      roots.set(picture.id, { picture, view: { region: boxOfSize(picture), turn: 0 } });
      continue;
    }
    const of = roots.get(picture.of);
    if (of) roots.set(picture.id, { picture: of.picture, view: composeViews(of.view, picture) });
  }
  return roots;
}

/** A place in pixels of the picture it really lies in; null where a document does not say. */
export function rootPlace(
  pictures: Pictures,
  { picture, box }: Place,
): { readonly picture: RootPicture; readonly box: ImageBox } | null {
  const root = rootOf(pictures, picture);
  return root && { picture: root.picture, box: boxFromView(box, root.view) };
}

/** A new view of a picture; its sides are those of its region, turned. */
export function viewPicture(id: string, of: Picture, { region, turn }: ViewOf): PictureOf<'view'> {
  return { id, from: 'view', of: of.id, region, turn, ...viewSize({ region, turn }) };
}

/** An id that no picture of the run has. */
export function nextPictureId({ pictures }: Pick<Trajectory, 'pictures'>): string {
  let number = pictures.length + 1;
  while (pictures.some(({ id }) => id === `p${number}`)) number += 1;
  return `p${number}`;
}

/** Files of pictures that are kept beside the run. */
export function filesOf({ pictures }: Pick<Trajectory, 'pictures'>): readonly FileRef[] {
  return pictures.flatMap((picture) => (picture.from === 'view' ? [] : [picture.file]));
}

/** Hashes of the files that the run's pictures are, each once. */
export function hashesOf(run: Pick<Trajectory, 'pictures'>): readonly string[] {
  return [...new Set(filesOf(run).flatMap(({ hash }) => (hash === null ? [] : [hash])))];
}

/** Hashes of the files that a run began with: all but what its calls brought. */
export function givenHashes({ pictures }: Pick<Trajectory, 'pictures'>): readonly string[] {
  return hashesOf({ pictures: pictures.filter(({ from }) => from !== 'call') });
}

/** The pictures that the person gave, in order. */
export function givenPictures({ pictures, given }: Pick<Trajectory, 'pictures' | 'given'>): readonly Picture[] {
  return given.flatMap((part) => {
    const picture = 'picture' in part ? pictureOf(pictures, part.picture) : null;
    return picture ? [picture] : [];
  });
}

/** Ids of the pictures among parts, in order. */
export function picturesOf(parts: readonly Part[]): readonly string[] {
  return parts.flatMap((part) => ('picture' in part ? [part.picture] : []));
}

/** Ids of the pictures a step speaks of: that it shows, marks, or asks about. */
export function picturesNamedBy(step: Step): readonly string[] {
  switch (step.type) {
    case 'think':
    case 'answer':
      return step.marks?.map(({ picture }) => picture) ?? [];
    case 'call':
      return step.place ? [step.place.picture] : [];
    case 'result':
    case 'said':
      return picturesOf(step.parts);
    case 'other':
      return [];
    default:
      return step satisfies never;
  }
}

/** The first picture with pixels of its own: what stands for the run where there is room for one. Null where it has none. */
export function mainPicture(run: Pick<Trajectory, 'pictures' | 'given'>): RootPicture | null {
  for (const { id } of [...givenPictures(run), ...run.pictures]) {
    const root = rootOf(run.pictures, id);
    if (root) return root.picture;
  }
  return null;
}

/** What the person asked: the texts among what they gave. */
export function questionOf({ given }: Pick<Trajectory, 'given'>): string {
  return given.flatMap((part) => ('text' in part ? [part.text] : [])).join('\n');
}

/** How the model saw a picture: the latest word of it; null where nobody told. */
export function seenOf(run: Pick<Trajectory, 'given' | 'steps'>, id: string): Size | null {
  const parts = [...run.given, ...run.steps.flatMap((step) => (step.type === 'result' ? step.parts : []))];
  const part = parts.findLast((one) => 'picture' in one && one.picture === id && one.seen !== null);
  return part && 'picture' in part ? part.seen : null;
}
