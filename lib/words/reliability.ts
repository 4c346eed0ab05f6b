import { reliability } from './en/reliability';
import { wordsHook } from './language';

export const useReliabilityWords = wordsHook('reliability', reliability);
