/** Two runs side by side. */
import { countingIn } from '../counting';
import type { Words } from '../en';

const { number } = countingIn('zh');

const percent = (share: number) => number(share, { style: 'percent', maximumFractionDigits: 0 });

export const compare: Words['compare'] = {
  title: '对比两条记录',
  missing: '其中一条记录不在这个浏览器里。',
  missingAdvice: '请在记录库中选择两条记录，再点“对比”。',
  library: '打开记录库',
  opening: '正在打开两条记录',
  side: { a: '左边的记录', b: '右边的记录' },
  run: (at, answer) => [`第 ${number(at)} 条`, answer].filter(Boolean).join('：'),
  open: '打开这条记录',
  player: '两条记录的步骤',
  first: '第一步',
  previous: '上一步',
  next: '下一步',
  last: '最后一步',
  withKey: (label, key) => `${label}（${key}）`,
  at: (step, of) => `${number(step)} / ${number(of)}`,
  position: '两条记录的当前步骤',
  divergence: '从这里开始不同',
  toDivergence: '跳到开始不同的地方',
  same: '两条记录每一步都相同。',
  linked: '联动视图',
  linkedHint: '两张图片一起缩放和移动',
  probabilities: '概率',
  overlay: '叠在一张图片上',
  overlayLabel: '两条记录看过的地方，画在同一张图片上',
  look: (at) => `第 ${number(at)} 次细看`,
  overlap: (share) => `重叠 ${percent(share)}`,
  noOverlap: '只有一边看过',
  words: '文字上的不同',
  onlyIn: { a: '仅左边', b: '仅右边' },
};
