/** Words of ONNX Runtime 1.30 and of browsers, as they were seen, and the codes they come to. */
import { expect, it } from 'vitest';
import { EngineError } from '../../contract';
import { toEngineError } from './errors';

it.each([
  ['out-of-memory', 'failed to call OrtRun(). ERROR_CODE: 6, ERROR_MESSAGE: std::bad_alloc'],
  ['out-of-memory', 'safeint.h:17 static void SafeIntExceptionHandler<…>::SafeIntOnOverflow() Integer overflow'],
  ['out-of-memory', 'memory access out of bounds'],
  ['out-of-memory', 'Array buffer allocation failed'],
  ['device-lost', 'A valid external Instance reference no longer exists: instance dropped'],
  ['network', 'Failed to fetch dynamically imported module: https://a.b/ort.mjs'],
  ['internal', 'Non-zero status code returned while running Reshape node'],
] as const)('%s: %s', (code, words) => {
  expect(toEngineError(new Error(words), 'The model could not answer')).toMatchObject({ code });
});

it('leaves what has a code already as it is', () => {
  const error = new EngineError('context-full', 'Full.');
  expect(toEngineError(error, 'x')).toBe(error);
});
