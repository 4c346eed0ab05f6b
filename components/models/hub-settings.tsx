'use client';
/** Where models of the hub come from, and the token for those that are not open to everybody. */
import { useId, useState, type KeyboardEvent } from 'react';
import { isComposing } from '@/components/ui/composing';
import { Select } from '@/components/ui/select';
import { HUB_ENDPOINTS } from '@/lib/models/hub';
import { isEndpoint, useSession, useSessionActions } from '@/lib/session';
import { useModelsWords } from '@/lib/words/models';
import { FIELD } from './hub-form';
import { SecretField } from './secret-field';
import { sentences } from '@/lib/words/sentences';

const OTHER = 'other';

export const HUB_FIELD_ID = 'models-hub';
export const TOKEN_FIELD_ID = 'models-token';

export function HubSettings() {
  const words = useModelsWords().hub;
  const hub = useSession((state) => state.hub);
  const usual = useSession((state) => state.usualHub);
  const { setHub } = useSessionActions();
  const presets = HUB_ENDPOINTS.map((endpoint) => ({ value: endpoint, label: words.names[endpoint] }));
  const ofServer = !presets.some(({ value }) => value === usual);
  const named = ofServer ? [{ value: usual, label: new URL(usual).host }, ...presets] : presets;
  const isPreset = named.some(({ value }) => value === hub.endpoint);
  const [other, setOther] = useState(!isPreset);
  const { host } = new URL(hub.endpoint);
  return (
    <div className="flex flex-col gap-4 pt-3">
      <div id={HUB_FIELD_ID} tabIndex={-1} className="outline-none">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <span aria-hidden className="text-body">
            {words.label}
          </span>
          <Select
            label={words.label}
            value={other ? OTHER : hub.endpoint}
            options={[...named, { value: OTHER, label: words.other }]}
            onChange={(value) => {
              setOther(value === OTHER);
              if (value !== OTHER) setHub({ endpoint: value });
            }}
          />
        </div>
        {other ? <EndpointField endpoint={hub.endpoint} onEndpoint={(endpoint) => setHub({ endpoint })} /> : null}
        <p className="mt-1.5 text-small wrap-anywhere text-ink-faint">
          {sentences(words.about(host), ofServer && hub.endpoint === usual ? words.ofServer : '')}
        </p>
      </div>
      <SecretField
        key={hub.endpoint}
        id={TOKEN_FIELD_ID}
        words={{
          label: words.token,
          placeholder: words.tokenPlaceholder,
          set: words.tokenSet,
          forget: words.forget,
          wrong: words.tokenWrong,
          hint: hub.token === null ? words.tokenHint(host) : words.tokenKept(host),
        }}
        kept={hub.token !== null}
        onSecret={(token) => setHub({ token })}
      />
    </div>
  );
}

interface EndpointFieldProps {
  readonly endpoint: string;
  readonly onEndpoint: (endpoint: string) => void;
}

function EndpointField({ endpoint, onEndpoint }: EndpointFieldProps) {
  const words = useModelsWords().hub;
  const [draft, setDraft] = useState(endpoint);
  const [wrong, setWrong] = useState(false);
  const id = useId();
  const commit = () => {
    const fits = isEndpoint(draft.trim());
    setWrong(!fits);
    if (fits) onEndpoint(draft.trim());
  };
  return (
    <div className="mt-2">
      <label htmlFor={id} className="sr-only">
        {words.address}
      </label>
      <input
        id={id}
        type="url"
        inputMode="url"
        value={draft}
        onChange={(event) => {
          setDraft(event.target.value);
          setWrong(false);
        }}
        onBlur={commit}
        onKeyDown={onEnter(commit)}
        placeholder={words.addressPlaceholder}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={wrong}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        className={FIELD}
      />
      {wrong ? (
        <p id={`${id}-wrong`} className="mt-1 text-small text-danger">
          {words.addressWrong}
        </p>
      ) : null}
    </div>
  );
}

const onEnter = (commit: () => void) => (event: KeyboardEvent) => {
  if (event.key !== 'Enter' || isComposing(event)) return;
  event.preventDefault();
  commit();
};
