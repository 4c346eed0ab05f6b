'use client';
/**
 * Opening a picture from wherever it comes. All ways go through the session, which knows what may be going on already and
 * what becomes of the question.
 */
import { useMemo } from 'react';
import { useSessionActions } from '@/lib/session';
import { GALLERY_BASE, type GalleryPicture } from './gallery-index';

export interface OpenPicture {
  file(file: Blob, name: string): Promise<void>;
  /** The first picture of several. */
  files(files: readonly File[], folders: number): Promise<void>;
  url(url: string): Promise<void>;
  gallery(picture: GalleryPicture): Promise<void>;
}

export function useOpenPicture(): OpenPicture {
  const actions = useSessionActions();
  return useMemo(
    () => ({
      file: (file, name) => actions.openImage(file, name),
      files: (files, folders) => actions.openFiles(files, folders),
      url: (url) => actions.openImageUrl(url),
      gallery: ({ image }) => actions.openImageUrl(new URL(`${GALLERY_BASE}${image}`, window.location.href).href),
    }),
    [actions],
  );
}
