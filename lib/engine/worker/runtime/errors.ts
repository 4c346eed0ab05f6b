/**
 * From whatever ONNX Runtime, WebGPU or the browser throw to an `EngineError`. They have no codes of their own, so the
 * words of their messages are read; what is not recognised is `internal` with the original message.
 */
import { messageOf } from '@/lib/port';
import { EngineError, type EngineErrorCode } from '../../contract';

const PATTERNS: readonly (readonly [EngineErrorCode, RegExp])[] = [
  [
    'device-lost',
    /device (?:is |was |has been )?(?:lost|destroyed)|lost device|context lost|instance (?:is )?(?:lost|dropped)/i,
  ],
  // A size that 32 bits cannot count is an overflow to ONNX Runtime, and at the end of its heap it reaches beyond it.
  [
    'out-of-memory',
    /out.of.memory|\bOOM\b|bad_alloc|failed to allocate|allocation failed|array buffer allocation|cannot enlarge memory|SafeIntOnOverflow|memory access out of bounds/i,
  ],
  ['webgpu-unavailable', /failed to get GPU adapter|WebGPU is not supported|requestAdapter|requestDevice/i],
  [
    'unsupported-model',
    /NOT_IMPLEMENTED|could not find an implementation|not a registered function|INVALID_GRAPH|unsupported (?:model|opset|ir)/i,
  ],
  // ONNX Runtime imports its own script. Chrome's, Firefox's and Safari's words, of a script and of any other file.
  [
    'network',
    /failed to fetch|error loading dynamically imported|importing a module script failed|NetworkError when|TypeError: load failed/i,
  ],
];

export function toEngineError(error: unknown, doing: string): EngineError {
  if (error instanceof EngineError) return error;
  const message = messageOf(error);
  const code = PATTERNS.find(([, pattern]) => pattern.test(message))?.[0] ?? 'internal';
  return new EngineError(code, `${doing}: ${message}`, { cause: error });
}
