/**
 * Agent: the loop that lets a model look closer, the dialects it can be held in, and the tools it can use.
 *
 * - **dialect**: how a family of models is asked and answered, as a value. **turn**: one uninterrupted piece of model output. **call**: the
 *   model's request for a tool. **verdict**: what a written call comes to. **result**: what a call brings. **refusal**: why it is not
 *   carried out. **conversation**: what the model has been told so far, read from the run.
 */
export { runAgent } from './run-agent';
export { createLook, imageOfView, wholeImage } from './look';
export type { Look, SourceOf } from './look';
export { shownPictures } from './shown-pictures';
export { isSameModel } from './beginning';
export type { AgentRun, Given } from './order';
export type { Dialect, ParserEvent, ReadCall, StreamParser, TurnBounds } from './contract';
export { forkOf } from './fork';
export type { Fork, ForkChange, Forked, ForkProblem, Goer } from './fork';
export { situationOf } from './judge';
export { aboutRegion, writeLook } from './write-look';
export { textOf, turnPieces } from './begun';
export { conversationOf } from './conversation';
export { findDialect, isConstrained } from './dialects';
export type { OwnDialects } from './dialects';
export { dialectOfFile, OWN, readOwnDialect } from './dialects/own';
export { starterDialect } from './dialects/own-starter';
export type { OwnDialectProblem, OwnDialectReading } from './dialects/own';
export { readReply } from './read-reply';
export type { ReplyPart } from './read-reply';
export { frameOf } from './judge';
export { offeredBy } from './offered';
export { TOOLS } from './tools';
export { SEARCH_TOOLS } from './tools/search';
