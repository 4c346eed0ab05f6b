import { formats } from './en/formats';
import { wordsHook } from './language';

export const useFormatsWords = wordsHook('formats', formats);
