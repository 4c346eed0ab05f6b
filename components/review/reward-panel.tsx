'use client';
/** Right or wrong and the reward in one line; opened, term by term, as the paper and as the released code have it. */
import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { CODE_WEIGHTS, type KnownAnswer, type Reward, type RewardV2 } from '@/lib/review';
import { useReviewWords } from '@/lib/words/review';
import { formatReward, rewardSum, termWords, v2Terms } from './reward-words';
import { Verdict } from './verdict';

interface RewardPanelProps {
  readonly reward: Reward;
  /** DeepEyesV2's of the same run. */
  readonly v2: RewardV2 | null;
  readonly known: KnownAnswer;
}

const TERMS = ['accuracy', 'format', 'tool'] as const;

const CELL = 'py-1.5 pl-3 text-right align-top whitespace-nowrap tabular';

export function RewardPanel({ reward, v2, known }: RewardPanelProps): ReactNode {
  const words = useReviewWords().reward;
  const why = termWords(words, reward, known);
  const second = v2 && v2Terms(v2);
  const pays = TERMS.some((term) => reward.code[term] !== 0);
  return (
    <details data-reward={reward.code.total} className="group rounded-m border border-line bg-raised text-small">
      <summary className="flex list-none items-start gap-2 rounded-m px-3 py-2 hover:bg-hover [&::-webkit-details-marker]:hidden">
        <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2">
          <Verdict right={reward.right} />
          {reward.right ? null : <span>{words.theAnswerIs(known.answer)}</span>}
          <span className="tabular text-ink-soft">
            {words.name} <strong className="font-semibold text-ink">{formatReward(reward.code.total)}</strong>{' '}
            {pays ? <span className="text-ink-faint">= {rewardSum(words, reward.code)}</span> : null}
          </span>
        </span>
        <ChevronDown
          size={16}
          aria-hidden
          className="mt-0.5 shrink-0 text-ink-faint transition-transform duration-(--quick) group-open:rotate-180"
        />
      </summary>
      <div className="border-t border-line px-3 pt-1 pb-3">
        <table className="w-full">
          <caption className="sr-only">{words.caption}</caption>
          <thead>
            <tr className="text-micro text-ink-faint">
              <th scope="col" className="py-1 text-left font-medium">
                {words.term}
              </th>
              <th scope="col" className={`${CELL} font-medium`}>
                {words.paper}
              </th>
              <th scope="col" className={`${CELL} font-medium`}>
                {words.code}
              </th>
              {second ? (
                <th scope="col" title={words.v2Hint} className={`${CELL} font-medium`}>
                  {words.v2}
                </th>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {TERMS.map((term) => (
              <tr key={term} className="border-t border-line">
                <th scope="row" className="py-1.5 text-left font-normal">
                  <span className="font-medium">{words.terms[term]}</span>
                  <span className="block text-ink-soft">{why[term]}</span>
                </th>
                <td className={CELL}>{formatReward(reward.paper[term])}</td>
                <td className={CELL}>
                  <span className="text-ink-faint">
                    {CODE_WEIGHTS[term]} × {formatReward(reward.terms[term]).replace(/\.0$/, '')} ={' '}
                  </span>
                  {formatReward(reward.code[term])}
                </td>
                {second ? (
                  <td className={CELL} data-v2={term}>
                    {second[term].sum ? <span className="text-ink-faint">{second[term].sum} = </span> : null}
                    {second[term].value}
                  </td>
                ) : null}
              </tr>
            ))}
            <tr className="border-t border-line-strong font-semibold">
              <th scope="row" className="py-1.5 text-left">
                {words.name}
              </th>
              <td className={CELL}>{formatReward(reward.paper.total)}</td>
              <td className={CELL}>{formatReward(reward.code.total)}</td>
              {second ? (
                <td className={CELL} data-v2="total">
                  {second.total.value}
                </td>
              ) : null}
            </tr>
          </tbody>
        </table>
        <p className="mt-1 text-micro text-ink-faint">
          {words.about} {second ? words.v2About : null}
        </p>
      </div>
    </details>
  );
}
