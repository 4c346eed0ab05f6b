/** What observability tools export: Langfuse, LangSmith, Phoenix, MLflow, OpenTelemetry. Each finds calls of models and tools; the rest is one. */
import type { Json } from '@/lib/trajectory';
import type { Format, PictureFinder, Read, Reading, Where } from '../contract';
import { API_RULES } from '../protocols/tell';
import { tellConversations } from '../protocols/tell-all';
import { rawSpansOf } from '../traces/raw-span';
import { isLangfuse, langfuseSpans } from '../traces/langfuse';
import { isLangSmith, langSmithSpans } from '../traces/langsmith';
import { spanOf, systemOfSpan, type TraceSystem } from '../traces/span-kinds';
import { tracesOf, type Span } from '../traces/trace';

const ofSpans = (record: Json, system: TraceSystem): boolean =>
  rawSpansOf(record).some((span) => systemOfSpan(span) === system);

const spansIn = (record: Json): readonly Span[] => rawSpansOf(record).flatMap((raw) => spanOf(raw) ?? []);

/** What a file of traces is read by; a trace is a run for each conversation in it. */
function traceFormat(
  id: Format['id'],
  is: (record: Json) => boolean,
  spans: (record: Json) => readonly Span[],
): Format {
  return {
    id,
    unit: 'file',
    is,
    rules: API_RULES,
    read: (records, where, finder, reading) => readTraces(id, records.flatMap(spans), where, finder, reading),
  };
}

async function* readTraces(
  system: Format['id'],
  spans: readonly Span[],
  where: Where,
  finder: PictureFinder,
  reading: Reading,
): AsyncGenerator<Read, void> {
  let index = 0;
  for (const { conversations } of tracesOf(spans)) {
    yield* tellConversations(conversations, { where, finder, reading, system }, index);
    index += conversations.length;
  }
  if (index === 0) yield { problem: { code: spans.length > 0 ? 'content-switched-off' : 'no-messages' } };
}

export const traces: readonly Format[] = [
  traceFormat('langsmith', isLangSmith, langSmithSpans),
  traceFormat(
    'langfuse',
    (record) => isLangfuse(record) || ofSpans(record, 'langfuse'),
    (record) => [...langfuseSpans(record), ...spansIn(record)],
  ),
  traceFormat('mlflow', (record) => ofSpans(record, 'mlflow'), spansIn),
  traceFormat('openinference', (record) => ofSpans(record, 'openinference'), spansIn),
  traceFormat('otel', (record) => ofSpans(record, 'otel'), spansIn),
];
