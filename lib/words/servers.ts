import { servers } from './en/servers';
import { wordsHook } from './language';

export const useServersWords = wordsHook('servers', servers);
