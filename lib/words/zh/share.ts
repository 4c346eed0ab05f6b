/** Sharing a run: making a link, one's own links, and what a visitor sees. */
import { countingIn } from '../counting';
import type { Words } from '../en';

const { number, counted, moment, duration } = countingIn('zh');

const bytes = (count: number) => counted(count, { other: '字节' });
const characters = (count: number) => counted(count, { other: '个字符' });
const steps = (count: number) => counted(count, { other: '步' });

/** 812 → "812 字节", 20480 → "20 kB", 2034112 → "2.03 MB". Decimal units, as storage is sold. */
function size(count: number): string {
  if (count < 1000) return bytes(count);
  const fixed = (value: number, digits: number) =>
    number(value, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  if (count < 999_500) return `${fixed(count / 1000, count < 9950 ? 1 : 0)} kB`;
  return `${fixed(count / 1_000_000, count < 9_995_000 ? 2 : 1)} MB`;
}

const tryLater = '请稍后再试。';
const checkConnection = '请检查网络连接后重试。';
const serverStays = '请重试。如果反复出现，请告知网站管理员。';
const httpsOnly = '浏览器只允许 https:// 页面和 localhost 使用加密。';

export const share: Words['share'] = {
  size,
  moment,
  duration: (milliseconds) => duration(milliseconds)?.replace(/\d(?=\p{Script=Han})/u, '$& ') ?? '不到一分钟',
  expiries: { '1-hour': '1 小时', '1-day': '1 天', '30-days': '30 天', '1-year': '1 年' },
  amount: (part, whole) => `${size(part)} / ${size(whole)}`,

  copy: {
    link: '复制链接',
    code: '复制代码',
    copied: '已复制',
    copiedSaid: '已复制。',
    pressKeys: '请按 Ctrl+C',
    refused: '不允许复制',
    refusedSaid: '浏览器不允许复制。',
  },
  password: {
    label: '密码',
    show: '显示密码',
    hide: '隐藏密码',
    wrong: '密码错误。请检查后重试，内容不会丢失。',
  },

  dialog: {
    title: '分享这条记录',
    titleOfRuns: (runs) => `分享 ${runs} 条记录`,
    made: '你的链接',
    gone: '链接已删除',
    goneAbout: '服务器上的内容已清除，再打开链接会看到“已删除”。此前打开过的人可能留有副本。',
    asking: '正在联系服务器…',
    uploading: '正在加密上传',
    uploadingLabel: '正在上传',
    closeCancels: '关闭会取消上传，不会分享任何内容。',
    tooLarge: '超出这台服务器的限制',
    make: '创建链接',
    done: '完成',
    delete: '立即删除',
    deleteForAll: '对所有人删除',
    deleting: '正在删除…',
  },
  options: {
    who: '任何拿到链接的人都可以查看这条记录。内容在本页加密，密钥只在链接里，服务器无法读取。',
    whoLocked: '任何同时拿到链接和密码的人都可以查看这条记录。内容在本页加密，密钥只在链接里，服务器无法读取。',
    noPicture: '不附带图片',
    noPictureHint: '文字和框保留在空白画布上。',
    upTo: (step, of) => `只分享到这一步（第 ${step} 步，共 ${of} 步）`,
    beside: (count) => `附带 ${number(count)} 条相关记录`,
    besideHint: '它的分支和修改前的记录。打开链接时会并排显示。',
    upToHint: '之后的步骤不会发送。',
    toCut: '只想分享开头部分，请先在播放器中退回到那一步。',
    lock: '需要密码',
    lockHint: '除链接外还需要密码才能打开。密码无法找回。',
    passwordHint: (least) => `至少 ${characters(least)}，最好用几个词组成。请与链接分开发送。`,
    once: '只能打开一次',
    onceHint: '第一个人打开后，记录就会从服务器上删除。',
    expires: '有效期',
  },
  contents: {
    label: '将离开本机的内容',
    packing: '正在打包…',
    exact: (count, most) => `加密后 ${bytes(count)}，上限是 ${size(most)}`,
    waiting: (count) => steps(count),
    text: '文字',
    textOf: (shown, of, count) => {
      const some = shown < of ? `前 ${shown} 步（共 ${of} 步）` : `全部 ${shown} 步`;
      return `问题和${some}，含 token、设置和用时：${size(count)}`;
    },
    textOfRuns: (runs, count) => `${runs} 条记录及其问题、token、设置和用时：${size(count)}`,
    picture: '图片',
    pictures: {
      missing: '没有：这个浏览器里已经没有图片文件',
      'left-out': '不附带',
      redrawn: (count) => `${size(count)}，重新存为 PNG，文件里隐藏的信息不会发送`,
      stripped: (count) => `${size(count)}，原画质，不含元数据（位置、相机、姓名）`,
    },
    padding: '填充',
    paddingOf: (count) => `${size(count)}，用于隐藏图片的大小`,
  },
  result: {
    link: '链接',
    atStep: (step, of) => `打开时停在这一步（第 ${step} 步，共 ${of} 步）`,
    facts: (expires, count, withPicture) =>
      `${expires} 到期。${size(count)}（${bytes(count)}），${withPicture ? '附带图片' : '不附带图片'}。`,
    who: '任何拿到链接的人都可以查看，服务器不能。',
    locked: '用你设置的密码打开。密码不会保存在任何地方，请与链接分开发送。',
    once: '只能打开一次，随后删除。你自己打开也算。',
    otherWays: '其他分享方式',
    qr: '二维码',
    qrLabel: '链接的二维码',
    embed: '嵌入网页',
    embedLabel: '嵌入代码',
    embedAbout: '任何能查看那个网页的人都能看到这条记录。',
  },

  own: {
    title: '我的分享',
    about: '你在这个浏览器里创建的链接。清除本站数据后，就无法在到期前删除这些链接了。',
    none: '还没有分享过。打开一条记录，点击“分享”。',
    nameless: '未命名记录',
    facts: (count, made) => `${size(count)} · 创建于 ${made}`,
    locked: '有密码',
    once: '只能打开一次',
    expired: (when) => `已于 ${when} 到期`,
    expiresIn: (time) => `${time}后到期`,
    forget: '从列表中移除',
    forgetNamed: (name) => `将“${name}”从列表中移除`,
    open: '打开',
    delete: '删除',
    deleteNamed: (name) => `删除“${name}”`,
    sure: '删除这个分享？',
    goneForAll: '所有拿到链接的人都将无法再打开。',
    keep: '保留',
  },

  notKept: {
    title: '只有这个标签页能删除该链接',
    detail: '浏览器不允许本页保存删除凭证：存储空间已满或被关闭。',
    advice: '关闭或刷新这个标签页后，链接会一直有效到到期为止。',
  },

  waitFor: (time) => `请稍候：${time}后可重试。`,
  seconds: (count) => counted(count, { other: '秒' }),
  atMost: (count) => `这里的上限是 ${size(count)}。`,

  make: {
    unexpected: {
      title: '无法创建链接',
      detail: '发生了意外情况，没有分享任何内容。',
      advice: '请重试。',
    },
    'password-memory': {
      title: '内存不足，无法使用密码',
      detail: '由密码生成密钥需要 64 MB 内存。没有分享任何内容。',
      advice: '请关闭其他标签页后重试，或不设密码分享。',
    },
    invalid: {
      title: '这条记录无法分享',
      detail: '它的步骤格式不符，没有人能打开链接。没有分享任何内容。',
      advice: '请再问一次，然后分享新的记录。',
    },
    'too-large': {
      title: '太大，无法分享',
      detail: '超出了服务器的限制。没有分享任何内容。',
      advice: '请不附带图片，或只分享到较早的一步。',
    },
    'rate-limited': {
      title: '创建链接太频繁',
      detail: '服务器要求稍等片刻。没有分享任何内容。',
      advice: tryLater,
    },
    'storage-full': {
      title: '服务器空间已满',
      detail: '服务器没有空间存放分享的记录了。没有分享任何内容。',
      advice: '请稍后再试，或不附带图片。',
    },
    'sharing-off': {
      title: '这里关闭了分享',
      detail: '本站不提供链接。',
      advice: '请改为在记录库中导出文件。',
    },
    server: {
      title: '服务器出了问题',
      detail: '它没有接受这条记录。没有分享任何内容。',
      advice: serverStays,
    },
    picture: {
      title: '图片无法安全分享',
      detail: '图片的元数据（位置、相机、姓名）无法去除，也无法重新保存。没有分享任何内容。',
      advice: '请不附带图片，或打开它的 PNG 或 JPEG 副本再问一次。',
    },
    offline: {
      title: '无法连接服务器',
      detail: '连接断开，或没有网络。没有分享任何内容。',
      advice: checkConnection,
    },
    'no-crypto': {
      title: '本页无法加密',
      detail: httpsOnly,
      advice: '请通过 https:// 地址打开本站。',
    },
    aborted: { title: '已取消', detail: '没有分享任何内容。', advice: '' },
  },

  delete: {
    unexpected: {
      title: '无法删除链接',
      detail: '发生了意外情况，链接仍然有效。',
      advice: '请重试。',
    },
    'wrong-key': {
      title: '服务器不接受删除凭证',
      detail: '它与创建链接时的凭证不一致，链接仍然有效。',
      advice: '链接到期后会失效。',
    },
    'rate-limited': {
      title: '请求太频繁',
      detail: '服务器要求稍等片刻，链接仍然有效。',
      advice: tryLater,
    },
    'sharing-off': {
      title: '这里关闭了分享',
      detail: '服务器没有受理请求。链接在能打开的地方仍然有效。',
      advice: '请联系网站管理员删除，或等待到期。',
    },
    server: {
      title: '服务器出了问题',
      detail: '它没有确认删除，请当作链接仍然有效。',
      advice: serverStays,
    },
    offline: {
      title: '无法连接服务器',
      detail: '连接断开，或没有网络。请当作链接仍然有效。',
      advice: checkConnection,
    },
    aborted: { title: '已取消', detail: '请当作链接仍然有效。', advice: '' },
  },
};
