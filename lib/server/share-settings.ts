/**
 * How shares are kept and limited, all of it from the environment (README.md has the table). A value that makes no sense stops
 * the server with its name, instead of being replaced in silence.
 */
import { SHARE_EXPIRIES, type ShareExpiry } from '@/lib/share/contract';
import { MAX_OPEN_BYTES } from '@/lib/share/wire';

/** A day: what expired should not lie there for longer. Beyond 35,791 minutes Node's timers would fire at once. */
const MAX_SWEEP_MINUTES = 1440;

export interface S3Settings {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Before every object's name; empty or ending in a slash. */
  readonly prefix: string;
}

export interface ShareSettings {
  readonly enabled: boolean;
  readonly expiries: readonly ShareExpiry[];
  /** Of one share, encrypted. */
  readonly maxBytes: number;
  /** Of all shares together; Infinity: no limit of ours. */
  readonly storeBytes: number;
  /** A client may make so many shares an hour, send so many bytes an hour, and read so many a minute. */
  readonly createsPerHour: number;
  readonly uploadBytesPerHour: number;
  readonly readsPerMinute: number;
  readonly sweepMinutes: number;
  readonly store: { readonly kind: 'files'; readonly folder: string } | ({ readonly kind: 's3' } & S3Settings);
}

export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

export type Environment = Readonly<Record<string, string | undefined>>;

export function readShareSettings(env: Environment): ShareSettings {
  const text = (name: string, fallback: string): string => env[name]?.trim() || fallback;
  const number = (name: string, fallback: number, least: number, most = Number.MAX_SAFE_INTEGER): number => {
    const given = text(name, String(fallback));
    const value = Number(given);
    if (!/^[0-9]+$/.test(given) || !Number.isSafeInteger(value) || value < least || value > most) {
      const upTo = most === Number.MAX_SAFE_INTEGER ? '' : ` to ${most}`;
      throw new SettingsError(`${name} is "${given}"; it has to be a whole number from ${least}${upTo}.`);
    }
    return value;
  };
  const needed = (name: string): string => {
    const value = text(name, '');
    if (value === '') throw new SettingsError(`${name} is missing; LOUPE_S3_ENDPOINT needs it.`);
    return value;
  };

  const shares = text('LOUPE_SHARES', 'on');
  if (shares !== 'on' && shares !== 'off') throw new SettingsError(`LOUPE_SHARES is "${shares}"; it is on or off.`);
  const chosen = text('LOUPE_SHARE_EXPIRIES', SHARE_EXPIRIES.join(',')).split(',');
  const expiries = SHARE_EXPIRIES.filter((expiry) => chosen.includes(expiry));
  if (expiries.length !== chosen.length) {
    throw new SettingsError(`LOUPE_SHARE_EXPIRIES is a list of ${SHARE_EXPIRIES.join(', ')}.`);
  }
  const storeBytes = number('LOUPE_SHARE_STORE_BYTES', 10_000_000_000, 0);
  const endpoint = text('LOUPE_S3_ENDPOINT', '');
  return {
    enabled: shares === 'on',
    expiries,
    // No page opens more.
    maxBytes: number('LOUPE_SHARE_MAX_BYTES', 25_000_000, 1024, MAX_OPEN_BYTES),
    storeBytes: storeBytes === 0 ? Number.POSITIVE_INFINITY : storeBytes,
    createsPerHour: number('LOUPE_SHARE_CREATES_PER_HOUR', 60, 1),
    uploadBytesPerHour: number('LOUPE_SHARE_UPLOAD_BYTES_PER_HOUR', 500_000_000, 1024),
    readsPerMinute: number('LOUPE_SHARE_READS_PER_MINUTE', 240, 1),
    sweepMinutes: number('LOUPE_SHARE_SWEEP_MINUTES', 10, 1, MAX_SWEEP_MINUTES),
    store:
      endpoint === ''
        ? { kind: 'files', folder: text('LOUPE_DATA', './data') }
        : {
            kind: 's3',
            endpoint: s3Endpoint(endpoint),
            bucket: needed('LOUPE_S3_BUCKET'),
            region: text('LOUPE_S3_REGION', 'us-east-1'),
            accessKeyId: needed('LOUPE_S3_ACCESS_KEY_ID'),
            secretAccessKey: needed('LOUPE_S3_SECRET_ACCESS_KEY'),
            prefix: s3Prefix(text('LOUPE_S3_PREFIX', '')),
          },
  };
}

/** How many proxies stand between the clients and this server, each appending to X-Forwarded-For. */
export function readTrustedProxies(env: Environment): number {
  const given = env.LOUPE_TRUSTED_PROXIES?.trim() || '0';
  if (!/^[0-9]$/.test(given))
    throw new SettingsError(`LOUPE_TRUSTED_PROXIES is "${given}"; it is a number from 0 to 9.`);
  return Number(given);
}

function s3Endpoint(given: string): string {
  try {
    const url = new URL(given);
    if (url.protocol === 'https:' || url.protocol === 'http:') return url.href.replace(/\/+$/, '');
  } catch {
    // Said below.
  }
  throw new SettingsError(`LOUPE_S3_ENDPOINT is "${given}"; it has to be an http or https address.`);
}

function s3Prefix(given: string): string {
  if (!/^[A-Za-z0-9/_.-]*$/.test(given)) {
    throw new SettingsError('LOUPE_S3_PREFIX holds letters, digits and / _ . - only.');
  }
  return given === '' || given.endsWith('/') ? given : `${given}/`;
}
