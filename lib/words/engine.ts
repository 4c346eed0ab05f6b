import { engine } from './en/engine';
import { wordsHook } from './language';

export const useEngineWords = wordsHook('engine', engine);
