import * as all from './all';
import type { Tool } from './tool';

/** The one that is read also where there is none comes first; the others by name. */
export const TOOLS: readonly Tool[] = Object.values(all).toSorted(
  (a: Tool, b: Tool) => Number(b.readUnoffered ?? false) - Number(a.readUnoffered ?? false),
);
