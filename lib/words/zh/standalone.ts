/** The page that an export to HTML is. */
import { countingIn } from '../counting';
import type { Words } from '../en';

const { counted } = countingIn('zh');

export const standalone: Words['standalone'] = {
  all: (count) => counted(count, { other: '次运行' }),
  nameless: '一次运行',
  picture: '图片',
  talk: '文字过程',
  keys: '快捷键',
  close: '关闭',
};
