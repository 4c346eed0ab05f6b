/** The page "How it learned to look". */
import type { Words } from '../en';

export const learn: Words['learn'] = {
  title: '它是怎样学会看的',
  fetching: '正在加载训练过程…',
  notFetched: (status) => `无法加载训练过程（状态码 ${status}）。`,
  notRead: (detail) => `无法读取训练过程：${detail}`,
  notOfTheApp: '应用里的模型不是这样训练的：那个模型是照着示范学的，这里的模型是自己摸索出来的。',

  question: {
    heading: '同一个问题，不同检查点',
    choose: '问题',
    play: '播放',
    pause: '暂停',
    checkpoint: '检查点',
    step: (step) => `第 ${step} 步`,
    stepSaid: (step) => `第 ${step} 步`,
    boxes:
      '实线框按顺序标出它看过的地方，虚线框是带标牌的目标。测试场景的字体、背景和配色都没有在训练中出现过，解码方式为贪心解码。',
    pictureAt: (step, looks) => `第 ${step} 步时的图片。${looks}`,
    looks: (count) => (count === 0 ? '它没有细看。' : `它细看了 ${count} 次。`),
    needsZoom: '需要细看。',
    needsNone: '不需要细看。',
    theAnswerIs: '答案是 <answer/>。',
    look: (at) => `第 ${at} 次细看`,
    lookRefused: (at) => `第 ${at} 次细看：框无效`,
    right: '正确',
    wrong: '错误',
    noAnswer: '没有答案',
  },

  curves: {
    heading: '训练过程曲线',
    about: '每个点是该步采样轨迹的平均值，粗线是最近八步的平均。竖线标出当前所选的检查点。',
    scenesGrew: (levels) => `虚线标出场景变大的位置：${levels}。`,
    scenesOf: (level) => `场景中有 ${level}。`,
    levels: { 0: '2–4 个物体', 1: '4–9 个物体', 2: '6–24 个物体' },
    levelFrom: (level, step) => `第 ${step} 步起 ${level}`,
    fromTo: (name, from, to) => `${name}从 ${from} 变为 ${to}`,
    described: (title, series) => `${title}：${series}。`,
    firstStep: '第 0 步',
    rightAnswers: '正确率',
    zoomNeeded: '需要放大',
    notNeeded: '不需要',
    looks: '每题细看次数',
    whereLooksLand: '细看的落点',
    tagInCrop: '裁剪图包含标牌',
    iou: 'IoU',
    reward: '奖励',
    mean: '平均值',
    tokens: '每条轨迹的 token 数',
    written: '模型生成的',
    withoutLook: '未细看就作答',
    zoomNotNeeded: '不需要放大',
  },

  tested: {
    title: '在测试场景上',
    note: (questions) => `贪心解码，${questions} 个问题，场景含 6 到 24 个物体，每个检查点使用相同的题目。`,
    step: '步数',
    heads: ['正确', '需要放大', '不需要', '裁剪图包含标牌', 'IoU', '细看次数', '细看次数（不需要时）'],
  },

  paper: {
    title: '与论文对比',
    note: 'DeepEyes：V* 数据集、真实照片，一个本来就会认字的 70 亿参数模型。本次训练：我们自己的标牌场景和需要细看的问题，训练前后对比。任务不同，只有变化方向可比。',
    what: '项目',
    theirs: 'DeepEyes-7B',
    ours: '本次训练',
    right: '正确率（%）',
    iou: '细看区域的 IoU',
    tokens: '每次回答的 token 数',
  },

  stages: {
    title: '三个阶段',
    note: (window) =>
      `阶段划分来自 DeepEyes（arXiv 2505.14362）。各步归入哪个阶段由我们自己的规则决定，使用 ${window} 步的平均值：细看区域的 IoU 低于 0.2 时为第一阶段；达到 0.35 且细看次数少于此前的中位数时为第三阶段；其余为第二阶段。如果每题细看次数几乎不变（本次训练最初几步之后就是这样），后两个阶段的分界意义不大。`,
    stage: '阶段',
    what: '表现',
    theirSteps: 'DeepEyes-7B 步数',
    ourSteps: '本次训练步数',
    never: '没有出现',
    named: {
      1: { name: '探索', what: '看得越来越多，但看错了地方' },
      2: { name: '频繁细看', what: '扫视整张图片，开始看对地方' },
      3: { name: '高效细看', what: '看得更少，直奔目标' },
    },
  },
};
