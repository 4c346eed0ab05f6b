/**
 * The system prompt that the next run will send, for reading: the loaded model's dialect, or that of the model that ships.
 */
import { findProtocol } from '@/lib/agent';
import type { ModelManifest } from '@/lib/engine';

export const SHIPPED_PROTOCOL = 'nano-1';

/** What a loaded model's manifest says of its dialect. */
type Dialect = Pick<ModelManifest, 'protocol' | 'frame'>;

const SHIPPED: Dialect = { protocol: SHIPPED_PROTOCOL, frame: 'thousandths' };

export function systemPromptFor(tools: boolean, { protocol: id, frame }: Dialect = SHIPPED): string {
  const protocol = findProtocol(id);
  return protocol?.systemPrompt(tools, protocol.frame ?? frame) ?? '';
}
