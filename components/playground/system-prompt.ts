/**
 * The system prompt that the next run will send, for reading: the loaded model's dialect, or that of the model that ships.
 */
import { findDialect } from '@/lib/agent';
import type { ModelCard } from '@/lib/engine';

export const SHIPPED_DIALECT = 'nano-1';

/** What a loaded model's card says of how it is spoken to. */
type Spoken = Pick<ModelCard, 'dialect' | 'frame'>;

const SHIPPED: Spoken = { dialect: SHIPPED_DIALECT, frame: 'thousandths' };

export function systemPromptFor(tools: boolean, { dialect: id, frame }: Spoken = SHIPPED): string {
  const dialect = findDialect(id);
  return dialect?.systemPrompt(tools, dialect.frame ?? frame) ?? '';
}
