/** The kept runs: their page, the sheet of the latest, their files. */
import { countingIn } from '../counting';

const { number, counted, plural, timeOrDay } = countingIn('en');

const runs = (count: number) => counted(count, { one: 'run', other: 'runs' });

export const library = {
  title: 'Library',
  bench: 'Bench',
  runs,
  runsOf: (found: number, total: number) => `${number(found)} of ${runs(total)}`,
  looks: (count: number) => counted(count, { one: 'look', other: 'looks' }),
  steps: (count: number) => counted(count, { one: 'step', other: 'steps' }),
  nameless: 'Untitled',
  /** When a run was, in the list. */
  when: timeOrDay,

  find: {
    label: 'Search runs',
    placeholder: 'Search text or tags',
    clear: 'Clear',
    runFiles: 'Run files',
    import: 'Import',
    export: 'Export',
    order: 'Sort',
    orders: {
      newest: 'Newest first',
      oldest: 'Oldest first',
      title: 'By name',
      steps: 'Most steps first',
      size: 'Largest first',
    },
  },
  side: {
    label: 'Tags and storage',
    tags: 'Tags',
    allRuns: 'All runs',
    recentlyDeleted: 'Recently deleted',
    storage: 'Storage',
    keys: 'Shortcuts',
    /** What is pressed, and what it does. */
    keyList: [
      ['↑ ↓', 'move'],
      ['Enter', 'open'],
      ['Space', 'select'],
      ['Shift ↑ ↓', 'select a range'],
      ['Ctrl A', 'select all'],
      ['F2', 'rename'],
      ['T', 'tag'],
      ['Delete', 'delete'],
      ['Ctrl Z', 'undo'],
      ['Esc', 'clear selection'],
    ] as readonly (readonly [keys: string, does: string])[],
  },
  list: 'Runs',
  empty: {
    title: 'No runs yet',
    about:
      'Every question you ask is saved here with its picture and every look, in this browser only. You can also import or drop exported files.',
    ask: 'Ask a question',
    noneFits: 'No matching runs',
    showAll: 'Show all runs',
  },
  row: {
    branches: (count: number) => `+${counted(count, { one: 'branch', other: 'branches' })}`,
    running: 'Running',
    unfinished: 'Unfinished',
    stopped: 'Stopped',
    failed: 'Failed',
    select: (name: string) => `Select “${name}”`,
    rename: (name: string) => `Rename “${name}”`,
    tag: (name: string) => `Tag “${name}”`,
    delete: (name: string) => `Delete “${name}”`,
    name: 'Run name',
  },
  selection: {
    label: 'Selected runs',
    selected: (count: number) => `${number(count)} selected`,
    /** The number is left out where there is no room. */
    all: (count: number) => `All<count> ${number(count)}</count>`,
    rename: 'Rename',
    tag: 'Tag',
    compare: 'Compare',
    export: 'Export',
    exportAs: 'Export as…',
    delete: 'Delete',
    none: 'Clear selection',
  },
  tags: {
    title: 'Tags',
    new: 'New tag',
    add: 'Add',
    none: 'No tags yet. Tags help you find runs.',
  },
  undo: {
    deleted: (count: number) => `${runs(count)} deleted.`,
    undo: 'Undo',
  },
  bin: {
    title: 'Recently deleted',
    sure: 'Delete permanently?',
    cannotBeUndone: 'This can’t be undone.',
    keep: 'Keep',
    deleteForGood: (count: number) => `Delete ${runs(count)} permanently`,
    restoreAll: 'Restore all',
    deleteAll: 'Delete all permanently',
    goneAfter: (days: number) =>
      `Permanently deleted after ${counted(days, { one: 'day', other: 'days' })}, or when a new run needs the space.`,
    nothing: 'Nothing deleted recently.',
    more: (count: number) => `and ${number(count)} more`,
    restore: 'Restore',
    restoreNamed: (name: string) => `Restore “${name}”`,
  },
  sheet: {
    title: 'Runs',
    all: (count: number) => `All ${number(count)} runs`,
    open: 'Open Library',
    kept: 'Saved in this browser only, including pictures.',
    notKept: 'Lost when you close this tab.',
    nothing: 'No runs yet. Ask about a picture.',
  },
  storage: {
    notTold: 'Your browser doesn’t report storage use.',
    used: 'Storage used',
    amount: (used: string, allowed: string) => `${used} of ${allowed}`,
    about: (used: string, allowed: string) => `About ${used} of the ${allowed} this browser allows, including models.`,
    promised: 'Your browser will keep it until you delete it.',
    unknown: 'Your browser doesn’t say whether it may clear this when disk space runs low. Export what matters to you.',
    askedInVain:
      'Your browser hasn’t guaranteed it and may clear this page’s storage when disk space runs low. Export what matters to you.',
    notAsked:
      'Your browser may clear this page’s storage when disk space runs low. Loupe asks it not to when your first run is saved.',
    askAgain: 'Ask again',
    askNow: 'Ask now',
    asking: 'Checking…',
  },

  files: {
    packing: 'Packing',
    reading: 'Reading',
    going: (words: string) => `${words}…`,
    progress: (words: string, done: number, total: number) => `${words} ${done} of ${total}`,
    added: (count: number) => `${runs(count)} added`,
    known: (count: number) => `${number(count)} already here`,
    notTaken: (count: number) => `${number(count)} couldn’t be imported`,
    nothing: 'Nothing to import',
    sentence: (parts: readonly string[]) => `${parts.join(', ')}.`,
    problem: (file: string, line: number | null, reason: string) =>
      `${line === null ? file : `${file}, line ${line}`}: ${reason}`,
    andMore: (count: number) => `and ${count} more`,
    withoutPicture: (count: number) => `${runs(count)} came without a picture; the steps are saved.`,
    left: (count: number, files: number) =>
      `${runs(count)} couldn’t be read and ${plural(count, { one: 'isn’t', other: 'aren’t' })} in the ${plural(files, { one: 'file', other: 'files' })}.`,
    several: (count: number, files: number) =>
      `${runs(count)} in ${files} files, because a single file would be too large to import again.`,
    severalAbout: 'Each can be imported on its own. If your browser only saved the first, get the others here.',
  },
  /** Why a file or a run in it is not taken. */
  problems: {
    'not-json': 'It isn’t JSON. It may be incomplete, or another kind of file.',
    'line-not-json': 'It isn’t JSON. The file may be cut off here.',
    'not-a-run': 'It’s JSON, but not a Loupe run.',
    'newer-version': 'It was made with a newer version of Loupe.',
    'not-the-format': ({ detail }: { readonly detail: string }) =>
      `It doesn’t follow the format: ${detail || 'it can’t be read'}`,
    'deepeyes-without-run': 'It’s a DeepEyes record without the run that Loupe writes next to it.',
    'picture-not-base64': 'Its picture isn’t a base64 data: URL.',
    'picture-too-large': 'Its picture is too large.',
    'picture-damaged': 'Its picture is damaged.',
    'too-large': 'It’s too large to be a run.',
    'no-runs-in-file': 'There are no runs in this file.',
    'archive-too-large': 'It’s over 1 GB. Import it in parts.',
    'no-runs-in-archive': 'There are no runs in this archive.',
    damaged: 'It’s damaged.',
    'archive-damaged': 'The archive is damaged or incomplete.',
    'unpacks-too-far': 'The archive would unpack to far more data than runs ever need, so it wasn’t opened.',
    'too-many-files': 'There are too many files in this archive.',
    unread: 'It couldn’t be read.',
    // The library's own errors, by their codes.
    quota: 'This browser’s storage is full. Runs imported so far are saved; the rest aren’t.',
    unavailable: 'This browser doesn’t let the page save runs right now. They’ll be lost when you close this tab.',
    blocked: 'An older version of Loupe is open in another tab. Close it and reload this page.',
    outdated: 'A newer version of Loupe is open in another tab. Reload this page to keep saving runs.',
    corrupt: ({ detail }: { readonly detail: string }) =>
      `This run can’t be opened. ${detail || 'It doesn’t follow the format.'}`,
    'not-found': 'This run is no longer in this browser.',
    removed: 'This run was deleted while it was running. It’s on screen, but isn’t saved anymore.',
    internal: ({ detail }: { readonly detail: string }) => `Storage error (${detail}).`,
  },
};
