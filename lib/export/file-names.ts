/** Names of files for runs and pictures: plain words, on every system. */
import { mainPicture, questionOf, type Trajectory } from '@/lib/trajectory';

/** As a part of a path, without an ending; never empty. */
export function runName(run: Trajectory): string {
  const words = run.title || questionOf(run) || mainPicture(run)?.file.name || '';
  const plain = words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 50)
    .replace(/^-+|-+$/g, '');
  return plain || 'run';
}

const ENDINGS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'avif',
  'image/bmp': 'bmp',
  'image/heic': 'heic',
  'image/svg+xml': 'svg',
};

export function endingOf(mimeType: string): string {
  return ENDINGS[mimeType] ?? 'bin';
}

export function setName(count: number): string {
  return `loupe-${count}-runs`;
}
