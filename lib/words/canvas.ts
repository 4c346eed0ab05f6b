import { canvas } from './en/canvas';
import { wordsHook } from './language';

export const useCanvasWords = wordsHook('canvas', canvas);
