/** Controls and counts that many parts of the page share. */
import { countingIn } from '../counting';
import type { Words } from '../en';

const { number, counted } = countingIn('zh');

export const common: Words['common'] = {
  product: 'Loupe',
  close: '关闭',
  dismiss: '知道了',
  cancel: '取消',
  tryAgain: '重试',
  broken: {
    title: '出错了',
    detail: '页面有一部分没有加载。',
    advice: '请检查网络连接，然后刷新页面。',
  },
  switchTheme: '切换浅色 / 深色',
  device: '设备',
  devices: { auto: '自动', webgpu: 'WebGPU', wasm: 'WASM', remote: '服务器' },
  sliderOf: (label) => `${label}，滑块`,
  number: (value) => number(value),
  andMore: (count) => `另有 ${count} 项`,
  runs: (count) => counted(count, { other: '条记录' }),
};
