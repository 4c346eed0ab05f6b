/** The patterns in words: what DeepEyes means by each, our rule for it, and what in this run made the rule fire. Pure. */
import { PATTERN_LIMITS, type Pattern, type PatternId } from '@/lib/review';

interface PatternWords {
  readonly name: string;
  /** After the paper, in our words. */
  readonly meaning: string;
  /** Ours. */
  readonly rule: string;
}

export const PATTERN_WORDS = {
  'visual-search': {
    name: 'Visual search',
    meaning: 'It goes over several places for a clue that is missing.',
    rule: `two looks whose boxes overlap by less than ${PATTERN_LIMITS.apart} (IoU) and of which none lies for the most part in the other, and no answer claimed before the first.`,
  },
  'visual-comparison': {
    name: 'Visual comparison',
    meaning: 'It looks at different things one after the other, and compares them.',
    rule: 'two looks under different labels, and a comparing word in the question or in a thought.',
  },
  'visual-confirmation': {
    name: 'Visual confirmation',
    meaning: 'It has an idea, and looks at the same thing again to be sure.',
    rule: `two looks in a row under one label whose boxes overlap by more than ${PATTERN_LIMITS.same} (IoU), and nothing claimed that the answer takes back.`,
  },
  'hallucination-mitigation': {
    name: 'Hallucination mitigation',
    meaning: 'What it claimed at first it corrects after looking.',
    rule: 'a thought before the first look claims another answer than the one given.',
  },
} as const satisfies Record<PatternId, PatternWords>;

/** What fired, with this run's own numbers. */
export function becauseOf(pattern: Pattern): string {
  switch (pattern.id) {
    case 'visual-search':
      return `Looks ${pattern.looks.join(' and ')} overlap by ${pattern.overlap.toFixed(2)}, and nothing was claimed before.`;
    case 'visual-comparison':
      return `Look ${pattern.looks[0]} is at “${pattern.labels[0]}”, look ${pattern.looks[1]} at “${pattern.labels[1]}”, and the words compare: “${pattern.word}”.`;
    case 'visual-confirmation':
      return `Looks ${pattern.looks.join(' and ')} are both at “${pattern.label}” and overlap by ${pattern.overlap.toFixed(2)}; the answer stayed.`;
    case 'hallucination-mitigation':
      return `Before looking it said “${pattern.before}”, in the end “${pattern.after}”.`;
    default:
      return pattern satisfies never;
  }
}
