import { share } from './en/share';
import { wordsHook } from './language';

export const useShareWords = wordsHook('share', share);
