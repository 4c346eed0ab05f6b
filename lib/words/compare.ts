import { compare } from './en/compare';
import { wordsHook } from './language';

export const useCompareWords = wordsHook('compare', compare);
