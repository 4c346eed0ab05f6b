import { lenses } from './en/lenses';
import { wordsHook } from './language';

export const useLensesWords = wordsHook('lenses', lenses);
