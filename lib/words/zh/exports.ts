/** Taking runs out: the formats, and how it went. */
import { countingIn } from '../counting';
import type { Words } from '../en';

const { counted, number } = countingIn('zh');

export const exports: Words['exports'] = {
  title: '导出',
  what: (count) => counted(count, { other: '次运行' }),
  one: '此次运行',
  formats: {
    html: { name: '网页', ending: 'HTML', about: '一个文件，随处可播放，离线也行。' },
    native: { name: 'Loupe 运行', ending: 'JSON', about: '包含全部内容和图片，可原样在此打开。' },
    document: { name: 'Loupe 运行（无图片）', ending: 'JSON', about: '同一文档，不含图片文件。' },
    sheet: { name: '联系表', ending: 'PNG', about: '带框的图片和每张裁剪图。' },
    animation: { name: '动画', ending: 'WebP', about: '逐步展示运行，便于发布或嵌入。' },
    markdown: { name: 'Markdown', ending: 'ZIP', about: '用于问题单或文档的文字和图片。' },
    openai: { name: 'OpenAI 消息', ending: 'JSONL', about: '带工具调用的聊天消息，每行一次运行。' },
    atif: { name: 'ATIF', ending: 'ZIP', about: '智能体轨迹，图片随附。' },
    deepeyes: { name: 'DeepEyes 结果', ending: 'ZIP', about: '评测记录及其图片。' },
  },
  working: (done, total) =>
    total > 1 ? `正在导出 ${number(Math.min(done + 1, total))} / ${number(total)}` : '正在导出',
  problems: {
    failed: '导出失败。请尝试其他格式。',
    'too-large': '对一个文件来说太多了。请减少导出的运行。',
    'part-missing': '无法加载播放器。请检查网络后重试。',
    'no-webp': '此浏览器无法写入 WebP。请使用 Chrome、Edge 或 Firefox。',
    'nothing-to-draw': '这里没有任何图片。',
  },
};
