/**
 * The system prompt that the next run will send, for reading: the loaded model's dialect, or that of the model that ships.
 */
import { findProtocol } from '@/lib/agent';

export const SHIPPED_PROTOCOL = 'nano-1';

export function systemPromptFor(tools: boolean, protocolId: string = SHIPPED_PROTOCOL): string {
  return findProtocol(protocolId)?.systemPrompt(tools) ?? '';
}
