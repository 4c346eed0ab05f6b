/**
 * Export: runs written in formats that something else opens. docs/formats.md, the way out.
 *
 * - **writer**: makes one file of runs. **drawing**: what needs a canvas. **part**: a file of the app's build that goes into what is written.
 */
export { EXPORTS } from './all';
export { ExportError } from './contract';
export type { ExportedFile, ExportId, RunsToExport, RunToExport } from './contract';
export { exportRunsAs } from './export-runs-as';
