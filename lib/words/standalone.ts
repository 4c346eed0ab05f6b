import { standalone } from './en/standalone';
import { wordsHook } from './language';

export const useStandaloneWords = wordsHook('standalone', standalone);
