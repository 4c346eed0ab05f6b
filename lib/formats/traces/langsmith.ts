/** LangSmith's runs: what a model's run was given and gave is its provider's own body. */
import type { Json } from '@/lib/trajectory';
import { isObject, textOf } from '../json-shape';
import { objectAt, objectsAt } from '../protocols/body';
import type { Span } from './trace';

export function isLangSmith(record: Json): boolean {
  if (!isObject(record)) return false;
  return (
    (textOf(record['run_type']) !== '' && ('inputs' in record || 'outputs' in record || 'dotted_order' in record)) ||
    [...objectsAt(record, 'runs'), ...objectsAt(record, 'child_runs')].some(isLangSmith)
  );
}

export function langSmithSpans(record: Json): readonly Span[] {
  if (!isObject(record)) return [];
  const inner = [...objectsAt(record, 'runs'), ...objectsAt(record, 'child_runs')].flatMap(langSmithSpans);
  const type = textOf(record['run_type']);
  if (type === '') return inner;
  const id = textOf(record['id']);
  const metadata = objectAt(objectAt(record, 'extra'), 'metadata');
  const kind = type === 'llm' ? 'model' : type === 'tool' ? 'tool' : 'whole';
  const span: Span = {
    trace: textOf(record['trace_id']) || id,
    id,
    name: textOf(record['name']),
    // Its order, not its time: that of several may be the same.
    start: textOf(record['dotted_order']) || textOf(record['start_time']),
    kind,
    input: record['inputs'] ?? null,
    output: record['outputs'] ?? null,
    model: textOf(metadata['ls_model_name']),
    callId: textOf(metadata['tool_call_id']) || textOf(objectAt(objectAt(record, 'outputs'), 'output')['tool_call_id']),
    error: textOf(record['error']),
  };
  // Chains repeat what went in and out of the models within them.
  return kind === 'whole' ? inner : [span, ...inner];
}
