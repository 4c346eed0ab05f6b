'use client';
/** What the model runs on: chosen for the page in its settings, and for one bench on its own page. */
import { Segmented } from './segmented';

const OPTIONS = [
  { value: 'auto', label: 'Auto' },
  { value: 'webgpu', label: 'WebGPU' },
  { value: 'wasm', label: 'WASM' },
] as const;

export type DeviceWish = (typeof OPTIONS)[number]['value'];

interface DeviceChoiceProps {
  readonly value: DeviceWish;
  readonly onChange: (device: DeviceWish) => void;
}

export function DeviceChoice({ value, onChange }: DeviceChoiceProps) {
  return <Segmented legend="Device" options={OPTIONS} value={value} onChange={onChange} />;
}
