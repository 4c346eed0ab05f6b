/** What the page says where a part of it is missing or broke, and what is not kept. */
import { countingIn } from '../counting';
import type { Words } from '../en';

const { counted } = countingIn('zh');

export const reliability: Words['reliability'] = {
  part: {
    missing: '页面的这一部分没有加载',
    offline: '你已离线。恢复连接后会自动加载。',
    outdated: '连接失败，或者页面在你打开之后更新过。如果重试无效，请刷新。',
    broke: '页面的这一部分停止工作',
    brokeAbout: '其余部分仍可使用。如果重试无效，请刷新。已保存的记录还在这个浏览器里。',
    again: '重试',
    reload: '刷新页面',
    close: '关闭',
  },
  long: {
    moreText: (letters) => `再显示 ${counted(letters, { other: '个字符' })}`,
    earlier: (steps) => `显示之前的 ${counted(steps, { other: '步' })}`,
  },
  page: {
    title: '这个页面出错了',
    about: '不是你的问题，已保存的记录还在这个浏览器里。请重试，或返回首页。',
    again: '重试',
    home: '返回首页',
  },
};
