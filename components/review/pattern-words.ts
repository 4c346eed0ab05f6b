/** A pattern in the words given: our rule for it, and what in this run made the rule fire. Pure. */
import { PATTERN_LIMITS, type Pattern, type PatternId } from '@/lib/review';
import type { Words } from '@/lib/words';

type PatternWords = Words['review']['patterns'];

export function ruleOf({ named }: PatternWords, id: PatternId): string {
  switch (id) {
    case 'visual-search':
      return named[id].rule(PATTERN_LIMITS.apart);
    case 'visual-confirmation':
      return named[id].rule(PATTERN_LIMITS.same);
    default:
      return named[id].rule;
  }
}

/** What fired, with this run's own numbers. */
export function becauseOf({ because }: PatternWords, pattern: Pattern): string {
  switch (pattern.id) {
    case 'visual-search':
      return because[pattern.id](pattern.looks, pattern.overlap);
    case 'visual-comparison':
      return because[pattern.id](pattern.looks, pattern.labels, pattern.word);
    case 'visual-confirmation':
      return because[pattern.id](pattern.looks, pattern.label, pattern.overlap);
    case 'hallucination-mitigation':
      return because[pattern.id](pattern.before, pattern.after);
    default:
      return pattern satisfies never;
  }
}
