import { countingIn } from '../counting';
import type { Words } from '../en';

const { number } = countingIn('zh');

const documents = (count: number) => `${number(count)} 篇文档`;
const pictures = (count: number) => `${number(count)} 张图片`;

export const search: Words['search'] = {
  about:
    '模型回答时可以搜索的文档和图片。它们留在这个浏览器里，不会发送到任何地方；只有当模型运行在服务器上时，它搜到的内容才会发给它。',

  add: {
    files: '添加文件',
    folder: '添加文件夹',
    fileInput: '要加入资料库的文件',
    folderInput: '要加入资料库的文件夹',
    hint: '支持文本、Markdown、HTML、PDF、JSONL 和图片，也可以直接拖到这里。',
    captions: '图片按说明文字查找：同名的 .txt 文件，JSONL 中含有 image 与 caption 字段的一行，否则就用文件名。',
    reading: '正在读取并建立索引',
    progress: (done, total) => `${done} / ${total}`,
    stop: '停止',
    stopped: '已停止。处理完的文件已在资料库中。',
    added: (files, texts, images) => `已添加 ${number(files)} 个文件：${documents(texts)}，${pictures(images)}。`,
    left: (count) => `${number(count)} 个文件未加入`,
    problems: {
      'unknown-kind': '这种文件无法搜索。',
      unreadable: '无法读取，文件可能已损坏或加密。',
      empty: '文件是空的。',
      'too-large': '文件超过 64 MB。请拆分，或改用没有大小限制的 JSONL。',
      'no-text': '里面没有文字。扫描的 PDF 需要先做文字识别。',
    },
  },

  list: {
    heading: '文件',
    empty: '这里还没有内容。',
    sums: (files, texts, images, size) =>
      `${number(files)} 个文件 · ${documents(texts)} · ${pictures(images)} · ${size}`,
    file: (texts, images, size) =>
      [texts > 0 ? documents(texts) : '', images > 0 ? pictures(images) : '', size].filter(Boolean).join(' · '),
    remove: (path) => `移除 ${path}`,
    removeAll: '全部移除',
    more: (count) => `还有 ${number(count)} 个文件`,
  },

  trial: {
    heading: '试搜一下',
    label: '在资料库中搜索',
    go: '搜索',
    nothing: '没有找到。',
    found: (count) => `${number(count)} 条结果`,
    open: '阅读',
    close: '关闭',
  },

  faults: {
    heading: '模拟环境',
    about: '故意让搜索更难；种子相同，结果也相同。',
    deadLinks: '失效链接',
    deadLinksHint: '打不开的文档所占的百分比。',
    distractors: '干扰项',
    distractorsHint: '五条结果中有几条与查询无关。',
    seed: '种子',
    seedHint: '种子相同，故障相同。',
  },

  choice: {
    title: '搜索',
    line: (where) => `搜索范围：${where}`,
    change: (where) => `搜索范围：${where}。更改`,
    nothing: '无',
    collection: '我的资料库',
    legend: '模型可以搜索的内容',
    none: '不搜索',
    own: '我的资料库',
    site: (host) => `${host}（经由本站）`,
    address: '搜索引擎',
    addressLabel: '搜索引擎的地址',
    addressHint: '已开启 JSON 的 SearXNG，或任何含有 {query} 且返回 JSON 的地址。它必须允许网页发起请求。',
    addressExample: 'https://searx.example',
    addressWrong: '这不是 http 或 https 地址。',
    edit: '打开资料库',
    cannot: (model) => `${model} 不会调用搜索工具。请选择运行在服务器上的模型，或 Hub 上的 Qwen 模型。`,
    siteGone: '本站不转发搜索。',
  },

  leaves: {
    site: '模型的搜索会经由本站发往搜索引擎。',
    engine: (host) => `模型的搜索会发往 ${host}。`,
  },

  errors: {
    unreachable: '搜索引擎没有响应。它可能没有运行，或不允许网页发起请求。',
    refused: '搜索引擎拒绝了这次搜索。',
    'not-results': '搜索引擎返回的不是结果列表。SearXNG 需要开启 json 格式。',
    'no-such-page': '没有这个地址的文档。',
    'dead-link': '这个链接是故意失效的：见“模拟环境”。',
    storage: '这个浏览器不允许网页保存内容。请退出无痕模式，或允许本站使用存储。',
    full: '这个浏览器的空间已满。请从资料库移除文件，或从库中删除运行。',
    'bad-address': '这个地址无法搜索。',
    'worker-failed': '搜索中断了，请重试。',
  },
};
