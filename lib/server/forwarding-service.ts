/** The forwarding of this process, made once from the environment. Next may load this file once for every route. */
import { clientAddress } from './client-address';
import { readEndpoints } from './endpoint-settings';
import { createForwarding, type Forwarding } from './forwarding';
import { createRateLimiter } from './rate-limiter';
import { readTrustedProxies } from './share-settings';
import { sendUpstream } from './upstream';

const SERVICE = Symbol.for('loupe.forwarding');
type Holder = { [SERVICE]?: Forwarding };

export function forwarding(): Forwarding {
  const holder = globalThis as Holder;
  holder[SERVICE] ??= start();
  return holder[SERVICE];
}

function start(): Forwarding {
  const settings = readEndpoints(process.env);
  const proxies = readTrustedProxies(process.env);
  return createForwarding({
    settings,
    limiters: {
      calls: createRateLimiter({ capacity: settings.callsPerMinute, seconds: 60 }),
      bytes: createRateLimiter({ capacity: settings.bytesPerHour, seconds: 3600 }),
    },
    clientOf: (request) => clientAddress(request.headers, proxies),
    send: sendUpstream,
  });
}
