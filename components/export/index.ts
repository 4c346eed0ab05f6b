/** Taking runs out: the choice of a format, and how it goes. Light: the formats' code comes with its first use. */
export { useExporting } from './use-exporting';
export type { Exporting } from './use-exporting';
