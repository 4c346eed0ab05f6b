/** Taking runs out: the formats, and how it went. */
import { countingIn } from '../counting';

const { counted, number } = countingIn('en');

const runs = (count: number) => counted(count, { one: 'run', other: 'runs' });

export const exports = {
  title: 'Export',
  what: 'What to export',
  scopes: {
    run: () => 'This run',
    branch: (count: number) => `This branch (${runs(count)})`,
    tree: (count: number) => `All branches (${runs(count)})`,
    selection: (count: number) => `Selected (${runs(count)})`,
    shown: (count: number) => `Filtered (${runs(count)})`,
    set: (count: number) => `Whole set (${runs(count)})`,
  },
  formats: {
    html: { name: 'Web page', ending: 'HTML', about: 'One file that plays the run anywhere, also offline.' },
    native: { name: 'Loupe run', ending: 'JSON', about: 'Everything, including pictures. Opens here again unchanged.' },
    document: { name: 'Loupe run, no pictures', ending: 'JSON', about: 'The same document, without image files.' },
    sheet: { name: 'Contact sheet', ending: 'PNG', about: 'The picture with its boxes, and every crop.' },
    animation: { name: 'Animation', ending: 'WebP', about: 'The run step by step, to post or embed.' },
    markdown: { name: 'Markdown', ending: 'ZIP', about: 'Text and pictures for an issue or a doc.' },
    openai: { name: 'OpenAI messages', ending: 'JSONL', about: 'Chat messages with tool calls, one run per line.' },
    atif: { name: 'ATIF', ending: 'ZIP', about: 'Agent trajectory with its pictures.' },
    deepeyes: { name: 'DeepEyes results', ending: 'ZIP', about: 'Evaluation rows with their pictures.' },
  },
  working: (done: number, total: number) =>
    total > 1 ? `Exporting ${number(Math.min(done + 1, total))} of ${number(total)}` : 'Exporting',
  problems: {
    failed: 'The export failed. Try another format.',
    'too-large': 'That’s too much for one file. Export fewer runs.',
    'part-missing': 'The player couldn’t be loaded. Check your connection and try again.',
    'no-webp': 'This browser can’t write WebP. Try Chrome, Edge, or Firefox.',
    'nothing-to-draw': 'None of the pictures are here.',
  },
};
