'use client';
/** Where models of the hub come from, and the token for those that are not open to everybody. */
import { useId, useState, type KeyboardEvent } from 'react';
import { isComposing } from '@/components/ui/composing';
import { Button } from '@/components/ui/button';
import { Select } from '@/components/ui/select';
import { HUB_ENDPOINTS } from '@/lib/models/hub';
import { isEndpoint, isToken, useSession, useSessionActions } from '@/lib/session';
import { useModelsWords } from '@/lib/words/models';
import { FIELD } from './hub-form';
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
      <TokenField key={hub.endpoint} host={host} token={hub.token} onToken={(token) => setHub({ token })} />
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

interface TokenFieldProps {
  readonly host: string;
  readonly token: string | null;
  readonly onToken: (token: string | null) => void;
}

function TokenField({ host, token, onToken }: TokenFieldProps) {
  const words = useModelsWords().hub;
  const [draft, setDraft] = useState('');
  const [wrong, setWrong] = useState(false);
  const commit = () => {
    const written = draft.trim();
    if (written === '') return;
    setWrong(!isToken(written));
    if (!isToken(written)) return;
    onToken(written);
    setDraft('');
  };
  return (
    <div>
      <label htmlFor={TOKEN_FIELD_ID} className="mb-1.5 block text-body">
        {words.token}
      </label>
      <div className="flex gap-2">
        <input
          id={TOKEN_FIELD_ID}
          type="password"
          value={draft}
          onChange={(event) => {
            setDraft(event.target.value);
            setWrong(false);
          }}
          onBlur={commit}
          onKeyDown={onEnter(commit)}
          aria-invalid={wrong}
          placeholder={token === null ? words.tokenPlaceholder : words.tokenSet}
          autoComplete="off"
          spellCheck={false}
          aria-describedby={`${TOKEN_FIELD_ID}-hint`}
          className={FIELD}
        />
        {token === null ? null : (
          <Button
            onClick={() => {
              setDraft('');
              onToken(null);
              document.getElementById(TOKEN_FIELD_ID)?.focus();
            }}
          >
            {words.forget}
          </Button>
        )}
      </div>
      <p
        id={`${TOKEN_FIELD_ID}-hint`}
        role="status"
        className={`mt-1.5 text-small wrap-anywhere ${wrong ? 'text-danger' : 'text-ink-faint'}`}
      >
        {wrong ? words.tokenWrong : token === null ? words.tokenHint(host) : words.tokenKept(host)}
      </p>
    </div>
  );
}

const onEnter = (commit: () => void) => (event: KeyboardEvent) => {
  if (event.key !== 'Enter' || isComposing(event)) return;
  event.preventDefault();
  commit();
};
