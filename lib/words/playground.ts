import { playground } from './en/playground';
import { wordsHook } from './language';

export const usePlaygroundWords = wordsHook('playground', playground);
