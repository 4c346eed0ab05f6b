/** What happens, read out to those who cannot see the page: never seen. */
import type { Words } from '../en';

export const status: Words['status'] = {
  opening: '正在打开图片。',
  compiling: '正在编译模型。',
  waiting: '正在等待另一个 Loupe 标签页结束。',
  checking: '正在检查模型。',
  loading: '正在加载模型。',
  looking: '模型正在看图片。',
  looksCloser: (turn, label) => `第 ${turn} 轮：放大细看 ${label || '图片的一部分'}。`,
  refused: (turn) => `第 ${turn} 轮：调用失败。`,
  gotCrop: (turn) => `第 ${turn} 轮：收到结果。`,
  thinks: (turn) => `第 ${turn} 轮：思考中。`,
  answers: '正在作答。',
  ready: (name) => `图片已就绪：${name}。`,
  stopped: '已停止。',
  failed: '运行失败。',
  answer: (text) => `答案：${text}`,
  noAnswer: '运行结束，没有给出答案。',
};
