/** What a visitor of a shared run sees, and why a link may not open. */
import type { Words } from '../en';
import { share } from './share';

const { size } = share;

const askAgain = '请向发送者索要新的链接。';
const askForPassword = '请向发给你链接的人索要密码。';
const copyAgain = '请从原处重新复制完整的链接。';
const tryLater = '请稍后再试。';
const checkConnection = '请检查网络连接后重试。';
const serverStays = '请重试。如果反复出现，请告知网站管理员。';
const httpsOnly = '浏览器只允许 https:// 页面和 localhost 使用加密。';

export const visit: Words['visit'] = {
  title: '分享的记录',
  titled: (question) => `分享的记录：${question}`,
  logo: 'Loupe 首页',
  opening: '正在打开分享的记录',
  openingSaid: '正在打开分享的记录…',
  openingAmount: (part, whole) => `正在打开：${size(part)} / ${size(whole)}`,
  gate: {
    once: '这个链接只能打开一次',
    onceAbout: '打开后，记录会从服务器上删除，链接对所有人失效，包括你自己。打开之后，可以在记录库中保留一份副本。',
    locked: '请输入密码',
    lockedAbout: `这条记录有密码保护。${askForPassword}`,
    lockedToo: `还需要密码。${askForPassword}`,
    open: '打开',
    openOnce: '打开并删除',
    opening: '正在打开…',
    facts: (count, expires) => `${size(count)} · ${expires} 到期`,
  },
  home: '首页',
  ownTab: '在新标签页中打开',
  openInLoupe: '<more>在 Loupe 中</more>打开',
  picture: '图片',
  talk: '问题与回答',
  keys: '快捷键',
  cut: (shown, of) => `只分享到这里：前 ${shown} 步，共 ${of} 步。`,
  facts: {
    label: '关于这个分享',
    readOnly: '只读',
    cut: (shown, of) => `前 ${shown} 步，共 ${of} 步`,
    noPicture: '分享时未附带图片',
    pictureFailed: '浏览器无法显示它的图片',
    once: '已打开一次，并已从服务器上删除',
  },
  set: {
    title: (count) => `分享的 ${count} 条记录`,
    place: (at, of) => `${at} / ${of}`,
    next: '下一条记录',
    previous: '上一条记录',
    open: '作为轨迹集打开',
    openHint: '把这些记录保存在这个浏览器里，以表格查看',
  },
  copy: '复制到记录库',
  copyHint: '把这条记录复制到你的记录库，继续提问',
  keep: '保留在记录库',
  onlyCopy: '<strong>这是唯一的副本。</strong>你打开时，记录已从服务器上删除。关闭本页之前，请把它保留在记录库中。',
  notCopied: {
    title: '无法复制',
    detail: '浏览器不允许本页保存记录：存储空间已满、被另一个标签页占用，或已关闭。',
    advice: '请关闭本站的其他标签页，或使用普通窗口，然后重试。你的内容没有任何改动。',
  },

  open: {
    'no-key': {
      title: '链接里没有密钥',
      detail: '分享的记录是加密的，密钥是链接中“#”之后的部分。这个链接缺少这一部分。',
      advice: '请从原处重新复制完整的链接，有些应用会把它截断。',
    },
    'bad-link': {
      title: '链接不完整',
      detail: '有些字符在途中丢失或被改动。',
      advice: copyAgain,
    },
    'wrong-key': {
      title: '密钥不对',
      detail: '记录在这里，但链接中“#”之后的部分不属于它，或被改动过。',
      advice: copyAgain,
    },
    'password-needed': {
      title: '请输入密码',
      detail: '这条记录有密码保护。',
      advice: askForPassword,
    },
    'wrong-password': {
      title: '密码错误',
      detail: '链接没有问题，但密码不对。内容不会丢失。',
      advice: '请检查后重试。',
    },
    'too-costly': {
      title: '这个链接的要求过高',
      detail: '验证它的密码所需的内存或时间超出了合理范围，因此没有验证。',
      advice: '除非你知道是谁创建的，否则不要相信它。请索要新的链接。',
    },
    'password-memory': {
      title: '内存不足，无法验证密码',
      detail: '验证需要 64 MB 以上的内存，而浏览器没有提供。内容不会丢失。',
      advice: '请关闭其他标签页后重试。',
    },
    opened: {
      title: '这个链接已经被打开过',
      detail: '它只能打开一次，之后记录就从服务器上删除了。',
      advice: '如果不是你打开的，请告诉发送者：有其他人看过这条记录。',
    },
    tampered: {
      title: '这条记录被篡改过',
      detail: '服务器上的内容与分享时的不一致，因此不予显示。',
      advice: askAgain,
    },
    truncated: {
      title: '这条记录缺少一部分',
      detail: '内容没有接收完整。',
      advice: `请刷新页面。如果仍不行，${askAgain}`,
    },
    swapped: {
      title: '这里换成了另一条记录',
      detail: '服务器上的内容是用另一个链接分享的，因此不予显示。',
      advice: askAgain,
    },
    'too-new': {
      title: '由更新版本的 Loupe 生成',
      detail: '当前版本还读不了它的格式。',
      advice: '请刷新页面以获取最新版本。如果仍不行，说明本站的版本过旧。',
    },
    invalid: {
      title: '无法显示这条记录',
      detail: '它用正确的密钥加密，但格式不符。',
      advice: askAgain,
    },
    expired: {
      title: '链接已过期',
      detail: '记录已从服务器上清除。',
      advice: askAgain,
    },
    deleted: {
      title: '这条记录已删除',
      detail: '分享者或网站管理员撤下了它。',
      advice: askAgain,
    },
    'not-found': {
      title: '找不到分享的记录',
      detail: '它很早以前就删除了，或者从未在这里。',
      advice: '请检查链接是否完整，以及网站是否正确。',
    },
    'too-large': {
      title: '这条记录太大，无法打开',
      detail: '服务器发来的内容超出了分享记录的上限。',
      advice: askAgain,
    },
    'rate-limited': {
      title: '请求太频繁',
      detail: '服务器要求稍等片刻。',
      advice: tryLater,
    },
    'storage-full': {
      title: '服务器出了问题',
      detail: '它没能发送这条记录。',
      advice: tryLater,
    },
    'sharing-off': {
      title: '这里关闭了分享',
      detail: '本站不再提供链接。',
      advice: '请向发送者索要记录文件。',
    },
    server: {
      title: '服务器出了问题',
      detail: '它没能发送这条记录。',
      advice: serverStays,
    },
    picture: {
      title: '无法读取图片',
      detail: '浏览器无法解码。',
      advice: '请换一个浏览器。',
    },
    offline: {
      title: '无法连接服务器',
      detail: '连接断开，或没有网络。',
      advice: checkConnection,
    },
    'no-crypto': {
      title: '本页无法解密',
      detail: httpsOnly,
      advice: '请通过 https:// 地址打开这个链接。',
    },
    'insecure-frame': {
      title: '本页无法在这里解密',
      detail: '它嵌在一个没有加密的网页（http://）里，浏览器不允许解密。',
      advice: '请在新标签页中打开这条记录。',
    },
    aborted: { title: '已停止', detail: '记录没有加载。', advice: '请重试。' },
  },
};
