import * as all from './all';
import type { Tool } from './tool';

export const TOOLS: readonly Tool[] = Object.values(all);
