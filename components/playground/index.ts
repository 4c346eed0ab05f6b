/**
 * Playground: where everything meets. The page's session, its first screen, its working screen.
 */
export { BenchScreen, CollectionScreen, CompareScreen, LearnScreen, LibraryScreen, SetScreen } from './side-screens';
export { MakeScreen } from './make-screen';
export { PageSession } from './page-session';
export { Playground } from './playground';
