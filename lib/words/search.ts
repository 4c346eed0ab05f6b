import { search } from './en/search';
import { wordsHook } from './language';

export const useSearchWords = wordsHook('search', search);
