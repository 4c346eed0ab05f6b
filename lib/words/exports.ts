import { exports } from './en/exports';
import { wordsHook } from './language';

export const useExportsWords = wordsHook('exports', exports);
