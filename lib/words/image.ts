import { image } from './en/image';
import { wordsHook } from './language';

export const useImageWords = wordsHook('image', image);
