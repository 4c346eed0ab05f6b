/**
 * The system prompt that the next run will send, for reading: the loaded model's dialect, or that of the model that ships.
 */
import { findDialect, frameOf, type OwnDialects } from '@/lib/agent';
import type { ModelCard } from '@/lib/engine';

export const SHIPPED_DIALECT = 'nano-1';

/** What a loaded model's card says of how it is spoken to. */
type Spoken = Pick<ModelCard, 'dialect' | 'frame' | 'wishedFrame'>;

const SHIPPED: Spoken = { dialect: SHIPPED_DIALECT, frame: 'thousandths' };

export function systemPromptFor(tools: boolean, card: Spoken = SHIPPED, own: OwnDialects = {}): string {
  const dialect = findDialect(card.dialect, own);
  return dialect?.systemPrompt(tools, frameOf(dialect, card)) ?? '';
}
