/** The run in words, and its player. */
import { countingIn } from '../counting';
import type { Words } from '../en';

const { counted, number } = countingIn('zh');

const percent = (share: number) =>
  number(share, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const trajectory: Words['trajectory'] = {
  label: '模型的过程',
  saw: (what) => `模型看到的：${what}`,
  tokens: (count) =>
    count < 1e9 ? counted(count, { other: '个 token' }) : `${number(count, { notation: 'scientific' })} 个 token`,
  perSecond: (count) => `${number(count, { maximumFractionDigits: count < 10 ? 1 : 0 })} token/秒`,
  probability: (share) => {
    if (share > 0.9995 && share < 1) return `> ${percent(0.999)}`;
    if (share > 0 && share < 0.0005) return `< ${percent(0.001)}`;
    return percent(share);
  },
  take: {
    label: '其他 token',
    hint: '选择另一个 token，模型从那里继续。',
  },
  noProbability: '不可用',
  probabilities: '概率',
  probabilitiesHint: '按模型的不确定程度给 token 着色',
  details: '详情',
  detailsHint: '显示坐标、用时、token 与奖励',
  ahead: (count) => `后面还有 ${counted(count, { other: '步' })}`,

  picture: {
    given: (at) => `图片 ${at}`,
    crop: (at) => `裁剪图 ${at}（原分辨率）`,
    result: '返回的图片',
    saw: '模型看到的',
    missing: '图片不可用',
    whichIsMissing: '不可用',
    named: (...parts) => parts.join('，'),
  },

  steps: {
    think: '思考',
    answer: '回答',
    opens: '请求细看',
    refused: '调用失败',
    zoom: (at) => `放大细看${at === null ? '' : `（${at}）`}`,
    rotate: '旋转图片',
    calls: (tool) => `调用 ${tool}`,
    told: '收到错误',
    crop: (at) => `收到裁剪图${at === null ? '' : `（${at}）`}`,
    result: '收到结果',
    said: '用户说',
    other: '其他',
    goTo: (at, title) => `跳到第 ${at} 步：${title}`,
    guess: '猜测',
    guessHint: '模型没有在类似的内容上训练过。',
    byPerson: '由人撰写',
    editedByPerson: '由人修改',
    modelWasTold: '模型收到的消息：<told/>',
  },
  call: {
    noLabel: '无标注',
    asked: '请求',
    cut: '裁剪',
    inView: '在它看到的裁剪图中',
    inWhole: 'px，在整张图片中',
    pixels: 'px',
    frames: {
      thousandths: '‰',
      'original-pixels': 'px',
      'resized-pixels': 'px（它所见的图片）',
      fractions: '（边长的比例）',
    },
  },
  marks: {
    label: '在图片中',
    more: (count) => `还有 ${number(count)} 个`,
    kinds: {
      box: (at) => `框 ${at}`,
      point: (at) => `点 ${at}`,
      polygon: (at) => `多边形 ${at}`,
    },
    read: (frame, order) => `按 ${frame} 读取，${order}`,
    frames: {
      thousandths: '0–1000',
      fractions: '边长比例',
      'original-pixels': '像素',
      'resized-pixels': '模型所见像素',
    },
    orders: {
      xyxy: 'x 在前',
      yxyx: 'y 在前',
      xywh: 'x、y、宽、高',
      cxcywh: '中心 x、y、宽、高',
      xy: 'x 在前',
      yx: 'y 在前',
    },
  },
  problems: {
    'not-json': '调用不是有效的 JSON。',
    'unknown-tool': '它调用了不存在的工具。',
    'no-box': '调用里没有框。',
    'box-not-four-numbers': '框不是四个数字。',
    'box-empty': '框是空的。',
    'box-out-of-frame': '框在图片之外。',
    'box-too-small': '框对这个环境来说太小。',
    'box-too-long': '框太过细长。',
    'not-run': '这一轮执行了另一个调用。',
    'refused-there': '工具返回了错误。',
    'repeated-call': '它再次请求了同一个框。',
    'too-many-calls': '它请求的细看次数超过了“细看次数上限”。',
    'no-angle': '调用里没有角度。',
    'angle-no-quarter': '角度不是 90° 的倍数。',
  },
  ends: {
    'max-turns': '细看次数用尽，只能作答。',
    'repeated-call': '它反复请求同一个地方，因此运行被终止。',
    'no-call': '它既没有细看，也没有作答。',
    length: '达到了每轮的 token 上限。',
    abort: '已停止。已有的步骤已保存。',
    error: '运行因错误而终止。已有的步骤已保存。',
  },
  devices: { webgpu: 'WebGPU', wasm: 'WASM', remote: '远程', replay: '录制' },
  deviceWhy: (device, why) => `${device}：${why}`,

  player: {
    label: '步骤播放器',
    watch: '看它思考',
    first: '第一步',
    previous: '上一步',
    play: '播放',
    pause: '暂停',
    next: '下一步',
    last: '最后一步',
    withKey: (label, key) => `${label}（${key}）`,
    step: '步骤',
    at: (step, of) => `${step} / ${of}`,
    speed: '速度',
    live: '实时',
    toLive: '回到实时',
    atStep: (step, of, facts) => `第 ${step} 步，共 ${of} 步：${facts}`,
    beforeFirst: (of) => `尚未开始，共 ${counted(of, { other: '步' })}`,
  },
  keys: {
    space: '空格',
    escape: 'Esc',
    commands: {
      next: '下一步',
      previous: '上一步',
      'play-pause': '播放或暂停',
      first: '跳到开头',
      last: '跳到结尾',
      boxes: '显示或隐藏框',
      crop: '放大到裁剪区域 / 还原',
      eye: '显示模型看到的样子',
      details: '显示详情',
      fit: '显示整张图片',
      share: '分享这条记录',
      help: '显示快捷键',
      escape: '关闭；停止运行或取消打开',
    },
    branches: '上一个、下一个分支',
    zoom: '缩放（焦点在图片上时）',
    pan: '平移（焦点在图片上时）',
  },
};
