/**
 * Questions that fit the picture on screen: the gallery knows its own pictures by file name, the scene maker says what it
 * put into a scene. Of any other picture nothing is known, and nothing is suggested.
 */
import { useMemo } from 'react';
import { usePlayer } from '@/lib/player';
import { useGallery, type Suggestion } from './gallery-index';

const made = new Map<string, readonly Suggestion[]>();

/** Remembers the questions of a picture made in this page, by the name it is opened under. */
export function suggestFor(name: string, questions: readonly Suggestion[]): void {
  made.set(name, questions);
}

/** The picture on screen is the scene that was made last, which is still on the bench. */
export function useIsLastScene(): boolean {
  const name = usePlayer((state) => state.source?.ref.name ?? null);
  return name !== null && name === [...made.keys()].at(-1);
}

export function useSuggestions(): readonly Suggestion[] {
  const name = usePlayer((state) => state.source?.ref.name ?? null);
  const gallery = useGallery();
  return useMemo(() => {
    if (name === null) return [];
    return made.get(name) ?? gallery?.find((picture) => picture.image === name)?.questions ?? [];
  }, [name, gallery]);
}
