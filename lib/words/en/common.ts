/** Controls and counts that many parts of the page share. */
import { countingIn } from '../counting';

const { number, counted } = countingIn('en');

export const common = {
  product: 'Loupe',
  close: 'Close',
  dismiss: 'Dismiss',
  cancel: 'Cancel',
  tryAgain: 'Try again',
  goOn: 'Continue from there',
  switchTheme: 'Switch between light and dark',
  device: 'Device',
  devices: { auto: 'Auto', webgpu: 'WebGPU', wasm: 'WASM', remote: 'a server' },
  /** Beside the question, wherever something leaves this device. */
  leaves: (host: string) => `Your question and the picture go to ${host}.`,
  leavesVia: (name: string) => `Your question and the picture go through this site to ${name}.`,
  /** A slider beside the field of the same name. */
  sliderOf: (label: string) => `${label}, slider`,
  number: (value: number) => number(value),
  andMore: (count: number) => `and ${count} more`,
  runs: (count: number) => counted(count, { one: 'run', other: 'runs' }),
};
