/** That there is a newer version of the app. */
import type { Words } from '../en';

export const update: Words['update'] = {
  ready: '新版 Loupe 已就绪',
  about: '刷新后生效，已保存的记录会保留。',
  afterRun: '本次运行结束后即可更新。',
  reload: '立即刷新',
  later: '稍后',
};
