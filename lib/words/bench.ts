import { bench } from './en/bench';
import { wordsHook } from './language';

export const useBenchWords = wordsHook('bench', bench);
