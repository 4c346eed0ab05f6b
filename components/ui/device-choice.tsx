'use client';
/** What the model runs on: chosen for the page in its settings, and for one bench on its own page. */
import { useCommonWords } from '@/lib/words/common';
import { Segmented } from './segmented';

const DEVICES = ['auto', 'webgpu', 'wasm'] as const;

export type DeviceWish = (typeof DEVICES)[number];

interface DeviceChoiceProps {
  readonly value: DeviceWish;
  readonly onChange: (device: DeviceWish) => void;
}

export function DeviceChoice({ value, onChange }: DeviceChoiceProps) {
  const words = useCommonWords();
  const options = DEVICES.map((device) => ({ value: device, label: words.devices[device] }));
  return <Segmented legend={words.device} options={options} value={value} onChange={onChange} />;
}
