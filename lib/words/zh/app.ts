import type { Words } from '../en';
import { playground } from './playground';

export const app: Words['app'] = {
  title: 'Loupe：向图片提问，看模型往哪里看',
  titleOfPage: '%s · Loupe',
  description: '一个就在本页运行的视觉语言模型：它用图片思考，放大、再看、然后作答。每一次细看都可以逐步回放。',
  pages: { ...playground.pages, shared: '分享的记录' },
  shared: {
    description: '通过链接分享的加密记录，只有拿到完整链接的人才能查看。',
    previewTitle: 'Loupe 中的一条分享记录',
    preview: '内容已加密，拿到完整链接即可打开。',
  },
  offline: {
    title: '你已离线',
    about: '这个页面需要联网。向图片提问不需要。',
    home: '向图片提问',
  },
  notFound: {
    title: '页面不存在',
    about: '这个地址下没有内容。',
    home: '返回首页',
  },
};
