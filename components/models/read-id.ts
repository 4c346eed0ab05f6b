/** What a person may paste to name a model of a hub. */
import { isRepositoryId, parseModelUrl } from '@/lib/models/hub';

export interface ReadId {
  readonly id: string;
  /** null: not named. */
  readonly revision: string | null;
}

/** `owner/name`, a page of it on a hub (with `/tree/<revision>` or not), or an address of ours; null for anything else. */
export function readId(text: string): ReadId | null {
  const page = /^https?:\/\/[^/]+\/([^/?#]+\/[^/?#]+)(?:\/(?:tree|blob|resolve)\/([^/?#]+))?/.exec(text);
  const [, id = text, revision = null] = page ?? [];
  if (isRepositoryId(id)) return { id, revision: revision === 'main' ? null : revision };
  if (page) return null;
  try {
    const address = parseModelUrl(text);
    return address.kind === 'hub' ? { id: address.id, revision: address.revision } : null;
  } catch {
    return null;
  }
}
