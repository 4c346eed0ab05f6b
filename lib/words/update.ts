import { update } from './en/update';
import { wordsHook } from './language';

export const useUpdateWords = wordsHook('update', update);
