/** Taking runs out: the formats, and how it went. */
import { countingIn } from '../counting';
import type { Words } from '../en';

const { counted, number } = countingIn('zh');

const runs = (count: number) => counted(count, { other: '条记录' });

export const exports: Words['exports'] = {
  title: '导出',
  what: '导出内容',
  scopes: {
    run: () => '这条记录',
    branch: (count) => `这个分支（${runs(count)}）`,
    tree: (count) => `全部分支（${runs(count)}）`,
    selection: (count) => `所选（${runs(count)}）`,
    shown: (count) => `筛选结果（${runs(count)}）`,
    set: (count) => `整个轨迹集（${runs(count)}）`,
  },
  formats: {
    html: { name: '网页', ending: 'HTML', about: '一个文件，随处可播放，离线也行。' },
    native: { name: 'Loupe 记录', ending: 'JSON', about: '包含全部内容和图片，可以在这里原样打开。' },
    document: { name: 'Loupe 记录（无图片）', ending: 'JSON', about: '同一文档，不含图片文件。' },
    sheet: { name: '总览图', ending: 'PNG', about: '带框的图片和每张裁剪图。' },
    animation: { name: '动画', ending: 'WebP', about: '逐步展示这条记录，便于发布或嵌入。' },
    markdown: { name: 'Markdown', ending: 'ZIP', about: '文字和图片，可用于 issue 或文档。' },
    openai: { name: 'OpenAI 消息', ending: 'JSONL', about: '带工具调用的聊天消息，每行一条记录。' },
    atif: { name: 'ATIF', ending: 'ZIP', about: '智能体轨迹，图片随附。' },
    deepeyes: { name: 'DeepEyes 结果', ending: 'ZIP', about: '评测记录及其图片。' },
  },
  working: (done, total) =>
    total > 1 ? `正在导出 ${number(Math.min(done + 1, total))} / ${number(total)}` : '正在导出',
  problems: {
    failed: '导出失败。请尝试其他格式。',
    'too-large': '内容太多，一个文件放不下。请减少导出的记录。',
    'part-missing': '无法加载播放器。请检查网络连接后重试。',
    'no-webp': '这个浏览器无法写入 WebP。请使用 Chrome、Edge 或 Firefox。',
    'nothing-to-draw': '这里没有任何图片。',
  },
};
