/** What the first pages say before anything is opened on them: fetched ahead of the rest. */
import { canvas } from './canvas';
import { common } from './common';
import { playground } from './playground';
import { reliability } from './reliability';
import { share } from './share';
import { trajectory } from './trajectory';
import { visit } from './visit';
import { workspace } from './workspace';

export const first = { canvas, common, playground, reliability, share, trajectory, visit, workspace };
