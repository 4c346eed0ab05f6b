/** Controls and counts that many parts of the page share. */
import { countingIn } from '../counting';

const { number, counted } = countingIn('en');

export const common = {
  product: 'Loupe',
  close: 'Close',
  dismiss: 'Dismiss',
  cancel: 'Cancel',
  tryAgain: 'Try again',
  switchTheme: 'Switch between light and dark',
  device: 'Device',
  devices: { auto: 'Auto', webgpu: 'WebGPU', wasm: 'WASM' },
  /** The way to the page of sets. */
  otherSystems: 'Results of DeepEyes, Qwen3-VL, Inspect or others?',
  openThem: 'Open and step through them',
  /** A slider beside the field of the same name. */
  sliderOf: (label: string) => `${label}, slider`,
  number: (value: number) => number(value),
  andMore: (count: number) => `and ${count} more`,
  runs: (count: number) => counted(count, { one: 'run', other: 'runs' }),
};
