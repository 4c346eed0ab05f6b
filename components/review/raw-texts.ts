/** What was written and what was told in a run, as text. */
import { questionOf, wordsOf, type Trajectory } from '@/lib/trajectory';

/** The model's own tokens, turn by turn, tags and all; of a run that has none, its words. */
export function transcriptOf({ steps }: Pick<Trajectory, 'steps'>): string {
  const turns = new Map<number, string>();
  for (const step of steps) {
    if (step.type === 'result' || step.type === 'said') continue;
    const text = step.tokens.length > 0 ? step.tokens.map((token) => token.text).join('') : wordsOf(step);
    turns.set(step.turn, (turns.get(step.turn) ?? '') + text);
  }
  return [...turns.values()].join('\n\n');
}

/** Every message as the model had it, in the order of the conversation; pictures by their ids. */
export async function promptOf(run: Trajectory): Promise<string> {
  const { conversationOf, findDialect } = await import('@/lib/agent');
  const imageOf = (id: string) => ({ key: id, width: 0, height: 0, data: new Uint8ClampedArray(0) });
  const dialect = findDialect(run.dialect);
  // A dialect that is not spoken here: what is known of it is the run's own system prompt and question.
  if (!dialect) return [run.systemPrompt, questionOf(run)].filter(Boolean).join('\n\n');
  const messages = conversationOf(run, dialect, imageOf, 0);
  return messages
    .map((message) => {
      if (message.role !== 'user') return `[${message.role}]\n${message.text}`;
      const parts = message.content.map((part) => (part.type === 'text' ? part.text : `<${part.image.key}>`));
      return `[user]\n${parts.join('')}`;
    })
    .join('\n\n');
}
