/**
 * Export: runs written in formats that something else opens. docs/formats.md, the way out.
 *
 * - **writer**: makes one file of runs. **scope**: how much of what is here goes into it. **drawing**: what needs a canvas. **part**: a file of the app's build that goes into what is written.
 */
export { EXPORTS } from './all';
export { ExportError } from './contract';
export type { ExportedFile, ExportId, ExportScope, RunsToExport, RunToExport } from './contract';
export { exportRunsAs } from './export-runs-as';
export { branchScopes, runsReadBy } from './scopes';
