import { maker } from './en/maker';
import { wordsHook } from './language';

export const useMakerWords = wordsHook('maker', maker);
