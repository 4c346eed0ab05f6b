/** A result as one line of DeepEyes' evaluation format, with the run in it for Loupe (docs/evaluation.md). */
import { writeDeepEyesLine } from '@/lib/trajectory';
import type { BenchResult } from './result';

/** Without the line break. */
export function jsonLineOf(result: BenchResult): string {
  return writeDeepEyesLine(result.trajectory, {
    answer: result.answer,
    right: result.right,
    facts: {
      id: result.id,
      kind: result.kind,
      needsZoom: result.needsZoom,
      tools: result.tools,
      search: result.search,
      abilities: result.abilities,
      domain: result.domain,
      outcome: result.outcome,
      calls: result.calls,
      callIous: result.callIous,
      targetIou: result.targetIou,
      tagInLastCall: result.tagInLastLook,
    },
  });
}
