/**
 * Playground: where everything meets. The page's session, its first screen, its working screen. The bench's screen is imported
 * from its own file, so that the first page does not carry it.
 */
export { LibraryScreen } from './library-screen';
export { MakeScreen } from './make-screen';
export { PageSession } from './page-session';
export { Playground } from './playground';
