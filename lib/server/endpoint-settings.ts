/**
 * Which servers of models pages may reach (README.md has the table): addresses that their policy names besides https and this machine, and
 * servers that this one passes calls on to, with keys that stay here. Nothing by default.
 */
import { SettingsError, type Environment } from './share-settings';

export interface Endpoint {
  readonly name: string;
  /** What stands before `/chat/completions` and its like, without a slash at its end. */
  readonly base: string;
  /** Null: the person's own, or none. */
  readonly key: string | null;
}

export interface EndpointSettings {
  readonly endpoints: readonly Endpoint[];
  /** Of one request. */
  readonly maxBytes: number;
  /** A client may ask so often a minute, and send so many bytes an hour. */
  readonly callsPerMinute: number;
  readonly bytesPerHour: number;
}

const NAME = /^[a-z0-9][a-z0-9_-]{0,39}$/i;
const ORIGIN = /^https?:\/\/[a-z0-9*.-]+(:(\d{1,5}|\*))?$/i;

/** @throws SettingsError; a key is in no message */
export function readEndpoints(env: Environment): EndpointSettings {
  const entries = env.LOUPE_ENDPOINTS?.trim().split(/[\s;]+/) ?? [];
  const endpoints = entries.filter(Boolean).map((entry): Endpoint => {
    const [, name = '', address = '', key] = /^([^=]*)=([^,]*)(?:,(.*))?$/.exec(entry) ?? [];
    const url = URL.canParse(address) ? new URL(address) : null;
    const reachable = url?.protocol === 'https:' || url?.protocol === 'http:';
    if (!NAME.test(name) || !url || !reachable || url.username + url.password + url.search + url.hash !== '') {
      const hint = 'each is name=url or name=url,key: letters and digits, then an http or https address.';
      throw new SettingsError(`LOUPE_ENDPOINTS has "${entry.replace(/,.*/, ',…')}"; ${hint}`);
    }
    if (key !== undefined && !/^[\x21-\x7e]{1,500}$/.test(key)) {
      throw new SettingsError(`LOUPE_ENDPOINTS: the key of "${name}" cannot stand in a header.`);
    }
    return { name, base: url.href.replace(/\/+$/, ''), key: key ?? null };
  });
  const twice = endpoints.find(({ name }, at) => endpoints.findIndex((one) => one.name === name) !== at);
  if (twice) throw new SettingsError(`LOUPE_ENDPOINTS names "${twice.name}" twice.`);
  const number = (name: string, fallback: number): number => {
    const given = env[name]?.trim() || String(fallback);
    if (!/^[1-9][0-9]{0,14}$/.test(given)) {
      throw new SettingsError(`${name} is "${given}"; it has to be a whole number from 1.`);
    }
    return Number(given);
  };
  return {
    endpoints,
    maxBytes: number('LOUPE_ENDPOINT_MAX_BYTES', 33_554_432),
    callsPerMinute: number('LOUPE_ENDPOINT_CALLS_PER_MINUTE', 60),
    bytesPerHour: number('LOUPE_ENDPOINT_BYTES_PER_HOUR', 500_000_000),
  };
}

/** `LOUPE_CONNECT`: origins for the pages' policy, such as `http://192.168.1.7:8000`. @throws SettingsError for what is none */
export function readConnect(env: Environment): readonly string[] {
  const origins =
    env.LOUPE_CONNECT?.trim()
      .split(/[\s,]+/)
      .filter(Boolean) ?? [];
  const wrong = origins.find((origin) => !ORIGIN.test(origin));
  if (wrong !== undefined) {
    throw new SettingsError(`LOUPE_CONNECT has "${wrong}"; it is a list of origins such as http://192.168.1.7:8000.`);
  }
  return origins;
}
