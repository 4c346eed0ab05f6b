import { settings } from './en/settings';
import { wordsHook } from './language';

export const useSettingsWords = wordsHook('settings', settings);
