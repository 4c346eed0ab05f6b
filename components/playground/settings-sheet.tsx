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
import { RichText } from '@/components/ui/rich-text';
import { useSettingsWords } from '@/lib/words/settings';
import { LanguageChoice } from './language-choice';
import { useModelsOpen } from './models-open';
import { SHIPPED_DIALECT, systemPromptFor } from './system-prompt';
import { PythonLibraries } from './python-libraries';
import { sentences } from '@/lib/words/sentences';

interface SettingsSheetProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** In their order; their words have the same names. */
const NUMBERS = [
  { key: 'temperature', step: 0.05 },
  { key: 'topP', step: 0.01 },
  { key: 'topK', step: 1, max: 100 },
  { key: 'seed', step: 1, exact: true },
  { key: 'maxTurns', step: 1 },
  { key: 'maxNewTokens', step: 8, max: 512 },
] as const satisfies readonly { key: keyof typeof SETTING_BOUNDS; step: number; exact?: boolean; max?: number }[];

const THEMES = ['system', 'light', 'dark'] as const;

interface EngineStatusProps {
  /** Null where the model of the settings is not the one that is loaded. */
  readonly engine: SessionState['engine'];
}

function EngineStatus({ engine }: EngineStatusProps) {
  const { keptCopy, remarks } = useEngineWords();
  const words = useSettingsWords().model;
  if (!engine) return <p className="mt-2 text-small text-ink-faint">{words.loadsLater}</p>;
  return (
    <p className="mt-2 text-small text-ink-soft">
      <RichText
        text={sentences(
          words.runsOn(modelName(engine.modelUrl), shortVersion(engine.card.version)),
          ...engine.remarks.map((remark) => say(remarks, remark)),
          engine.keptCopy ? say(keptCopy, engine.keptCopy) : '',
        )}
        parts={{
          device: () => (
            <strong className="font-semibold text-ink">{engine.engine ?? words.devices[engine.device]}</strong>
          ),
        }}
      />
    </p>
  );
}

/** A commit as people quote it; whatever else a version is, whole. */
const shortVersion = (version: string): string => (/^[0-9a-f]{40}$/.test(version) ? version.slice(0, 7) : version);

export function SettingsSheet({ open, onOpenChange }: SettingsSheetProps) {
  const words = useSettingsWords();
  const settings = useSession((state) => state.settings);
  const dialects = useSession((state) => state.dialects);
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
      title={words.title}
      footer={
        <Button
          weight="quiet"
          size="small"
          disabled={isDefault}
          onClick={() => setSettings({ ...DEFAULT_SETTINGS, modelUrl })}
        >
          <RotateCcw size={15} aria-hidden />
          {words.reset}
        </Button>
      }
    >
      <Section title={words.model.heading}>
        <div className="flex items-center justify-between gap-3 pt-3">
          <p className="min-w-0 font-medium wrap-anywhere">{modelName(modelUrl)}</p>
          <Button size="small" onClick={openModels} aria-haspopup="dialog">
            {words.model.choose}
          </Button>
        </div>
      </Section>
      <Section title={words.answers.heading}>
        <Switch
          label={words.answers.tools}
          hint={words.answers.toolsHint}
          checked={settings.tools.includes('zoom')}
          onChange={(on) => setSettings({ tools: withTool(settings.tools, 'zoom', on) })}
        />
        <Switch
          label={words.answers.code}
          hint={words.answers.codeHint}
          checked={settings.tools.includes('python')}
          onChange={(on) => setSettings({ tools: withTool(settings.tools, 'python', on) })}
        />
        {settings.tools.includes('python') && <PythonLibraries />}
        <Switch
          label={words.answers.grammar}
          hint={words.answers.grammarHint}
          checked={settings.grammar ?? isConstrained(engine?.card.dialect ?? SHIPPED_DIALECT)}
          onChange={(grammar) => setSettings({ grammar })}
        />
        {NUMBERS.map(({ key, ...number }) => (
          <NumberSetting
            key={key}
            {...number}
            label={words.answers[key]}
            hint={words.answers[`${key}Hint`]}
            value={settings[key]}
            min={SETTING_BOUNDS[key].min}
            max={'max' in number ? number.max : SETTING_BOUNDS[key].max}
            onChange={(value) => setSettings({ [key]: value })}
          />
        ))}
      </Section>
      <Section title={words.device}>
        <div className="pt-3">
          <DeviceChoice value={settings.device} onChange={(device) => setSettings({ device })} />
          <EngineStatus engine={engine} />
        </div>
      </Section>
      <Section title={words.prompt.heading}>
        <pre
          tabIndex={0}
          aria-label={words.prompt.heading}
          className="mt-3 rounded-m bg-sunken px-3 py-2.5 font-mono text-small whitespace-pre-wrap text-ink-soft"
        >
          {systemPromptFor(settings.tools.length > 0, engine?.card, dialects)}
        </pre>
        <p className="mt-1 text-small text-ink-faint">{words.prompt.about}</p>
      </Section>
      <Section title={words.appearance}>
        <div className="pt-3">
          <Segmented
            legend={words.theme}
            options={THEMES.map((value) => ({ value, label: words.themes[value] }))}
            value={theme}
            onChange={setTheme}
          />
          <LanguageChoice />
        </div>
      </Section>
    </Sheet>
  );
}

function withTool(tools: readonly string[], id: string, on: boolean): string[] {
  const others = tools.filter((one) => one !== id);
  return on ? [...others, id] : others;
}
