/**
 * Where models of a hub come from for who has chosen no other (README.md has the table of settings). Pages are told with every
 * answer (app/layout.tsx), so that one build serves under any setting.
 */
import { SettingsError, type Environment } from './share-settings';

/**
 * `HF_ENDPOINT`, as other programs read it, without a slash at its end; null where it is not set.
 * @throws SettingsError for what pages could not fetch from: their policy (content-policy.ts) has https and this machine only
 */
export function readHubEndpoint(env: Environment): string | null {
  const given = env.HF_ENDPOINT?.trim();
  if (!given) return null;
  const url = URL.canParse(given) ? new URL(given) : null;
  const reachable = url?.protocol === 'https:' || (url?.protocol === 'http:' && url.hostname === 'localhost');
  if (!url || !reachable || url.username + url.password + url.search + url.hash !== '') {
    const hint = 'it has to be a hub’s address that begins with https://, or with http://localhost.';
    throw new SettingsError(`HF_ENDPOINT is "${given}"; ${hint} Correct it, or leave it out.`);
  }
  return given.replace(/\/+$/, '');
}
