/**
 * Agent: the loop that lets a model look closer, and the dialects it can be held in.
 *
 * - **protocol**: a dialect, as a value. **turn**: one uninterrupted piece of model output. **call**: the model's request to
 *   look closer. **observation**: what it is told back. **held**: what a turn came to (a call, an answer, nothing).
 */
export { runAgent } from './run-agent';
export type { AgentRun } from './run-agent';
export type { ParsedCall, ParserEvent, Protocol, StreamParser, TurnBounds } from './contract';
export { findProtocol, isConstrained } from './protocols';
