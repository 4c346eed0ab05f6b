/** Every format that runs are written in, in the order in which they are offered. Each one's code comes with its first use. */
import type { ExportId, Writer } from './contract';

export const EXPORTS: readonly { readonly id: ExportId; readonly load: () => Promise<Writer> }[] = [
  { id: 'html', load: async () => (await import('./writers/html')).writeHtml },
  { id: 'native', load: async () => (await import('./writers/native')).writeNative },
  { id: 'document', load: async () => (await import('./writers/native')).writeWithoutPictures },
  { id: 'sheet', load: async () => (await import('./writers/drawn')).writeSheet },
  { id: 'animation', load: async () => (await import('./writers/drawn')).writeAnimation },
  { id: 'markdown', load: async () => (await import('./writers/markdown')).writeMarkdown },
  { id: 'openai', load: async () => (await import('./writers/openai')).writeOpenAi },
  { id: 'atif', load: async () => (await import('./writers/atif')).writeAtif },
  { id: 'deepeyes', load: async () => (await import('./writers/deepeyes')).writeDeepEyes },
];
