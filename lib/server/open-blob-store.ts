/**
 * The blob store that the settings name.
 */
import type { BlobStore } from './blob-store';
import { openFileBlobStore } from './file-blob-store';
import { openS3BlobStore } from './s3-blob-store';
import type { ShareSettings } from './share-settings';

export async function openBlobStore({ store }: Pick<ShareSettings, 'store'>): Promise<BlobStore> {
  return store.kind === 'files' ? openFileBlobStore(store.folder) : openS3BlobStore(store);
}
