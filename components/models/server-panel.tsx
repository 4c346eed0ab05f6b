'use client';
/** A model behind a server: which server, a key if it wants one, which of its models, and how that one is asked. */
import { useEffect, useId, useRef, useState, type SubmitEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Select } from '@/components/ui/select';
import { EngineError } from '@/lib/engine';
import { baseUrl, formatRemote, WIRES, type RemoteAddress } from '@/lib/engine/remote';
import { useSession } from '@/lib/session';
import { say, type Words } from '@/lib/words';
import { useServersWords } from '@/lib/words/servers';
import { FIELD } from './hub-form';
import { KeyField } from './key-field';
import { RemoteWishes } from './remote-wishes';
import { pageServerDesk, type ForwardedServer, type ServerDesk } from './server-desk';
import { SERVER_PRESETS } from './server-presets';

interface ServerPanelProps {
  readonly onUse: (modelUrl: string) => void;
  readonly desk?: ServerDesk;
}

type Place = Pick<RemoteAddress, 'wire' | 'server'>;

/** What asking for the list came to. */
type Listing =
  | { readonly status: 'asking' }
  | { readonly status: 'failed'; readonly words: string }
  | { readonly status: 'found'; readonly place: Place; readonly models: readonly string[] | null };

const VIA = 'via:';

export function ServerPanel({ onUse, desk = pageServerDesk }: ServerPanelProps) {
  const words = useServersWords();
  const [forwarded, setForwarded] = useState<readonly ForwardedServer[]>([]);
  const [chosen, setChosen] = useState<string>(SERVER_PRESETS[0]?.id ?? 'other');
  const [typed, setTyped] = useState(SERVER_PRESETS[0]?.url ?? '');
  const [wire, setWire] = useState<Place['wire']>('chat');
  const [listing, setListing] = useState<Listing | null>(null);
  const [modelUrl, setModelUrl] = useState('');
  const keys = useSession((state) => state.keys);
  const asking = useRef<AbortController | null>(null);
  const id = useId();

  useEffect(() => {
    let here = true;
    void desk.forwarded().then((found) => here && setForwarded(found));
    return () => {
      here = false;
      asking.current?.abort();
    };
  }, [desk]);

  const through = forwarded.find(({ name }) => chosen === `${VIA}${name}`);
  const url = through ? null : baseUrl(typed, wire);
  const place = through ? `${VIA}${through.name}` : (url ?? '');

  const leave = () => {
    asking.current?.abort();
    setListing(null);
  };
  const choose = (value: string) => {
    leave();
    setChosen(value);
    const preset = SERVER_PRESETS.find((one) => one.id === value);
    const site = forwarded.find(({ name }) => value === `${VIA}${name}`);
    setTyped(preset?.url ?? '');
    setWire(site?.wire ?? preset?.wire ?? 'chat');
  };
  const take = (found: Place, model: string) => setModelUrl(model === '' ? '' : formatRemote({ ...found, model }));
  const connect = (event: SubmitEvent) => {
    event.preventDefault();
    const server = through ? { via: through.name } : url === null ? null : { url };
    const asked: Place | null = server && { wire, server };
    if (!asked) return setListing({ status: 'failed', words: words.addressWrong });
    asking.current?.abort();
    const abort = new AbortController();
    asking.current = abort;
    setListing({ status: 'asking' });
    desk.list(asked, keys[place] ?? null, abort.signal).then(
      (models) => {
        if (abort.signal.aborted) return;
        setListing({ status: 'found', place: asked, models });
        take(asked, models?.[0] ?? '');
      },
      (error: unknown) => {
        if (!abort.signal.aborted) setListing({ status: 'failed', words: problemWords(words, error) });
      },
    );
  };

  return (
    <div className="flex flex-col gap-4 pt-3">
      <p className="text-small text-ink-soft">{words.about}</p>
      <form onSubmit={connect} noValidate className="flex flex-col gap-4">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <span aria-hidden className="text-body">
            {words.preset}
          </span>
          <Select
            label={words.preset}
            value={chosen}
            options={[
              ...forwarded.map(({ name }) => ({ value: `${VIA}${name}`, label: words.ofThisSite({ name }) })),
              ...SERVER_PRESETS.map((preset) => ({ value: preset.id, label: words.presets[preset.id] })),
            ]}
            onChange={choose}
          />
        </div>
        {through ? null : (
          <div>
            <label htmlFor={`${id}-url`} className="mb-1.5 block text-body">
              {words.address}
            </label>
            <input
              id={`${id}-url`}
              type="url"
              inputMode="url"
              value={typed}
              onChange={(event) => {
                leave();
                setTyped(event.target.value);
              }}
              placeholder={words.addressPlaceholder}
              autoComplete="off"
              spellCheck={false}
              className={FIELD}
            />
          </div>
        )}
        {chosen === 'other' || through ? (
          <div className="flex flex-wrap items-center justify-between gap-2">
            <span aria-hidden className="text-body">
              {words.wire}
            </span>
            <Select
              label={words.wire}
              value={wire}
              options={WIRES.map((one) => ({ value: one, label: words.wires[one] }))}
              onChange={(value) => {
                leave();
                setWire(WIRES.find((one) => one === value) ?? 'chat');
              }}
            />
          </div>
        ) : null}
        <KeyField key={place} place={place} ofSite={through?.keyed ?? false} />
        <div className="flex items-center gap-3">
          <Button type="submit" disabled={listing?.status === 'asking'}>
            {words.connect}
          </Button>
          <p role="status" className="min-w-0 text-small text-ink-soft">
            {listing?.status === 'asking' ? words.connecting : null}
            {listing?.status === 'found' && listing.models ? words.found(listing.models.length) : null}
          </p>
        </div>
      </form>
      {listing?.status === 'failed' ? (
        <p role="alert" className="rounded-m bg-danger-wash px-4 py-3 text-small wrap-anywhere">
          {listing.words}
        </p>
      ) : null}
      {listing?.status === 'found' ? (
        <div>
          <ModelChoice listing={listing} modelUrl={modelUrl} onModel={(model) => take(listing.place, model)} />
          {modelUrl === '' ? null : <RemoteWishes modelUrl={modelUrl} onWish={setModelUrl} />}
          <Button weight="primary" disabled={modelUrl === ''} onClick={() => onUse(modelUrl)} className="mt-4">
            {words.use}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

interface ModelChoiceProps {
  readonly listing: Extract<Listing, { status: 'found' }>;
  readonly modelUrl: string;
  readonly onModel: (model: string) => void;
}

function ModelChoice({ listing: { models }, modelUrl, onModel }: ModelChoiceProps) {
  const words = useServersWords();
  const id = useId();
  const model = new URLSearchParams(modelUrl.replace(/^[^?]*\??/, '')).get('model') ?? '';
  if (models && models.length > 0) {
    return (
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span aria-hidden className="text-body">
          {words.model}
        </span>
        <Select
          label={words.model}
          value={model}
          options={models.map((one) => ({ value: one, label: one }))}
          onChange={onModel}
        />
      </div>
    );
  }
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-body">
        {words.model}
      </label>
      <input
        id={id}
        value={model}
        onChange={(event) => onModel(event.target.value.trim())}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        className={FIELD}
      />
      <p className="mt-1 text-small text-ink-faint">{words.modelTyped}</p>
    </div>
  );
}

/** A server's fault has words of its own; what has none is not the server's. */
function problemWords(words: Words['servers'], error: unknown): string {
  const problem = error instanceof EngineError ? error.problem : null;
  if (!problem || !Object.hasOwn(words.problems, problem.code)) return words.problems.unreachable;
  // The table has it, by the line above.
  return say(words.problems, problem as Parameters<typeof say<Words['servers']['problems']>>[1]);
}
