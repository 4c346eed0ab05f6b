import type { MetadataRoute } from 'next';
import { RECEIVE_PATH } from '@/lib/offline/names';
import { pageWords } from '@/lib/words/on-server';

const PICTURES = {
  'image/png': ['.png'],
  'image/jpeg': ['.jpg', '.jpeg'],
  'image/webp': ['.webp'],
  'image/gif': ['.gif'],
  'image/avif': ['.avif'],
  'image/bmp': ['.bmp'],
  'image/heic': ['.heic', '.heif'],
};

const RUNS = { 'application/json': ['.json'], 'application/jsonl': ['.jsonl'], 'application/zip': ['.zip'] };

/** As an installed app: it opens pictures and runs, and takes a picture shared from another app (lib/offline). */
export default async function manifest(): Promise<MetadataRoute.Manifest> {
  const { title, description } = await pageWords();
  const icon = (size: number, purpose: 'any' | 'maskable') => ({
    src: `/app/${purpose}-${size}.png`,
    sizes: `${size}x${size}`,
    type: 'image/png',
    purpose,
  });
  return {
    id: '/',
    name: title,
    short_name: 'Loupe',
    description,
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: '#f4f6f6',
    theme_color: '#f4f6f6',
    icons: [icon(192, 'any'), icon(512, 'any'), icon(512, 'maskable')],
    file_handlers: [{ action: '/?opened', accept: { ...PICTURES, ...RUNS } }],
    share_target: {
      action: RECEIVE_PATH,
      method: 'POST',
      enctype: 'multipart/form-data',
      params: { files: [{ name: 'picture', accept: ['image/*'] }] },
    },
  };
}
