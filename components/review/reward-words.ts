/** A reward in the words given, and in numbers as people read them. Pure. */
import type { KnownAnswer, Reward, RewardV2 } from '@/lib/review';
import type { Words } from '@/lib/words';

type RewardWords = Words['review']['reward'];

/** "2.0", "−0.2"; a true minus, one decimal. */
export function formatReward(value: number): string {
  return value.toFixed(1).replace('-', '−');
}

/** "0.8 accuracy + 0.0 format + 1.2 tool", with the signs between. */
export function rewardSum({ sum }: RewardWords, { accuracy, format, tool }: Reward['code']): string {
  const more = (value: number, name: string) => `${value < 0 ? '−' : '+'} ${formatReward(Math.abs(value))} ${name}`;
  return `${formatReward(accuracy)} ${sum.accuracy} ${more(format, sum.format)} ${more(tool, sum.tool)}`;
}

interface WeighedTerm {
  /** How it came about, as "0.8 × 1"; empty where there is nothing to reckon. */
  readonly sum: string;
  readonly value: string;
}

/** DeepEyesV2's terms by its code's weights. Its code reckons no term for tools. */
export function v2Terms({
  accuracy,
  format,
  searched,
  total,
}: RewardV2): Record<'accuracy' | 'format' | 'tool' | 'total', WeighedTerm> {
  const exact = (value: number): string => String(Math.round(value * 100) / 100);
  return {
    accuracy: {
      sum: `0.8 × ${accuracy}${searched ? ' × 0.9' : ''}`,
      value: exact(0.8 * accuracy * (searched ? 0.9 : 1)),
    },
    format: { sum: `0.2 × ${format}`, value: exact(0.2 * format) },
    tool: { sum: '', value: '–' },
    total: { sum: '', value: exact(total) },
  };
}

/** One sentence a term: why it came out as it did. */
export function termWords(
  words: RewardWords,
  reward: Reward,
  known: KnownAnswer,
): Record<'accuracy' | 'format' | 'tool', string> {
  const accepted = words.accepted(known.accepted);
  return {
    accuracy: reward.right ? words.accuracy(accepted) : words.inaccurate(accepted),
    format: words.format[reward.problem ?? (reward.written ? 'good' : 'unwritten')],
    tool: words.tool[toolReason(reward, known)],
  };
}

function toolReason({ right, looks }: Reward, { needsZoom }: KnownAnswer): keyof RewardWords['tool'] {
  if (!right) return looks > 0 ? 'looked-wrong' : 'no-look-wrong';
  if (looks === 0) return 'no-look';
  return needsZoom ? 'looked' : 'looked-needlessly';
}
