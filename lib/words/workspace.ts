import { workspace } from './en/workspace';
import { wordsHook } from './language';

export const useWorkspaceWords = wordsHook('workspace', workspace);
