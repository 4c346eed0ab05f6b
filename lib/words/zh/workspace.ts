/** The page at work: the picture, its run, what is going on, the model that answers. */
import { countingIn } from '../counting';
import type { Words } from '../en';

const { counted } = countingIn('zh');

export const workspace: Words['workspace'] = {
  title: (name) => `正在看：${name}`,
  aPicture: '图片',
  picture: '图片',
  talk: '问题与回答',
  share: '分享',
  export: '导出',
  exportHint: '保存为网页、图片或其他格式',
  shareHint: '通过链接分享这条记录（S）',

  suggestions: {
    none: '图片里的东西都可以问：标牌上写着什么、是什么颜色、有几个圆点、什么在什么的左边。内置模型只懂英文，请用英文提问。',
    heading: '试试这些问题，或自己提问',
    label: '推荐的问题',
    needsZoom: '需要细看',
    needsZoomHint: '太小，不放大看不清',
  },

  model: {
    choose: (name, state) => `模型：${[name, state].filter(Boolean).join('，')}。更换`,
    afterRun: '本次运行后',
    paused: '已暂停',
    pausedAt: (percent) => `已暂停在 ${percent}`,
    downloading: '下载中',
    downloadingAt: (percent) => `下载中 ${percent}`,
    percent: (share) => `${Math.floor(100 * share)}%`,
    starting: '启动中',
    failed: '未加载',
    kept: '模型会保存在这个浏览器里，下次无需下载。',
  },

  leaves: {
    toServer: (host) => `你的问题和图片会发送到 ${host}。`,
    throughSite: (name) => `你的问题和图片会经由本站发送到 ${name}。`,
  },

  work: {
    starting: '正在启动模型',
    downloading: '正在下载模型',
    compiling: '正在编译模型',
    waiting: '正在等待另一个 Loupe 标签页结束',
    waitingWhy: '一次只能运行一个模型',
    checking: '正在用标准答案检验模型',
    ready: '模型已就绪',
    parts: { download: '下载', compile: '编译', check: '自检', wait: '等待' },
    amount: (part, whole) => `${part} / ${whole} MB`,
    some: (done, total) => `${done} / ${total}`,

    cropping: '正在裁剪',
    looking: '正在看',
    pictures: (done, total) => `第 ${done} / ${total} 张图片`,
    reading: '正在读取',
    readTokens: (done, total) => `${done} / ${total} 个 token`,
    preparing: '正在准备图片',
    writing: '正在生成',
    tokens: (count) => counted(count, { other: '个 token' }),
  },

  outside: {
    title: '这张图片与模型的训练数据完全不同。',
    about: '它学的是带小标牌的图标场景，它的回答只能当作猜测。',
    gallery: '试试图库里的场景',
  },
  training: {
    untrained: '这个模型没有经过框选训练，放大的位置可能不准。',
    unknown: '这个模型可能没有经过框选训练，放大的位置可能不准。',
  },
};
