import { status } from './en/status';
import { wordsHook } from './language';

export const useStatusWords = wordsHook('status', status);
