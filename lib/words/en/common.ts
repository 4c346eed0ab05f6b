/** Controls and counts that many parts of the page share. */
import { countingIn } from '../counting';

const { number, counted } = countingIn('en');

export const common = {
  product: 'Loupe',
  close: 'Close',
  dismiss: 'Dismiss',
  cancel: 'Cancel',
  tryAgain: 'Try again',
  /** Said where not even the words for what happened are there. */
  broken: {
    title: 'Something went wrong',
    detail: 'Part of the page didn’t load.',
    advice: 'Check your connection and reload the page.',
  },
  switchTheme: 'Switch between light and dark',
  device: 'Device',
  devices: { auto: 'Auto', webgpu: 'WebGPU', wasm: 'WASM', remote: 'a server' },
  /** A slider beside the field of the same name. */
  sliderOf: (label: string) => `${label}, slider`,
  number: (value: number) => number(value),
  andMore: (count: number) => `and ${count} more`,
  runs: (count: number) => counted(count, { one: 'run', other: 'runs' }),
};
