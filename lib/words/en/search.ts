/** Searching: the page of the collection, the choice beside the question, and what may go wrong. */
import { countingIn } from '../counting';

const { counted } = countingIn('en');

const documents = (count: number) => counted(count, { one: 'document', other: 'documents' });
const pictures = (count: number) => counted(count, { one: 'picture', other: 'pictures' });

export const search = {
  about:
    'Documents and pictures a model can search while it answers. They stay in this browser, and nothing here is sent anywhere unless the model runs on a server: then it gets what it finds.',

  add: {
    files: 'Add files',
    folder: 'Add a folder',
    fileInput: 'Files for the collection',
    folderInput: 'Folder for the collection',
    hint: 'Text, Markdown, HTML, PDF, JSONL, and pictures. Or drop them here.',
    captions:
      'A picture is found by its caption: a .txt file of the same name, a line of a JSONL file with “image” and “caption”, or else its own name.',
    reading: 'Reading and indexing',
    progress: (done: string, total: string) => `${done} of ${total}`,
    stop: 'Stop',
    stopped: 'Stopped. Files that were finished are in the collection.',
    added: (files: number, texts: number, images: number) =>
      `Added ${counted(files, { one: 'file', other: 'files' })}: ${documents(texts)}, ${pictures(images)}.`,
    left: (count: number) => `${counted(count, { one: 'file was', other: 'files were' })} left out`,
    problems: {
      'unknown-kind': 'This kind of file can’t be searched.',
      unreadable: 'It couldn’t be read. It may be damaged or encrypted.',
      empty: 'It’s empty.',
      'too-large': 'It’s over 64 MB. Split it, or use JSONL, which has no limit.',
      'no-text': 'There’s no text in it. A scanned PDF has to go through text recognition first.',
    },
  },

  list: {
    heading: 'Files',
    empty: 'Nothing here yet.',
    sums: (files: number, texts: number, images: number, size: string) =>
      `${counted(files, { one: 'file', other: 'files' })} · ${documents(texts)} · ${pictures(images)} · ${size}`,
    file: (texts: number, images: number, size: string) =>
      [texts > 0 ? documents(texts) : '', images > 0 ? pictures(images) : '', size].filter(Boolean).join(' · '),
    remove: (path: string) => `Remove ${path}`,
    removeAll: 'Remove all',
    more: (count: number) => `and ${counted(count, { one: 'more file', other: 'more files' })}`,
  },

  trial: {
    heading: 'Try a search',
    label: 'Search the collection',
    go: 'Search',
    nothing: 'Nothing found.',
    found: (count: number) => counted(count, { one: 'result', other: 'results' }),
    open: 'Read',
    close: 'Close',
  },

  faults: {
    heading: 'Simulated environment',
    about: 'Make searching harder on purpose, the same way every time for the same seed.',
    deadLinks: 'Dead links',
    deadLinksHint: 'Percent of documents that can’t be opened.',
    distractors: 'Distractors',
    distractorsHint: 'How many of the five results have nothing to do with the query.',
    seed: 'Seed',
    seedHint: 'Same seed, same faults.',
  },

  choice: {
    title: 'Search',
    line: (where: string) => `Search in: ${where}`,
    change: (where: string) => `Search in: ${where}. Change`,
    nothing: 'nothing',
    collection: 'my collection',
    legend: 'What the model may search',
    none: 'Nothing',
    own: 'My collection',
    site: (host: string) => `${host}, through this site`,
    address: 'A search engine',
    addressLabel: 'Address of the search engine',
    addressHint:
      'SearXNG with JSON turned on, or any address with {query} in it that answers in JSON. It has to allow requests from web pages.',
    addressExample: 'https://searx.example',
    addressWrong: 'That isn’t an http or https address.',
    edit: 'Open the collection',
    cannot: (model: string) =>
      `${model} can’t call search tools. Choose a model that runs on a server, or a Qwen model from the hub.`,
    siteGone: 'This site doesn’t pass searches on.',
  },

  /** Beside the question. */
  leaves: {
    site: 'The model’s searches go through this site to a search engine.',
    engine: (host: string) => `The model’s searches go to ${host}.`,
  },

  errors: {
    unreachable: 'The search engine didn’t answer. It may be down, or not allow requests from web pages.',
    refused: 'The search engine turned the search down.',
    'not-results': 'What the search engine answered isn’t a list of results. In SearXNG, turn on the json format.',
    'no-such-page': 'There’s no document with that address.',
    'dead-link': 'This link is dead on purpose: see “Simulated environment.”',
    storage: 'This browser doesn’t let the page keep anything. Leave private browsing, or allow storage for this site.',
    full: 'There’s no room left in this browser. Remove files from the collection, or runs from the library.',
    'bad-address': 'That address can’t be searched.',
    'worker-failed': 'The search stopped working. Try again.',
  },
};
