import { library } from './en/library';
import { wordsHook } from './language';

export const useLibraryWords = wordsHook('library', library);
