/**
 * Wire: what servers of models say, in their own words. Schemas of answers and of saved bodies alone: nothing here asks anybody.
 *
 * - **chunk**: one piece of a streamed answer. **event**: a line of `text/event-stream` with its data. **told token**: a token with what a
 *   server says of it.
 */
export { chatChunk, modelList, serverFault } from './chat';
export type { ChatChunk, ListedModel, ServerFault, ToldLogprob } from './chat';
export { geminiChunk, geminiModels } from './gemini';
export type { GeminiChunk, GeminiPart } from './gemini';
export { messagesEvent } from './messages';
export type { MessagesBlock, MessagesEvent } from './messages';
export { responsesEvent } from './responses';
export type { ResponsesEvent, ResponsesItem } from './responses';
export { readEvents } from './server-events';
export type { ServerEvent } from './server-events';
