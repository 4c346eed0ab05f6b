'use client';
/**
 * Settings of the runs to come. What a kept run was made with is part of that run and is not changed here.
 */
import { RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { DeviceChoice } from '@/components/ui/device-choice';
import { NumberSetting } from '@/components/ui/number-setting';
import { Segmented } from '@/components/ui/segmented';
import { Sheet } from '@/components/ui/sheet';
import { Switch } from '@/components/ui/switch';
import { useTheme } from '@/components/ui/theme';
import { isConstrained } from '@/lib/agent';
import {
  DEFAULT_SETTINGS,
  SETTING_BOUNDS,
  useSession,
  useSessionActions,
  type SessionState,
  type Settings,
} from '@/lib/session';
import { SHIPPED_PROTOCOL, systemPromptFor } from './system-prompt';

interface SettingsSheetProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

const NUMBERS = [
  { key: 'temperature', label: 'Temperature', step: 0.05, hint: '0 always takes the likeliest token.' },
  {
    key: 'topP',
    label: 'Top-p',
    step: 0.01,
    hint: 'Only the likeliest tokens that together reach this share. 1 is off.',
  },
  { key: 'topK', label: 'Top-k', step: 1, hint: 'Only so many of the likeliest tokens. 0 is off.', max: 100 },
  { key: 'seed', label: 'Seed', step: 1, hint: 'The same seed draws the same tokens.', exact: true },
  { key: 'maxTurns', label: 'Most looks', step: 1, hint: 'How often it may zoom in before it has to answer.' },
  { key: 'maxNewTokens', label: 'Most new tokens', step: 8, hint: 'In one turn.', max: 512 },
] as const satisfies readonly {
  key: keyof typeof SETTING_BOUNDS;
  label: string;
  step: number;
  hint: string;
  exact?: boolean;
  max?: number;
}[];

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="mt-7 first:mt-1">
      <h3 className="border-b border-line pb-1.5 text-small font-semibold text-ink-faint">{title}</h3>
      {children}
    </section>
  );
}

function EngineStatus({ engine }: { readonly engine: SessionState['engine'] }) {
  if (!engine) return <p className="mt-2 text-small text-ink-faint">The model loads with the first question.</p>;
  return (
    <p className="mt-2 text-small text-ink-soft">
      {engine.manifest.name} {engine.manifest.version} runs on{' '}
      <strong className="font-semibold text-ink">{engine.device === 'webgpu' ? 'WebGPU' : 'WASM'}</strong>.
      {engine.reason ? ` ${engine.reason}` : ''}
    </p>
  );
}

export function SettingsSheet({ open, onOpenChange }: SettingsSheetProps) {
  const settings = useSession((state) => state.settings);
  const engine = useSession((state) => state.engine);
  const { setSettings } = useSessionActions();
  const { theme, setTheme } = useTheme();
  const isDefault = (Object.keys(DEFAULT_SETTINGS) as (keyof Settings)[]).every(
    (key) => settings[key] === DEFAULT_SETTINGS[key],
  );
  return (
    <Sheet
      open={open}
      onOpenChange={onOpenChange}
      title="Settings"
      footer={
        <Button weight="quiet" size="small" disabled={isDefault} onClick={() => setSettings(DEFAULT_SETTINGS)}>
          <RotateCcw size={15} aria-hidden />
          Back to defaults
        </Button>
      }
    >
      <Section title="How it answers">
        <Switch
          label="Look closer"
          hint="Lets the model call image_zoom_in_tool. Without it, it answers from the overview alone."
          checked={settings.tools}
          onChange={(tools) => setSettings({ tools })}
        />
        <Switch
          label="Keep to the grammar"
          hint="Only tokens that make a turn its dialect can read. Off shows what the model writes by itself."
          checked={settings.grammar ?? isConstrained(engine?.manifest.protocol ?? SHIPPED_PROTOCOL)}
          onChange={(grammar) => setSettings({ grammar })}
        />
        {NUMBERS.map(({ key, ...number }) => (
          <NumberSetting
            key={key}
            {...number}
            value={settings[key]}
            min={SETTING_BOUNDS[key].min}
            max={'max' in number ? number.max : SETTING_BOUNDS[key].max}
            onChange={(value) => setSettings({ [key]: value })}
          />
        ))}
      </Section>
      <Section title="Where it runs">
        <div className="pt-3">
          <DeviceChoice value={settings.device} onChange={(device) => setSettings({ device })} />
          <EngineStatus engine={engine} />
        </div>
      </Section>
      <Section title="What it is told">
        <p className="pt-3 text-body">System prompt</p>
        <pre
          tabIndex={0}
          aria-label="System prompt"
          className="mt-1.5 rounded-m bg-sunken px-3 py-2.5 font-mono text-small whitespace-pre-wrap text-ink-soft"
        >
          {systemPromptFor(settings.tools, engine?.manifest)}
        </pre>
        <p className="mt-1 text-small text-ink-faint">
          All of it, word for word. Your question and the picture follow it.
        </p>
      </Section>
      <Section title="The page">
        <div className="pt-3">
          <Segmented
            legend="Theme"
            options={[
              { value: 'system', label: 'System' },
              { value: 'light', label: 'Light' },
              { value: 'dark', label: 'Dark' },
            ]}
            value={theme}
            onChange={setTheme}
          />
        </div>
      </Section>
    </Sheet>
  );
}
