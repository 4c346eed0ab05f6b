/** What choosing a model behind a server needs of the outside: the servers that this site passes calls on to, and a server's list. */
import { listModels, remoteMeans, serverOf, WIRES, type RemoteAddress, type WireId } from '@/lib/engine/remote';

export interface ForwardedServer {
  readonly name: string;
  readonly wire: WireId;
  /** Whether the site has a key of its own for it. */
  readonly keyed: boolean;
}

export interface ServerDesk {
  /** Empty where the site passes nothing on, and where it cannot be asked. */
  forwarded(): Promise<readonly ForwardedServer[]>;
  /** Ids; null where it has no list. @throws EngineError `server` */
  list(
    server: Pick<RemoteAddress, 'wire' | 'server'>,
    key: string | null,
    signal: AbortSignal,
  ): Promise<readonly string[] | null>;
}

export const pageServerDesk: ServerDesk = {
  async forwarded() {
    const response = await fetch('/api/servers').catch(() => null);
    const said: unknown = response?.ok ? await response.json().catch(() => null) : null;
    const servers = typeof said === 'object' && said !== null && 'servers' in said ? said.servers : null;
    return Array.isArray(servers) ? servers.flatMap(forwardedOf) : [];
  },
  async list(server, key, signal) {
    const models = await listModels(serverOf(server, key), server.wire, remoteMeans(), signal);
    return models?.map(({ id }) => id) ?? null;
  },
};

function forwardedOf(said: unknown): ForwardedServer[] {
  if (typeof said !== 'object' || said === null || !('name' in said) || typeof said.name !== 'string') return [];
  const wire = 'wire' in said ? WIRES.find((one) => one === said.wire) : undefined;
  return [{ name: said.name, wire: wire ?? 'chat', keyed: 'keyed' in said && said.keyed === true }];
}
