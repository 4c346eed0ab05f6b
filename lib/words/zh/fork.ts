/** Changing a run and going on from there, its branches, the same question many times. */
import { countingIn } from '../counting';
import type { Words } from '../en';

const { number } = countingIn('zh');

const percent = (share: number) => number(share, { style: 'percent', maximumFractionDigits: 0 });

export const fork: Words['fork'] = {
  step: {
    label: '修改这一步',
    move: '移动框',
    look: '改看别处',
    lookAgain: '看这里，再重新回答',
    edit: '编辑',
    editCode: '修改并重新运行',
    settings: '换个方式继续',
  },
  draft: {
    label: '你的框',
    draw: '在图片上拖动画框，或用方向键。',
    look: '看这里',
    lookAgain: '看这里并重新回答',
    asking: '你的问题针对这个框。',
    cancel: '取消',
    draws: '针对一个区域提问',
  },
  edit: {
    label: '开头的文字',
    hint: '模型从最后一个字之后接着写。你写的部分会一直标为你写的。',
    goOn: '从这里继续',
    cancel: '取消',
  },
  code: {
    label: '要运行的代码',
    hint: '运行会从你的代码返回的结果继续。你改动的部分会一直标为你写的。',
    run: '从这里运行',
    cancel: '取消',
  },
  settings: {
    label: '用其他设置继续',
    hint: '这一步之前的内容保持不变，使用下方所选的模型。',
    temperature: '温度',
    seed: '随机种子',
    tools: '允许细看',
    goOn: '从这里继续',
    cancel: '取消',
  },
  followUp: {
    ask: '作为追问',
    hint: '接着这段对话问，而不是重新开始。',
  },
  branches: {
    label: '分支',
    heading: (count) => `${number(count)} 个分支`,
    hint: '按 [ 和 ] 逐个查看。',
    open: (what, answer) => `${what}：${answer}`,
    original: '最初的记录',
    noAnswer: '没有答案',
    remove: (what, answer) => `删除 ${what}：${answer}`,
    compare: (what, answer) => `与 ${what}：${answer} 对比`,
    deleted: '已删除分支。',
    undo: '撤销',
    changes: {
      box: '移动了框',
      look: '自选区域',
      words: '改了文字',
      code: '改了代码',
      token: '换了 token',
      settings: '换了设置',
      said: '追问',
      again: '再次提问',
      other: '再次提问',
    },
  },
  times: {
    label: '多次提问',
    ask: '多次提问',
    count: '次数',
    hint: '每次使用不同的随机种子，看看答案是否一致。',
    start: (count) => `问 ${number(count)} 次`,
    going: (done, of) => `第 ${number(done)} 次，共 ${number(of)} 次`,
    agreement: (share) => `${percent(share)} 一致`,
    about: (runs, answers, pairs) =>
      `${number(runs)} 次提问，${number(answers)} 种不同的回答。任意两次相同的概率是 ${percent(pairs)}；如果每次都在这些回答中随机选，相同的概率是 ${percent(1 / Math.max(1, answers))}。`,
    tells: ({ questions, times, area, low, high }) =>
      `对 ${number(questions)} 个问题各问 ${number(times)} 次后得出：多数回答正确时比错误时更一致的概率是 ${percent(area)}（95% 区间：${percent(low)} 至 ${percent(high)}；随机为 50%）。`,
    votes: (count) => `${number(count)} 票`,
    cost: (seconds, tokens) => `${seconds} 秒，${tokens} 个 token`,
    show: (at, answer) => `显示第 ${number(at)} 次：${answer}`,
    greedy: '不带随机（温度为 0）',
    showGreedy: '显示',
    boxes: '每一次看过的地方',
    noAnswer: '没有答案',
  },
};
