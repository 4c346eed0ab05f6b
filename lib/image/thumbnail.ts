/**
 * The small picture that stands for a run in a list. Made from a bitmap at hand; the file is not decoded again.
 */

/** Longer side in pixels. */
export const THUMBNAIL_SIDE = 160;

/** WebP, or PNG where the browser cannot write WebP; null where it can write neither. The bitmap stays the caller's. */
export async function makeThumbnail(bitmap: ImageBitmap): Promise<Blob | null> {
  try {
    const scale = Math.min(1, THUMBNAIL_SIDE / Math.max(bitmap.width, bitmap.height));
    const width = Math.max(1, Math.round(bitmap.width * scale));
    const height = Math.max(1, Math.round(bitmap.height * scale));
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    if (!context) return null;
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, width, height);
    return await canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
  } catch {
    // A missing thumbnail is no reason to lose a run.
    return null;
  }
}
