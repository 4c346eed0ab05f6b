/**
 * Python: code that a model wrote, run in this page and away from it.
 *
 * - **sandbox**: runs blocks of code for one run, with one set of names. **block**: what is run at once. **frame**: the document of nobody's
 *   origin it runs in. **small libraries**: what stands in for Pillow and Matplotlib where the real ones are not there.
 */
export { createSandbox } from './create-sandbox';
export type { SandboxOptions } from './create-sandbox';
export * from './contract';
export { ABOUT_BYTES, fetchLibraries, forgetLibraries, keptLibraries, OFFICIAL_ADDRESS } from './libraries';
