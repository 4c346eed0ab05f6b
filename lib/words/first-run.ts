import { firstRun } from './en/first-run';
import { wordsHook } from './language';

export const useFirstRunWords = wordsHook('firstRun', firstRun);
