import { answer } from './en/answer';
import { wordsHook } from './language';

export const useAnswerWords = wordsHook('answer', answer);
