'use client';
/**
 * Settings of the runs to come. What a kept run was made with is part of that run and is not changed here.
 */
import { RotateCcw } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { DeviceChoice } from '@/components/ui/device-choice';
import { NumberSetting } from '@/components/ui/number-setting';
import { Segmented } from '@/components/ui/segmented';
import { Section } from '@/components/ui/section';
import { Sheet } from '@/components/ui/sheet';
import { Switch } from '@/components/ui/switch';
import { useTheme } from '@/components/ui/theme';
import { isConstrained } from '@/lib/agent';
import {
  DEFAULT_SETTINGS,
  modelName,
  SETTING_BOUNDS,
  useSession,
  useSessionActions,
  type SessionState,
  type Settings,
} from '@/lib/session';
import { say } from '@/lib/words';
import { useEngineWords } from '@/lib/words/engine';
import { useModelsOpen } from './models-open';
import { SHIPPED_DIALECT, systemPromptFor } from './system-prompt';

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

interface EngineStatusProps {
  /** Null where the model of the settings is not the one that is loaded. */
  readonly engine: SessionState['engine'];
}

function EngineStatus({ engine }: EngineStatusProps) {
  const { keptCopy } = useEngineWords();
  if (!engine) return <p className="mt-2 text-small text-ink-faint">The model loads with the next question.</p>;
  return (
    <p className="mt-2 text-small text-ink-soft">
      {modelName(engine.modelUrl)} {shortVersion(engine.card.version)} runs on{' '}
      <strong className="font-semibold text-ink">{engine.device === 'webgpu' ? 'WebGPU' : 'WASM'}</strong>.
      {engine.reason ? ` ${engine.reason}` : ''}
      {engine.keptCopy ? ` ${say(keptCopy, engine.keptCopy)}` : ''}
    </p>
  );
}

/** A commit as people quote it; whatever else a version is, whole. */
const shortVersion = (version: string): string => (/^[0-9a-f]{40}$/.test(version) ? version.slice(0, 7) : version);

export function SettingsSheet({ open, onOpenChange }: SettingsSheetProps) {
  const settings = useSession((state) => state.settings);
  const engine = useSession((state) => (state.engine?.modelUrl === state.settings.modelUrl ? state.engine : null));
  const { setSettings } = useSessionActions();
  const [, setModels] = useModelsOpen();
  const { theme, setTheme } = useTheme();
  const isDefault = (Object.keys(DEFAULT_SETTINGS) as (keyof Settings)[]).every(
    (key) => key === 'modelUrl' || String(settings[key]) === String(DEFAULT_SETTINGS[key]),
  );
  const { modelUrl } = settings;
  const openModels = () => {
    onOpenChange(false);
    // Once this sheet has given the focus back: the next one is to give it to the same place.
    requestAnimationFrame(() => setModels(true));
  };
  return (
    <Sheet
      open={open}
      onOpenChange={onOpenChange}
      title="Settings"
      footer={
        <Button
          weight="quiet"
          size="small"
          disabled={isDefault}
          onClick={() => setSettings({ ...DEFAULT_SETTINGS, modelUrl })}
        >
          <RotateCcw size={15} aria-hidden />
          Back to defaults
        </Button>
      }
    >
      <Section title="Which model answers">
        <div className="flex items-center justify-between gap-3 pt-3">
          <p className="min-w-0 font-medium wrap-anywhere">{modelName(modelUrl)}</p>
          <Button size="small" onClick={openModels} aria-haspopup="dialog">
            Choose a model
          </Button>
        </div>
      </Section>
      <Section title="How it answers">
        <Switch
          label="Look closer"
          hint="Lets the model call image_zoom_in_tool. Without it, it answers from the overview alone."
          checked={settings.tools.length > 0}
          onChange={(tools) => setSettings({ tools: tools ? DEFAULT_SETTINGS.tools : [] })}
        />
        <Switch
          label="Keep to the grammar"
          hint="Only tokens that make a turn its dialect can read. Off shows what the model writes by itself."
          checked={settings.grammar ?? isConstrained(engine?.card.dialect ?? SHIPPED_DIALECT)}
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
          {systemPromptFor(settings.tools.length > 0, engine?.card)}
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
