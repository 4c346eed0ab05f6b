'use client';
/** From a step on with another temperature, another seed, with tools or without; the model is the page's. */
import { useState, type ReactNode } from 'react';
import { NumberSetting } from '@/components/ui/number-setting';
import { Switch } from '@/components/ui/switch';
import { SETTING_BOUNDS, useSessionActions } from '@/lib/session';
import type { Trajectory } from '@/lib/trajectory';
import { useForkWords } from '@/lib/words/fork';
import { ChangeForm } from './change-form';

interface OtherSettingsProps {
  readonly step: number;
  readonly run: Trajectory;
  readonly onClose: () => void;
}

export function OtherSettings({ step, run, onClose }: OtherSettingsProps): ReactNode {
  const words = useForkWords().settings;
  const { fork } = useSessionActions();
  const [temperature, setTemperature] = useState(run.settings?.temperature ?? 0);
  const [seed, setSeed] = useState((run.settings?.seed ?? 0) + 1);
  const before = run.settings?.tools ?? [];
  const [tools, setTools] = useState(before.length > 0);
  const chosen = tools ? (before.length > 0 ? before : ['zoom']) : [];
  const goOn = () => void fork({ kind: 'settings', step }, { temperature, seed, tools: chosen });
  return (
    <ChangeForm words={words} onGoOn={goOn} onClose={onClose}>
      <NumberSetting
        label={words.temperature}
        {...SETTING_BOUNDS.temperature}
        step={0.1}
        value={temperature}
        onChange={setTemperature}
      />
      <NumberSetting exact label={words.seed} {...SETTING_BOUNDS.seed} step={1} value={seed} onChange={setSeed} />
      <Switch label={words.tools} checked={tools} onChange={setTools} />
    </ChangeForm>
  );
}
