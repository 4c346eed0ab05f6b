'use client';
/** Where models of the hub come from, and the token for those that are not open to everybody. */
import { useId, useState, type KeyboardEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Select } from '@/components/ui/select';
import { HUB_ENDPOINTS } from '@/lib/models/hub';
import { isEndpoint, isToken, useSession, useSessionActions } from '@/lib/session';
import { FIELD } from './hub-form';

const PRESETS = HUB_ENDPOINTS.map(({ name, endpoint }) => ({ value: endpoint, label: name }));

const OTHER = 'other';

export const HUB_FIELD_ID = 'models-hub';
export const TOKEN_FIELD_ID = 'models-token';

export function HubSettings() {
  const hub = useSession((state) => state.hub);
  const usual = useSession((state) => state.usualHub);
  const { setHub } = useSessionActions();
  const named = PRESETS.some(({ value }) => value === usual)
    ? PRESETS
    : [{ value: usual, label: new URL(usual).host }, ...PRESETS];
  const isPreset = named.some(({ value }) => value === hub.endpoint);
  const [other, setOther] = useState(!isPreset);
  const { host } = new URL(hub.endpoint);
  return (
    <div className="flex flex-col gap-4 pt-3">
      <div id={HUB_FIELD_ID} tabIndex={-1} className="outline-none">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <span aria-hidden className="text-body">
            Hub
          </span>
          <Select
            label="Hub"
            value={other ? OTHER : hub.endpoint}
            options={[...named, { value: OTHER, label: 'Another address' }]}
            onChange={(value) => {
              setOther(value === OTHER);
              if (value !== OTHER) setHub({ endpoint: value });
            }}
          />
        </div>
        {other ? <EndpointField endpoint={hub.endpoint} onEndpoint={(endpoint) => setHub({ endpoint })} /> : null}
        <p className="mt-1.5 text-small wrap-anywhere text-ink-faint">
          Models are fetched from {host} and checked against the hashes it tells. Nothing of yours is sent there.
          {named !== PRESETS && hub.endpoint === usual ? ' Whoever set up this server chose it.' : ''}
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
        Address of the hub
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
        placeholder="https://…"
        autoComplete="off"
        spellCheck={false}
        aria-invalid={wrong}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        className={FIELD}
      />
      {wrong ? (
        <p id={`${id}-wrong`} className="mt-1 text-small text-danger">
          That is no address that can be used: it begins with https:// (what HF_ENDPOINT would be set to); http:// is
          for localhost alone.
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
        Access token
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
          placeholder={token === null ? 'hf_…' : 'One is set'}
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
            Forget it
          </Button>
        )}
      </div>
      <p
        id={`${TOKEN_FIELD_ID}-hint`}
        role="status"
        className={`mt-1.5 text-small wrap-anywhere ${wrong ? 'text-danger' : 'text-ink-faint'}`}
      >
        {wrong
          ? 'That is no token: it has a space, or a character that no token has. Copy it again, whole and alone.'
          : token === null
            ? `Only for models that ask for permission. Kept in this browser only, and sent to ${host} alone.`
            : `A token is set. It is kept in this browser only, sent to ${host} alone, and forgotten with another hub.`}
      </p>
    </div>
  );
}

const onEnter = (commit: () => void) => (event: KeyboardEvent) => {
  if (event.key !== 'Enter') return;
  event.preventDefault();
  commit();
};
