/**
 * The gallery: pictures that come with the app (public/gallery/index.json) and questions to ask about them. Read once; a
 * missing or unreadable index is an empty gallery, never an error on screen.
 */
import { useEffect, useState } from 'react';

export const GALLERY_BASE = '/gallery/';

export interface Suggestion {
  readonly question: string;
  /** What it asks about is too small in the overview: the model has to look closer. */
  /** Null: nobody said. */
  readonly needsZoom: boolean | null;
}

export interface GalleryPicture {
  readonly id: string;
  readonly title: string;
  /** SHA-256 of the image's file; empty where the index does not say. */
  readonly hash: string;
  /** File names under the gallery's folder. */
  readonly image: string;
  readonly thumbnail: string;
  readonly width: number;
  readonly height: number;
  readonly questions: readonly Suggestion[];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function readSuggestion(value: unknown): Suggestion[] {
  if (typeof value === 'string') return [{ question: value, needsZoom: false }];
  if (!isRecord(value) || typeof value.question !== 'string') return [];
  return [{ question: value.question, needsZoom: value.needsZoom === true }];
}

function readPicture(value: unknown): GalleryPicture[] {
  if (!isRecord(value)) return [];
  const { id, title, hash, image, thumbnail, width, height, questions } = value;
  if (typeof id !== 'string' || typeof image !== 'string' || typeof thumbnail !== 'string') return [];
  if (typeof width !== 'number' || typeof height !== 'number') return [];
  return [
    {
      id,
      title: typeof title === 'string' ? title : id,
      hash: typeof hash === 'string' ? hash : '',
      image,
      thumbnail,
      width,
      height,
      questions: Array.isArray(questions) ? questions.flatMap(readSuggestion) : [],
    },
  ];
}

/** Whatever of `value` is a gallery; entries that do not fit are left out. */
export function readGallery(value: unknown): readonly GalleryPicture[] {
  const list: unknown = isRecord(value) ? (value.scenes ?? value.pictures) : value;
  return Array.isArray(list) ? list.flatMap(readPicture) : [];
}

let fetched: Promise<readonly GalleryPicture[]> | null = null;

function fetchGallery(): Promise<readonly GalleryPicture[]> {
  fetched ??= fetch(`${GALLERY_BASE}index.json`)
    .then((response) => (response.ok ? response.json() : null))
    .then(readGallery, () => []);
  return fetched;
}

/** Whether a file is one of the gallery's. */
export async function isGalleryPicture(hash: string): Promise<boolean> {
  return (await fetchGallery()).some((picture) => picture.hash === hash);
}

/** Null until known. */
export function useGallery(): readonly GalleryPicture[] | null {
  const [pictures, setPictures] = useState<readonly GalleryPicture[] | null>(null);
  useEffect(() => {
    let here = true;
    void fetchGallery().then((list) => {
      if (here) setPictures(list);
    });
    return () => {
      here = false;
    };
  }, []);
  return pictures;
}
