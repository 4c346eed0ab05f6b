import { common } from './en/common';
import { wordsHook } from './language';

export const useCommonWords = wordsHook('common', common);
