import { learn } from './en/learn';
import { wordsHook } from './language';

export const useLearnWords = wordsHook('learn', learn);
