/** Settings and the sheet of shortcuts. */
import type { Words } from '../en';

export const settings: Words['settings'] = {
  title: '设置',
  reset: '恢复默认设置',

  model: {
    heading: '模型',
    choose: '更换',
    loadsLater: '将在你下次提问时加载。',
    runsOn: (model, version) => `${model} ${version} 正在 <device/> 上运行。`,
    devices: { webgpu: 'WebGPU', wasm: 'WASM', remote: '服务器' },
  },

  libraries: {
    about: ({ megabytes, host }) =>
      `代码可用的是精简版 Pillow 和 Matplotlib。完整的 Pillow、NumPy、Matplotlib 和 OpenCV 约 ${megabytes} MB，来自 ${host}，下载后保存在此浏览器中。`,
    get: '下载完整的库',
    going: ({ done, of }) => `正在下载：${done} / ${of}`,
    stop: '停止',
    failed: '部分文件没有下载成功，或内容不符。请检查网络后重试。',
    here: 'Pillow、NumPy、Matplotlib 和 OpenCV 已保存在此浏览器中，下次运行时代码即可使用。',
    remove: '移除',
  },

  answers: {
    heading: '回答',
    tools: '放大',
    toolsHint: '允许模型调用 image_zoom_in_tool。关闭后，模型只看整张图片作答。',
    code: 'Python',
    codeHint: '允许模型编写并运行代码。代码在本页面内运行，与其他一切隔离。开启后，模型的输出不受约束。',
    grammar: '约束解码',
    grammarHint: '只允许解析器能读懂的输出。关闭后可以看到模型自己会写什么。',
    temperature: '温度',
    temperatureHint: '0 表示总是选择概率最高的 token。',
    topP: 'Top-p',
    topPHint: '只从累计概率达到 p 的高概率 token 中采样（1 = 关闭）。',
    topK: 'Top-k',
    topKHint: '只从概率最高的 k 个 token 中采样（0 = 关闭）。',
    seed: '随机种子',
    seedHint: '种子相同，输出相同。',
    maxTurns: '细看次数上限',
    maxTurnsHint: '作答之前最多可以放大几次。',
    maxNewTokens: '生成 token 上限',
    maxNewTokensHint: '每轮。',
  },

  device: '设备',
  prompt: {
    heading: '系统提示词',
    about: '这就是完整的提示词，后面接着你的图片和问题。',
  },
  appearance: '外观',
  theme: '主题',
  themes: { system: '跟随系统', light: '浅色', dark: '深色' },
  language: '语言',
  languageFailed: '无法加载这种语言。请检查网络连接后重试。',

  glossary: {
    heading: '术语',
    terms: {
      token: { name: 'Token', meaning: '一个词或词的一部分，模型读写的基本单位。' },
      look: { name: '细看', meaning: '模型放大图片的一部分，按原分辨率再看一次。' },
      frame: { name: '坐标系', meaning: '框的坐标以什么计：图片的千分比、像素或比例。' },
      iou: { name: 'IoU', meaning: '两个框的重叠程度：完全相同为 1，没有重叠为 0（交并比）。' },
      reward: { name: '奖励', meaning: '按 DeepEyes 的训练规则给这次运行打的分：答对、格式正确、细看有用。' },
    },
  },

  keys: {
    title: '帮助',
    keys: '快捷键',
    about:
      '输入文字时快捷键不生效，Esc 除外。在提问框里，Enter 发送，Shift+Enter 换行。图片可以拖入或粘贴到页面任意位置。',
  },
};
