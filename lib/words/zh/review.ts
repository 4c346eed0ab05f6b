/** Under a run's last step: the reward, the patterns of thinking, the same question the other way round. */
import { countingIn } from '../counting';
import type { Words } from '../en';

const { number } = countingIn('zh');

/** "0.35"; two decimals at most. */
const overlap = (iou: number) => number(iou, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const range = (low: number, high: number) =>
  `${number(Math.round(100 * low))}–${number(high, { style: 'percent', maximumFractionDigits: 0 })}`;
const both = (looks: readonly number[]) => looks.join('、');

export const review: Words['review'] = {
  right: '正确',
  wrong: '错误',
  known: {
    wrote: (wrote, read) =>
      read === '' ? `你写的是 ${wrote}，它什么也没读出。` : `你写的是 ${wrote}，它读成了 ${read}。`,
    is: (answer) => `标准答案是 ${answer}。`,
  },

  reward: {
    name: '奖励',
    sum: { accuracy: '准确', format: '格式', tool: '工具' },
    terms: { accuracy: '准确性', format: '格式', tool: '工具' },
    theAnswerIs: (answer) => `标准答案是 ${answer}`,
    caption: 'DeepEyes 奖励的各项',
    term: '项',
    paper: '论文',
    code: '代码',
    about:
      'DeepEyes 就是用这个奖励训练的。论文给出的求和没有写权重，每项按 1 计是我们的理解；权重取自其公开代码。Loupe 用精确匹配判断答案，DeepEyes 用的是裁判模型。',
    v2: 'V2 代码',
    v2Hint: 'DeepEyesV2 的公开代码对同一次运行给出的奖励',
    v2About: 'DeepEyesV2 去掉了工具项；其代码在搜索类问题上会因搜索扣去准确分的十分之一。',
    accepted: (answers) => answers.map((text) => `“${text}”`).join('或'),
    accuracy: (accepted) => `答案被接受：${accepted}。`,
    inaccurate: (accepted) => `可接受的答案是${accepted}。`,
    format: {
      'think-tags': '思考的标记没有成对：只有开头或只有结尾。',
      'answer-tags': '最后一段思考之后，答案的标记不成对。',
      'long-answer': '答案达到一千个字符，按错误且格式有误计。',
      good: '所有标记都成对闭合。',
      unwritten: '这条记录没有模型的原始输出，因此假定标记没有问题。',
    },
    tool: {
      'looked-wrong': '它细看了，但只有答对才计分。',
      'no-look-wrong': '它没有细看。',
      'no-look': '它没有细看就答对了。',
      looked: '它细看并答对了。',
      'looked-needlessly': '它细看并答对了。其实看整张图片就够了，但奖励不区分这一点。',
    },
  },

  tools: {
    label: '工具用途',
    named: {
      crop: '裁剪',
      mark: '标记',
      numeric: '数值分析',
      'other-code': '其他代码',
      'image-search': '图片搜索',
      'text-search': '文字搜索',
      other: '其他工具',
    },
    times: (count) => `×${number(count)}`,
    failed: (count) => `${number(count)} 次调用失败`,
    placeholders: (count) => `${number(count)} 段占位代码`,
    placeholderHint: '什么也不执行、也没有返回任何内容的代码',
    faults: {
      execution: '工具用错了：代码出错，或看错了地方。',
      choice: '选错了工具：它没有去看问题所问的东西。',
      analysis: '结果是对的，却读错了：该看的地方它看到了。',
    },
    source: '分类来自 DeepEyesV2，判定规则是我们的。',
  },

  patterns: {
    label: '思考模式',
    rule: (rule) => `规则：${rule}`,
    source: '模式来自 DeepEyes，规则是我们的还原。',
    named: {
      'visual-search': {
        name: '视觉搜索',
        meaning: '它查看多处，寻找缺失的线索。',
        rule: (apart) => `有两次细看，框的重叠低于 ${apart}（IoU），且互不包含；第一次细看之前没有断言答案。`,
      },
      'visual-comparison': {
        name: '视觉比较',
        meaning: '它逐一查看不同的东西并加以比较。',
        rule: '有两次标注不同的细看，且问题或思考中出现了表示比较的词。',
      },
      'visual-confirmation': {
        name: '视觉确认',
        meaning: '它有了判断，再看一次同一样东西来确认。',
        rule: (same) => `连续两次细看标注相同，框的重叠高于 ${same}（IoU），且最终答案没有推翻之前的断言。`,
      },
      'hallucination-mitigation': {
        name: '缓解幻觉',
        meaning: '它在细看之后纠正了最初的断言。',
        rule: '第一次细看之前的思考断言了与最终回答不同的答案。',
      },
    },
    because: {
      'visual-search': (looks, iou) => `第 ${both(looks)} 次细看的重叠为 ${overlap(iou)}，此前没有断言。`,
      'visual-comparison': (looks, labels, word) =>
        `第 ${looks[0]} 次细看的是“${labels[0]}”，第 ${looks[1]} 次是“${labels[1]}”，并用“${word}”作了比较。`,
      'visual-confirmation': (looks, label, iou) =>
        `第 ${both(looks)} 次细看的都是“${label}”，重叠为 ${overlap(iou)}，答案没有改变。`,
      'hallucination-mitigation': (before, after) => `细看之前它说“${before}”，最后说的是“${after}”。`,
    },
  },

  raw: {
    label: '复制这条记录',
    json: '复制为 JSON',
    transcript: '复制原始输出',
    prompt: '复制提示词',
    copied: '已复制。',
    failed: '无法复制。请允许访问剪贴板后重试。',
  },

  whatIf: {
    notLooked: '如果不细看会怎样？',
    looked: '如果细看会怎样？',
    notLookedAbout: '不放大再问一次，并作对比。',
    lookedAbout: '允许放大再问一次，并作对比。',
    label: '细看与不细看',
    once: '每种方式只运行了一次，可能是碰巧；换一个种子，结果也许不同。',
    chance: (share) =>
      `每种方式只运行了一次，可能是碰巧：纯靠猜也有 ${number(share, { style: 'percent', maximumFractionDigits: 0 })} 的机会答对。`,
    together: '一起逐步查看',
    many: {
      ask: '多换几个种子',
      howOften: '每种方式问几次',
      times: (count) => `每种方式 ${count} 次`,
      label: '每种方式答对的次数',
      findings: {
        'looking-helps': '在这里，细看有帮助。',
        'looking-misleads': '在这里，细看反而误导了它。',
        'answers-differ': '细看改变了它的答案。',
        'no-gap': '在这些运行中，细看没有带来差别。',
        undecided: '差距太小，说不准细看有没有作用。',
      },
      right: (hits, n) => `${n} 次中答对 ${hits} 次`,
      same: (hits, n, answer) =>
        answer === '' ? `${n} 次中有 ${hits} 次没有回答` : `${n} 次中有 ${hits} 次说“${answer}”`,
      guess: '纯靠猜',
      guessed: (share) => `答对 ${number(share, { style: 'percent', maximumFractionDigits: 0 })}`,
      between: (low, high) => `95% 区间：${range(low, high)}`,
      bars: '横条表示 95% 区间。',
      byChance: (share) =>
        `如果细看不起作用，出现这么大差距的机会${share < 0.01 ? '不到 1%' : `是 ${number(share, { style: 'percent', maximumFractionDigits: 0 })}`}（Fisher 精确检验）。`,
    },
    again: '再问一次',
    running: '同一个问题，换一种方式',
    broken: { with: '细看的那次没有完成。', without: '不细看的那次没有完成。' },
    findings: {
      'looking-helped': '细看答对了，不细看答错了。',
      'looking-misled': '细看答错了，不细看答对了。',
      'right-either-way': '两种方式都答对了。',
      'wrong-either-way': '两种方式都答错了。',
      'same-answer': '两种方式的答案相同。',
      'other-answer': '不细看时答案不同。',
    },
    times: {
      devices: '两次运行使用的设备不同，用时不可比。',
      models: '两次使用的模型不同，差别不只在于是否细看。',
      encoded: '后一次复用了已编码的图片，因此节省了时间。',
    },
  },

  column: {
    with: '细看',
    without: '不细看',
    onScreen: '正在显示',
    show: { with: '显示<more>细看的那次</more>', without: '显示<more>不细看的那次</more>' },
    looks: '细看',
    steps: '步数',
    tokens: 'Token',
    time: '用时',
    noAnswer: { running: '还没有', done: '没有答案', stopped: '已停止', failed: '失败' },
  },
};
