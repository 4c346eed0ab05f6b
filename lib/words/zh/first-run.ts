/** A recorded run that plays on the start page. */
import type { Words } from '../en';

export const firstRun: Words['firstRun'] = {
  label: '一次真实的运行记录',
  recorded: '由 Loupe Nano 实际运行录得',
  looks: '放大细看',
  play: '重新播放',
  pause: '暂停',
  goOn: '播放',
  ask: '自己来问',
};
