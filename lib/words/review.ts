import { review } from './en/review';
import { wordsHook } from './language';

export const useReviewWords = wordsHook('review', review);
