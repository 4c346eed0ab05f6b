import { fork } from './en/fork';
import { wordsHook } from './language';

export const useForkWords = wordsHook('fork', fork);
