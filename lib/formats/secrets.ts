/**
 * What nobody means to show: keys, tokens and signed addresses that a log's words hold. They are taken out before anything is told of them, so
 * that no link, picture or file that is made of a run has them.
 */
import type { Json } from '@/lib/trajectory';
import { isList, isObject } from './json-shape';

/** Shapes that nothing else has; each is bounded, so that no text makes them slow. */
const SECRETS: readonly RegExp[] = [
  /\b(?:sk|pk|rk)-(?:ant-|proj-|lf-|or-|svcacct-)?[A-Za-z0-9_-]{20,200}/g,
  /\bgh[pousr]_[A-Za-z0-9]{30,100}|\bgithub_pat_[A-Za-z0-9_]{30,150}/g,
  /\bxox[abprs]-[A-Za-z0-9-]{10,200}/g,
  /\bhf_[A-Za-z0-9]{30,60}/g,
  /\bAIza[A-Za-z0-9_-]{35}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\beyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{10,2000}/g,
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]{0,8000}?-----END [A-Z ]{0,30}PRIVATE KEY-----/g,
  // Of these, what leads to the secret stays.
  /(\b[Bb]earer\s)[A-Za-z0-9._~+/-]{20,2000}=*/g,
  /([?&](?:X-(?:Amz|Tos|Goog)-(?:Signature|Credential|Security-Token)|Signature|sig|access_token|api_key|key|token)=)[^&\s"'<>)•]{8,2000}/gi,
  /(\b[A-Z0-9_]{0,60}(?:API_KEY|SECRET|TOKEN|PASSWORD)["']?\s?[=:]\s?["']?)[^\s"',;}•]{8,500}/g,
];

const HIDDEN = '•••';

export interface Cleaned<T> {
  readonly value: T;
  readonly hidden: number;
}

export function withoutSecretsInText(text: string): Cleaned<string> {
  let hidden = 0;
  let value = text;
  for (const secret of SECRETS)
    value = value.replace(secret, (_, lead: unknown) => {
      hidden += 1;
      return (typeof lead === 'string' ? lead : '') + HIDDEN;
    });
  return { value, hidden };
}

/** Whose values are never shown, whatever they look like. */
const KEYS = /^(?:authorization|x-api-key|api[-_]?key|x-goog-api-key|secret|password|access[-_]?token|cookie|set-cookie)$/i;

export function withoutSecrets(json: Json, depth = 0): Cleaned<Json> {
  if (typeof json === 'string') return withoutSecretsInText(json);
  if (depth > 40) return { value: null, hidden: 0 };
  let hidden = 0;
  const clean = (one: Json): Json => {
    const cleaned = withoutSecrets(one, depth + 1);
    hidden += cleaned.hidden;
    return cleaned.value;
  };
  if (isList(json)) return { value: json.map(clean), hidden };
  if (!isObject(json)) return { value: json, hidden: 0 };
  const value = Object.fromEntries(
    Object.entries(json).map(([key, one]) => {
      if (!KEYS.test(key) || typeof one !== 'string' || one === '') return [key, clean(one)];
      hidden += 1;
      return [key, HIDDEN];
    }),
  );
  return { value, hidden };
}
