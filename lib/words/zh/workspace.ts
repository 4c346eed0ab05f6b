/** The page at work: the picture, its run, what is going on, the model that answers. */
import { countingIn } from '../counting';
import type { Words } from '../en';

const { counted } = countingIn('zh');

export const workspace: Words['workspace'] = {
  title: (name) => `正在看：${name}`,
  aPicture: '图片',
  picture: '图片',
  talk: '问题与回答',
  resize: '调整步骤面板的高度',
  size: { peek: '图片', half: '各占一半', full: '步骤' },
  editScene: '编辑这个场景',
  share: '分享',
  sharePair: '用一个链接分享这两条记录',
  export: '导出',
  exportHint: '保存为网页、图片或其他格式',
  shareHint: '通过链接分享这条记录（S）',

  pictures: {
    label: '问题中的图片',
    add: '添加图片',
    choose: '选择要添加的图片',
    named: (number, name) => `图片 ${number}：${name}`,
    keys: '方向键移动图片，Delete 键移除图片。',
    earlier: (number) => `把图片 ${number} 前移`,
    remove: (number) => `移除图片 ${number}`,
    moved: (name, number, of) => `${name} 现在是第 ${number} 张图片，共 ${of} 张`,
    onlyOne: (model) => `${model} 一次只看一张图片。`,
  },

  asked: {
    heading: (count) => `关于这张图片的 ${counted(count, { other: '个问题' })}`,
    noAnswer: '没有答案',
  },

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
    title: 'Loupe Nano 读不懂这样的图片。',
    about: '它只认识带小标牌的图标场景，在这里说的一切都只是猜测。',
    server: '用服务器上的模型提问',
    recorded: '打开运行记录',
    gallery: '试试图库里的场景',
  },
  question: {
    outside:
      'Loupe Nano 回答不了这个问题。它会读标牌、数圆点、比大小、说出标牌的颜色，以及判断有什么、在哪里（请用英文提问）：',
  },
  training: {
    untrained: '这个模型没有经过框选训练，放大的位置可能不准。',
    unknown: '这个模型可能没有经过框选训练，放大的位置可能不准。',
  },
};
