/** What keeps a picture from being opened: what happened, and what to do. */
import type { Words } from '../en';

const kinds: Words['image']['kinds'] = {
  'raw-cr3': '相机 RAW 文件（CR3）',
  media: '视频或音频文件',
  svg: 'SVG 图形',
  'web-page': '网页',
  pdf: 'PDF',
  text: '文本文件',
  tiff: 'TIFF 或相机 RAW 文件',
  jxl: 'JPEG XL 文件',
  jp2: 'JPEG 2000 文件',
  photoshop: 'Photoshop 文件',
  icon: '图标文件',
  video: '视频文件',
  archive: '压缩包或办公文档',
};

const readable = 'Loupe 支持 PNG、JPEG、WebP、AVIF、HEIC、GIF 和 BMP 文件。';
const download = '请下载图片，再把文件拖到这里。';
const useAnotherFile = '请换一张小一些的，或下载后拖到这里。';
const megabytes = (bytes: number, digits: number) => `${(bytes / 1_048_576).toFixed(digits)} MB`;

export const image: Words['image'] = {
  kinds,
  problems: {
    'empty-file': '文件是空的。如果它在网盘文件夹里，请先下载到本地。',
    'other-format': ({ kind }) => `文件类型：${kinds[kind]}，浏览器无法显示。请另存为 JPEG 或 PNG 后重试。${readable}`,
    'no-picture': ({ kind }) => `${kind ? `文件类型：${kinds[kind]}，不是图片。` : '这不是图片文件。'}${readable}`,
    'file-gone': '无法读取文件，它可能已被移动或修改。请重新选择。',
    'too-many-pixels': ({ width, height, most }) =>
      `这张图片有 ${((width * height) / 1_000_000).toFixed(1)} 百万像素（${width} × ${height}），上限是 ${most / 1_000_000} 百万像素。请缩小后重试。`,
    'side-too-long': ({ width, height, most }) =>
      `这张图片是 ${width} × ${height} 像素，每边上限是 ${most} 像素。请裁剪或缩小后重试。`,
    'too-many-bytes': ({ bytes, most }) =>
      `文件大小为 ${megabytes(bytes, 0)}，上限是 ${megabytes(most, 0)}。请另存一份小一些的再试。`,
    'no-memory': '内存不足，打不开这张图片。请关闭其他标签页，或换一张小一些的。',
    'no-memory-left': '浏览器用于图片的内存已用尽。请关闭其他标签页后重试。',
    damaged: ({ format }) =>
      `无法解码这个 ${format.toUpperCase()} 文件。它已损坏或不完整${format === 'avif' ? '，也可能是浏览器不支持 AVIF' : ''}。请换一份文件再试。`,
    'heic-reader': '无法加载 HEIC 解码器。请重试，或将图片另存为 JPEG。',
    heic: '无法读取这张 HEIC 图片。请另存为 JPEG 或 PNG 后重试。',
    stopped: '图片读取程序崩溃了。请重试；如果再次发生，请换一张小一些的图片。',
    failed: ({ detail }) => `无法处理图片（${detail}）。`,

    'empty-address': '这个网址上的文件是空的。',
    'page-at-address': `这个网址是${kinds['web-page']}，不是图片。请打开它，右键点击图片，复制图片地址后再试。`,
    'no-picture-at-address': ({ kind }) =>
      `这个网址上的内容不是图片${kind ? `（${kinds[kind]}）` : ''}。请使用图片的网址。`,
    'no-address': '这不是有效的网址。网址应类似 https://example.org/picture.jpg。',
    'other-scheme': ({ scheme }) => `只能从 https 网址加载图片，不支持 ${scheme}。${download}`,
    'data-empty': '这个 data: 网址是空的。',
    'data-damaged': '这个 data: 网址已损坏。',
    'address-too-large': ({ bytes, most }) =>
      `这个网址上的文件${
        bytes === null ? `超过 ${megabytes(most, 0)}` : `大小为 ${megabytes(bytes, 1)}，上限是 ${megabytes(most, 0)}`
      }。${useAnotherFile}`,
    offline: '设备已离线。请联网后重试，或拖入一个文件。',
    blocked: ({ host }) => `${host} 不允许其他网站加载它的图片（CORS）。${download}`,
    answered: ({ host, status }) => `${host} 返回了 ${status}。请检查网址，或下载图片后拖到这里。`,
    broken: ({ host }) => `图片还没收完，与 ${host} 的连接就断开了。请重试。`,
    unreachable: ({ host }) => `${host} 没有响应。请检查网址和网络连接，或直接拖入图片文件。`,
    'blocked-or-unreachable': ({ host }) =>
      `${host} 没有响应，或者不允许其他网站加载它的图片（CORS）。请检查网址，或下载图片后拖到这里。`,
    'no-https': ({ host }) => `只能通过 https 加载图片，而 ${host} 不支持 https。${download}`,
    'in-another-page':
      '这张图片只存在于原来的网页里。请在那里右键点击图片并选择“复制图片”，再粘贴到这里，或保存后拖入文件。',
    folder: '这是一个文件夹。请打开它，拖入里面的图片。',
    words: '这是文字，不是图片。如果想用它提问，请粘贴到提问框里。',
  },
};
