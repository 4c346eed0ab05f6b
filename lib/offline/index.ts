/**
 * Offline: the app without a network, as an installed app, and its newer versions. **service worker**: keeps the files of one version.
 * **update**: a newer one that is here and waits. **received**: a picture or a run that another app handed over.
 */
export { startOffline } from './start';
export { takeReceived } from './received';
