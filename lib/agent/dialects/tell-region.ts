/** How a question says which part of the picture it is about, in every dialect: in the numbers that the model counts in. */
import type { ModelBox } from '@/lib/geometry';

export const tellRegion = (question: string, { x1, y1, x2, y2 }: ModelBox): string =>
  `${question} (The question is about the region [${x1}, ${y1}, ${x2}, ${y2}].)`;
