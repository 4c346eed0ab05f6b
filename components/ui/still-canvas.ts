/**
 * Draws on a canvas that then stands still. What is drawn is handed over as a finished bitmap: a canvas with a drawing context
 * is copied to the compositor in every frame of the page where there is no GPU, also when nothing on it changed.
 */

/**
 * No context, or no memory for one, leaves the canvas as it was.
 *
 * @param width,height in device pixels; both at least 1
 */
export function drawStill(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  draw: (context: OffscreenCanvasRenderingContext2D) => void,
): void {
  const shown = canvas.getContext('bitmaprenderer');
  const sheet = new OffscreenCanvas(width, height);
  const context = sheet.getContext('2d');
  if (!shown || !context) return;
  draw(context);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  shown.transferFromImageBitmap(sheet.transferToImageBitmap());
}
