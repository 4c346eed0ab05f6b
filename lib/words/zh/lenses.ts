/** Lenses: what a look, a thought, a word of a run was worth. */
import { countingIn } from '../counting';
import type { Words } from '../en';

const { number } = countingIn('zh');

const nats = (value: number) =>
  `${number(value, { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: 'negative' })} 纳特`;
const signed = (value: number) => number(value, { maximumFractionDigits: 2, signDisplay: 'exceptZero' });
const chance = (share: number) =>
  share > 0 && share < 0.01
    ? `1/${number(1 / share, { maximumSignificantDigits: 2 })}`
    : number(share, { style: 'percent', maximumFractionDigits: 0 });

export const lenses: Words['lenses'] = {
  label: '透镜',
  hint: '细看到底值多少？透镜会再问一遍同一个模型，把数字画出来。',
  measure: '测量',
  measureAgain: '重新测量',
  stop: '停止',
  starting: '正在启动模型…',
  passes: (done, of) => `第 ${done} 遍，共 ${of} 遍`,
  saveSvg: '保存为 SVG',
  savePng: '保存为 PNG',
  paper: '来自论文',
  rebuilt: '我们补上的部分 [R]',
  notShown: '它不能说明什么',
  pointAt: '指向一个词，或用方向键，查看它的数值。',
  problems: {
    'no-score': '这个模型无法给出一段文字的概率。透镜需要能给出的模型，例如 Loupe Nano。',
    'no-pixels': '只有 Loupe Nano 带有这个透镜所需的计算图。',
    'other-model': '这条记录由另一个模型写成。请在下方选择那个模型，再重新测量。',
    'no-tokens': '这条记录没有保存 token，或其中有人写的文字。请重新提问，再测量新的记录。',
    'follow-up': '这条记录里有追问。透镜只看一个问题的记录。',
    'no-answer': '这条记录没有回答。',
    'no-others': '没有同类的内容可以换进来。',
    'no-place': '不知道答案在图片的什么位置。请试试图库里的图片。',
  },
  steps: { think: '思考', call: '调用', answer: '回答', other: '步骤' },
  turn: (turn, what) => `第 ${turn} 轮 · ${what}`,
  follow: {
    name: '听思考，还是看图片？',
    ask: '换一张裁剪图，或改写思考：回答会跟着哪一个走？',
    picture: '回答跟着图片走，而不是跟着思考走。',
    thought: '回答跟着思考走，而不是跟着图片走。',
    both: '回答有时跟着图片走，有时跟着思考走。',
    neither: '回答两者都没有跟。',
    crop: '换裁剪图，思考不变',
    edited: '裁剪图不变，改写思考',
    followed: { picture: '图片', thought: '思考', neither: '都不是' },
    counts: (picture, thought, neither) =>
      `图片 ${number(picture)} 次，思考 ${number(thought)} 次，都不是 ${number(neither)} 次`,
    trialCrop: (says, thought, answer) => `裁剪图是“${says}”，思考说“${thought}”：回答“${answer}”`,
    trialUnknown: (thought, answer) => `换了裁剪图，思考说“${thought}”：回答“${answer}”`,
    trialThought: (says, picture, answer) => `思考说“${says}”，裁剪图是“${picture}”：回答“${answer}”`,
    paper: 'CREDIT（arXiv 2605.11613）问：一个 token 有多少要归功于这个输入。这里把输入换掉，让模型再答一次。',
    rebuilt: '这个实验本身：论文只测似然，不做替换。',
    notShown: '思考之前是否帮上了忙，例如找到位置。几次替换只是个例，文档里的表格有更多数据。',
  },
  contrast: {
    name: '对比',
    ask: '每个词有多少要归功于全图、最后一张裁剪图和问题？',
    says: {
      overview: (step) => `最依赖全图的是：${step}。`,
      crop: (step) => `最依赖最后一张裁剪图的是：${step}。`,
      question: (step) => `最依赖问题的是：${step}。`,
    },
    sources: { overview: '全图', crop: '最后的裁剪图', question: '问题' },
    draws: (count) => `${number(count)} 次同类替换的平均值`,
    token: (text, own) => `“${text}”的概率为 ${chance(Math.exp(own))}`,
    drop: (source, drop, least, most) => `${source}：${nats(drop)}（${signed(least)} 至 ${signed(most)}）`,
    alpha: '扣除基线的比例（α）',
    mean: '基线',
    means: { 'mean-log': '对数的平均', 'log-mean': '平均的对数' },
    legend: '颜色越深：换掉它之后，这个词越不可能出现。',
    paper: 'CREDIT（arXiv 2605.11613）：log p 减去 α 乘以其他输入下 log p 的平均。',
    rebuilt: 'α、替换次数和平均的方式。论文在有反馈时打分，这里没有反馈，因此称为对比。',
    notShown: '因果关系。也许只是换进来的图片不常见，词的似然才下降；看各次替换的离散程度可以略知一二。',
  },
  belief: {
    name: '信念',
    ask: '每次细看前后，正确答案有多大可能？',
    askGiven: '每次细看前后，它给出的回答有多大可能？',
    says: (from, to) => `从第一次细看之前的 ${chance(from)}，到最后的 ${chance(to)}。`,
    of: (answer) => `p(“${answer}”)`,
    moments: { before: '之前', look: '细看之后', thought: '思考之后' },
    chance: (share) => `随机猜中 ${chance(share)}`,
    point: (moment, logprob) => `${moment}：${chance(Math.exp(logprob))}，log p ${nats(logprob)}`,
    gain: (gain) => signed(gain),
    strip: (answer) => `一路上对“${answer}”的信念`,
    share: chance,
    paper: 'AntiSD（arXiv 2605.11609）：势函数 Φ = log p（答案 | 目前的一切）。',
    rebuilt: '用细看代替 token。起点是不带工具提问，因为模型没学过在那里直接作答；细看之后，补全模型自己的读数句。',
    notShown: '细看是否必要：换一种问法，模型也许早就知道答案。',
  },
  antisd: {
    name: '要是早知道',
    ask: '如果模型事先已经看过正确的位置，每个词会怎么变？',
    askAnswer: '如果模型事先已经知道答案，每个词会怎么变？',
    saysMore: (step) => `知道答案后，它会少说这一步：${step}。`,
    saysSame: '它说的会差不多。',
    shortcut: '更可能（捷径）',
    deliberation: '更不可能（思索）',
    token: (text, u, minusPhi) => `“${text}”：u ${signed(u)}，−λφ ${signed(minusPhi)}`,
    sum: (u) => `Σu ${signed(u)}`,
    entropy: (median, up, down) =>
      `教师熵的中位数至少为 ${nats(median)}。若以此为预热值，闸门在 ${nats(up)} 打开，低于 ${nats(down)} 时关闭。`,
    row: '用文字透露答案对这个模型没有作用，因此透露的是一次细看，并且只显示 u。',
    paper: 'AntiSD（arXiv 2605.11609）：u = 有上下文时的 log p − 没有时的 log p；词的优势再加上 −λφ(u)。',
    rebuilt: '以对正确位置的一次细看为上下文；论文透露的是文字。熵只计最可能的五个词，其余合为一个。',
    notShown: '训练会把它变成什么。闸门要看许多步，一条记录只有一个熵。',
  },
  reading: {
    name: '读出的内容取决于什么',
    ask: '哪些像素决定了读出的内容？改变多少就会读错？',
    says: (token, where) => `读出“${token}”，取决于${where}的这些像素。`,
    overview: '全图',
    crop: (look) => `第 ${number(look)} 次细看`,
    overviewLabel: '全图',
    cropLabel: (look) => `第 ${number(look)} 次细看`,
    sensitivity: (value) => `λ₁ ${number(value, { maximumSignificantDigits: 3 })}`,
    pictures: '越亮：那里稍有变化，读出的内容变化最大。图片为模型看到的样子，256 × 256。',
    options: (list) => `它也可能读成：${list}。`,
    option: (text, share) => `“${text}” ${chance(share)}`,
    chart: '扰动的作用',
    axis: '扰动大小，以 1/255 为单位（均方根）',
    height: 'KL，nat',
    along: '沿 v₁',
    random: '随机方向',
    predicted: '预测值 ½λ₁ε²',
    nudge: '扰动',
    at: (epsilon) => `${number(epsilon, { maximumSignificantDigits: 2 })}/255`,
    measured: (along, predicted, random) =>
      `KL：沿 v₁ ${number(along, { maximumSignificantDigits: 2 })}（预测 ${number(predicted, { maximumSignificantDigits: 2 })}），随机方向 ${number(random, { maximumSignificantDigits: 2 })}`,
    reads: (text) => `这时它读成“${text}”。`,
    difference: (times) => `加上的内容，放大 ${number(times)} 倍`,
    flips: (along, random) =>
      along === null
        ? '试过的扰动都没有改变读出的内容。'
        : random === null
          ? `改变读出内容的最小扰动：沿 v₁ ${number(along, { maximumSignificantDigits: 2 })}/255。随机方向上试过的都不能。`
          : `改变读出内容的最小扰动：沿 v₁ ${number(along, { maximumSignificantDigits: 2 })}/255，随机方向 ${number(random, { maximumSignificantDigits: 2 })}/255。`,
    doubt: (lambda, unsure) =>
      `作为警示信号：λ₁ 为 ${number(lambda, { maximumSignificantDigits: 3 })}。简单的不确定度 1 − p 为 ${chance(unsure)}，几乎同样有用。`,
    paper: 'OSSA（arXiv 1810.03806）：像素上 Fisher 信息矩阵的第一特征向量，以及用特征值作警示信号。',
    rebuilt: '全部公式：手头只有摘要。选项是最可能的五个 token；扰动加在模型看到的图片上，未取整。',
    notShown: '能加到原始照片上的改变：v₁ 存在于缩放后的裁剪图里。而且思考可能变了，回答却不变。',
  },
  set: {
    means: '按结果的平均信念',
    at: { before: '之前', look: (count) => `第 ${count} 次细看`, thought: '最后' },
    right: '正确',
    wrong: '错误',
    runs: (count) => `${number(count)} 条记录`,
  },
};
