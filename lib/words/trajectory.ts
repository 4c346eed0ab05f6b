import { trajectory } from './en/trajectory';
import { wordsHook } from './language';

export const useTrajectoryWords = wordsHook('trajectory', trajectory);
