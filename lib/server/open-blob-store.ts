/**
 * The blob store that the settings name.
 */
import type { BlobStore } from './blob-store';
import { openFileBlobStore } from './file-blob-store';
import type { ShareSettings } from './share-settings';

export async function openBlobStore({ store }: Pick<ShareSettings, 'store'>): Promise<BlobStore> {
  if (store.kind === 'files') return openFileBlobStore(store.folder);
  // Loaded only where it is used.
  const { openS3BlobStore } = await import('./s3-blob-store');
  return openS3BlobStore(store);
}
