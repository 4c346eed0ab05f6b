import { models } from './en/models';
import { wordsHook } from './language';

export const useModelsWords = wordsHook('models', models);
