/**
 * Archive: runs as files, out and in. Loaded when first used, with the zip library.
 */
export { exportRuns } from './export-runs';
export type { ExportedFile, Progress, RunExport } from './export-runs';
export { importRuns } from './import-runs';
export type { ImportReport } from './import-runs';
export { fileName, writeRunFile } from './run-file';
