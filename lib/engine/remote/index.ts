/**
 * Models behind a server. A door of its own beside lib/engine: it is opened only where somebody chose one, so none of it comes with the
 * first page.
 *
 * - **wire**: a protocol, by which a turn is asked for. **fault**: why a server did not answer, of a closed set. **echo**: what a protocol
 *   wants back unchanged with the next turn. **via**: through the page's own server.
 */
export { baseUrl, formatRemote, hostOf, isRemote, parseRemote, WIRES } from './address';
export type { RemoteAddress, WireId } from './address';
export { cardOf as remoteCard, habitsOf, USUAL_TOKENS, usualBounds } from './known-models';
export { listModels } from './list-models';
export { remoteEngine, remoteMeans, serverOf } from './remote-engine';
export type { RemoteOptions } from './remote-engine';
