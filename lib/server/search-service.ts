/** The search of this process, made once from the environment. Next may load this file once for every route. */
import { clientAddress } from './client-address';
import { readEndpoints } from './endpoint-settings';
import { createRateLimiter } from './rate-limiter';
import { createSearchForwarding, readSearchEngine, type SearchForwarding } from './search-forwarding';
import { readTrustedProxies } from './share-settings';
import { sendUpstream } from './upstream';

const SERVICE = Symbol.for('loupe.search');
type Holder = { [SERVICE]?: SearchForwarding };

export function searchForwarding(): SearchForwarding {
  const holder = globalThis as Holder;
  holder[SERVICE] ??= start();
  return holder[SERVICE];
}

function start(): SearchForwarding {
  const proxies = readTrustedProxies(process.env);
  const { callsPerMinute } = readEndpoints(process.env);
  return createSearchForwarding({
    engine: readSearchEngine(process.env),
    limiter: createRateLimiter({ capacity: callsPerMinute, seconds: 60 }),
    clientOf: (request) => clientAddress(request.headers, proxies),
    send: sendUpstream,
  });
}
