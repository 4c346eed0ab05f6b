'use client';
/** From a step on with another temperature, another seed, with tools or without; the model is the page's. */
import { useState, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { NumberSetting } from '@/components/ui/number-setting';
import { Switch } from '@/components/ui/switch';
import { SETTING_BOUNDS, useSessionActions } from '@/lib/session';
import type { Trajectory } from '@/lib/trajectory';
import { useForkWords } from '@/lib/words/fork';

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
  return (
    <div
      role="group"
      aria-label={words.label}
      className="mt-2 rounded-m border border-line-strong bg-raised px-3 pt-1 pb-2.5"
    >
      <NumberSetting
        label={words.temperature}
        {...SETTING_BOUNDS.temperature}
        step={0.1}
        value={temperature}
        onChange={setTemperature}
      />
      <NumberSetting exact label={words.seed} {...SETTING_BOUNDS.seed} step={1} value={seed} onChange={setSeed} />
      <Switch label={words.tools} checked={tools} onChange={setTools} />
      <p className="text-micro text-ink-faint">{words.hint}</p>
      <div className="mt-2 flex gap-2">
        <Button
          size="small"
          weight="primary"
          onClick={() => void fork({ kind: 'settings', step }, { temperature, seed, tools: chosen })}
        >
          {words.goOn}
        </Button>
        <Button size="small" weight="quiet" onClick={onClose}>
          {words.cancel}
        </Button>
      </div>
    </div>
  );
}
