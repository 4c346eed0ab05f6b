/** What a person should know about a run that one of the research systems' files held. Part of `formats.notes`. */
import { countingIn } from '../counting';
import type { formatNotes as english } from '../en/format-notes';

const { number, counted } = countingIn('zh');

const tokens = (count: number) => counted(count, { other: '个 token' });

export const formatNotes: typeof english = {
  'tokens-stray': ({ at }) => `第 ${number(at + 1)} 个 token 与文本不一致，因此不显示概率。`,
  'tokens-short': '最后一个 token 之后还有文本，因此不显示概率。',
  'tokens-ambiguous': ({ at }) =>
    `第 ${number(at + 1)} 个 token 附近的 token 只含半个字符，有多种对应方式，因此不显示概率。`,
  'tokens-and-probabilities': ({ tokens: count, probabilities }) =>
    `共有 ${tokens(count)} 和 ${counted(probabilities, { other: '个概率' })}，数量不一致，因此不显示概率。`,
  'observation-renumbered': ({ name, crop }) =>
    `之前有调用失败：${name} 是成功的调用中的第 ${number(crop)} 张裁剪图，而不是同编号的文件。`,
  'started-again': ({ part, parts }) =>
    `文件里依次有 ${counted(parts, { other: '条轨迹' })}，这是第 ${number(part)} 条。`,
  'last-call-without-crop': '轨迹在一次调用后结束，这次调用没有裁剪图。',
  'whole-picture': '有一次调用无法使用，模型得到的是整张图片，而且没有被告知。',
  'edge-makes-pixels': '这个框里有数值大于等于 1，因此代码把四个数都当成了像素。',
  'grown-by-half': '代码把每个框向外扩大了一半再裁剪，并以两倍大小展示。',
  'tenth-added': '代码在框的每一边多裁了图片的十分之一。',
  'one-picture-for-many': ({ count }) => `这个结果的 ${counted(count, { other: '帧' })}被存成了一张图片。`,
  'results-before-calls': ({ count }) =>
    `文件里有 ${counted(count, { other: '个结果' })}排在对应的调用之前，现显示在调用之后。`,
  'not-quite-atif': ({ version }) =>
    version === '' ? '文件没有写明 ATIF 的版本。' : `文件写的版本是“${version}”，ATIF 没有这个版本。`,
  'continued-in': ({ files }) => `这条轨迹的后续在另外 ${counted(files, { other: '个文件' })}里，已合并显示。`,
  'continuation-missing': ({ name }) => `这条轨迹的后续在 ${name} 里，但缺少这个文件。`,
  'copied-steps': ({ count }) => `有 ${counted(count, { other: '步' })}与前一个文件重复，只显示一次。`,
  'boxes-by-name': '模型只写了框的名字，没有写数值（如 bbx_1），因此无法画出。',
  'only-first-action': ({ count }) => `这一轮请求了 ${counted(count, { other: '个动作' })}，只执行了第一个。`,
  'code-rewritten': '环境在执行前会重新缩进代码，这里显示的是模型写的原文。',
  'several-code-blocks': ({ count }) => `一轮里有 ${counted(count, { other: '段代码' })}，只执行了最后一段。`,
  'search-shown-as-boxes': '框表示搜索经过的位置，不是模型写的。',
  'boxes-in-thought': '框出现在思考里，没有裁剪图提供给模型。',
  'rows-from-table': ({ count }) => `文件的一行里有 ${counted(count, { other: '条轨迹' })}。`,
  'placeholders-and-pictures': ({ placeholders, pictures }) =>
    `文本里有 ${counted(placeholders, { other: '个图片占位符' })}，而这一行列出了 ${number(pictures)} 张图片。`,
  'secrets-covered': ({ count }) => `有 ${counted(count, { other: '个密钥或密码' })}已用圆点遮盖。`,
  'private-left-out': ({ count }) => `有 ${counted(count, { other: '段个人或系统上下文' })}不显示：指令、记忆、提醒。`,
  'steps-left-out': ({ count }) => `日志里还有 ${counted(count, { other: '步' })}，放不下，已省略。`,
  'picture-supposed': ({ name }) => `代码打开了 ${name}，日志里没有这张图片。框画在唯一的图片上。`,
  'file-was-larger': ({ name, times }) =>
    `代码里的像素超出了日志中的图片，因此假定 ${name} 是它的 ${number(times)} 倍大。添加这个文件即可得到准确的框。`,
  'crop-past-edge': '裁剪区域超出了图片，超出的部分不显示。',
  'branch-of': ({ steps }) =>
    steps === 0 ? '同一对话的另一个分支。' : `同一对话的另一个分支，前 ${counted(steps, { other: '步' })}相同。`,
  'side-agent': '由主会话启动的子智能体自己的会话。',
  'answers-only': '文件里只有问题和回答，没有中间过程。',
};
