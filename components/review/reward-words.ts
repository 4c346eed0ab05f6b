/** A reward in words and numbers as people read them. Pure. */
import type { FormatProblem, KnownAnswer, Reward } from '@/lib/review';

/** "2.0", "−0.2"; a true minus, one decimal. */
export function formatReward(value: number): string {
  return value.toFixed(1).replace('-', '−');
}

/** "0.8 accuracy + 0.0 format + 1.2 tool", with the signs between. */
export function rewardSum({ accuracy, format, tool }: Reward['code']): string {
  const more = (value: number, name: string) => `${value < 0 ? '−' : '+'} ${formatReward(Math.abs(value))} ${name}`;
  return `${formatReward(accuracy)} accuracy ${more(format, 'format')} ${more(tool, 'tool')}`;
}

const FORMAT_WORDS = {
  'think-tags': 'A thought was opened and not closed, or closed and not opened.',
  'answer-tags': 'After the last thought, the answer’s tags do not pair.',
  'long-answer': 'An answer of a thousand characters or more is no answer: it counts as wrong and badly formed.',
} as const satisfies Record<FormatProblem, string>;

/** One sentence a term: why it came out as it did. */
export function termWords(reward: Reward, known: KnownAnswer): Record<'accuracy' | 'format' | 'tool', string> {
  const accepted = known.accepted.map((text) => `“${text}”`).join(' or ');
  return {
    accuracy: reward.right ? `The answer is one that is accepted: ${accepted}.` : `Accepted is ${accepted}.`,
    format: formatSentence(reward),
    tool: toolSentence(reward, known),
  };
}

function formatSentence({ problem, written }: Reward): string {
  if (problem !== null) return FORMAT_WORDS[problem];
  return written
    ? 'Every tag that was opened was closed.'
    : 'This run does not hold what the model wrote word by word, so its tags are taken as good.';
}

function toolSentence({ right, looks }: Reward, { needsZoom }: KnownAnswer): string {
  if (!right) return looks > 0 ? 'It looked closer, but only a right answer earns this.' : 'It did not look closer.';
  if (looks === 0) return 'Right, but without a closer look.';
  return needsZoom
    ? 'It looked closer, and was right.'
    : 'It looked closer, and was right. This could be told from the overview; the reward does not ask.';
}
