import { visit } from './en/visit';
import { wordsHook } from './language';

export const useVisitWords = wordsHook('visit', visit);
