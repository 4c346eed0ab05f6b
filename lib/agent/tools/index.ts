/** The tools this app can carry out. */
import { rotate } from './rotate';
import type { Tool } from './tool';
import { zoom } from './zoom';

export const TOOLS: readonly Tool[] = [zoom, rotate];
