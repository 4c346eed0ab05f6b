/** What goes wrong with an engine: a code of a closed set, and where people are to know more, the problem in words of a table. */
import { CodedError, type Problem } from '@/lib/port';
import type { Words } from '@/lib/words';
import { writePhrase, type Phrase } from '@/lib/words/phrase';

export const ENGINE_ERROR_CODES = [
  'model-not-found',
  'network',
  'bad-manifest',
  'bad-weights',
  'out-of-memory',
  'device-lost',
  'worker-crashed',
  'webgpu-unavailable',
  'self-test-failed',
  'unsupported-model',
  'context-full',
  'bad-request',
  'not-loaded',
  'internal',
  'gated',
  'quota',
  'offline',
  /** A server that was asked; the problem says which of many. */
  'server',
] as const;

export type EngineErrorCode = (typeof ENGINE_ERROR_CODES)[number];

/** What happened, where people are to know more than the code says. */
export type EngineProblem = Phrase<Words['engine']['problems']> | ServerProblem;

/** What went wrong with a server: code `server`, and words of a table of their own. */
export type ServerProblem = Phrase<Words['servers']['problems']>;

/** What a server does not give. */
export type EngineNote = Phrase<Words['servers']['notes']>;

/** A world error of the engine: it crosses the worker boundary with its code. Cancel is never one of these. */
export class EngineError extends CodedError {
  override readonly name = 'EngineError';
  readonly code: EngineErrorCode;
  readonly problem: EngineProblem | null;

  /** @param what a string is technical: it stands behind the words for the code, for who knows models */
  constructor(code: EngineErrorCode, what: EngineProblem | string, options?: ErrorOptions) {
    super(typeof what === 'string' ? what : writePhrase(what), options);
    this.code = code;
    this.problem = typeof what === 'string' ? null : what;
  }
}

/** An error that came over a port. A code that is none of ours can only be a fault of ours. */
export function engineErrorOf(code: string, message: string, problem: Problem | null): EngineError {
  const known = ENGINE_ERROR_CODES.find((one) => one === code) ?? 'internal';
  // The worker is of the same build: its problems are these.
  return new EngineError(known, (problem as EngineProblem | null) ?? message);
}
