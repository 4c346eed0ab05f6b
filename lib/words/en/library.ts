/** The kept runs: their page, the sheet of the latest, their files. */
import { countingIn } from '../counting';

const { number, counted, plural } = countingIn('en');

const runs = (count: number) => counted(count, { one: 'run', other: 'runs' });

export const library = {
  title: 'Library',
  bench: 'Bench',
  runs,
  runsOf: (found: number, total: number) => `${number(found)} of ${runs(total)}`,
  looks: (count: number) => counted(count, { one: 'look', other: 'looks' }),
  steps: (count: number) => counted(count, { one: 'step', other: 'steps' }),
  nameless: 'Without a name',

  find: {
    label: 'Find runs',
    placeholder: 'Find by words or tag',
    clear: 'Clear',
    runFiles: 'Run files',
    import: 'Import',
    order: 'Order',
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
    keys: 'Keys in the list',
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
      ['Esc', 'select none'],
    ] as readonly (readonly [keys: string, does: string])[],
  },
  list: 'Runs',
  empty: {
    title: 'No runs yet',
    about:
      'Every question you ask a picture is kept here, with the picture and every look, in this browser alone. Files that were exported can be imported or dropped here.',
    ask: 'Ask a picture',
    noneFits: 'No run fits',
    showAll: 'Show all runs',
  },
  row: {
    running: 'Running',
    unfinished: 'Unfinished',
    stopped: 'Stopped',
    failed: 'Failed',
    select: (name: string) => `Select “${name}”`,
    rename: (name: string) => `Rename “${name}”`,
    tag: (name: string) => `Tag “${name}”`,
    delete: (name: string) => `Delete “${name}”`,
    name: 'Name of the run',
  },
  selection: {
    label: 'Selected runs',
    selected: (count: number) => `${number(count)} selected`,
    /** The number is left out where there is no room. */
    all: (count: number) => `All<count> ${number(count)}</count>`,
    rename: 'Rename',
    tag: 'Tag',
    export: 'Export',
    delete: 'Delete',
    none: 'Select none',
  },
  tags: {
    title: 'Tags',
    new: 'New tag',
    add: 'Add',
    none: 'No tags yet. A tag is a word to find runs by.',
  },
  undo: {
    deleted: (count: number) => `${runs(count)} deleted.`,
    undo: 'Undo',
  },
  bin: {
    title: 'Recently deleted',
    sure: 'Delete for good?',
    cannotBeUndone: 'This cannot be undone.',
    keep: 'Keep',
    deleteForGood: (count: number) => `Delete ${runs(count)} for good`,
    restoreAll: 'Restore all',
    deleteAll: 'Delete all for good',
    goneAfter: (days: number) =>
      `Gone for good after ${counted(days, { one: 'day', other: 'days' })}, or when a new run needs the room.`,
    nothing: 'Nothing was deleted lately.',
    more: (count: number) => `and ${number(count)} more`,
    restore: 'Restore',
    restoreNamed: (name: string) => `Restore “${name}”`,
  },
  sheet: {
    title: 'Runs',
    all: (count: number) => `All ${number(count)} runs`,
    open: 'Open the library',
    kept: 'Kept in this browser only, pictures included.',
    notKept: 'Only here until this tab is closed.',
    nothing: 'Nothing here yet. Ask a picture something.',
  },
  storage: {
    notTold: 'The browser does not say how much is used.',
    used: 'Storage used',
    amount: (used: string, allowed: string) => `${used} of ${allowed}`,
    about: (used: string, allowed: string) => `About ${used} of ${allowed} that this browser allows, models included.`,
    promised: 'The browser promised to keep it until you delete it.',
    unknown: 'The browser does not say whether it may clear this when the disk runs low. Export what matters to you.',
    askedInVain:
      'The browser was asked to keep it and made no promise: it may clear this page’s storage when the disk runs low. Export what matters to you.',
    notAsked:
      'The browser may clear this page’s storage when the disk runs low. It is asked not to when your first run is kept.',
    askAgain: 'Ask again',
    askNow: 'Ask now',
    asking: 'Asking the browser …',
  },

  files: {
    packing: 'Packing',
    reading: 'Reading',
    going: (words: string) => `${words} …`,
    progress: (words: string, done: number, total: number) => `${words} ${done} of ${total}`,
    added: (count: number) => `${runs(count)} added`,
    known: (count: number) => `${counted(count, { one: 'was', other: 'were' })} here already`,
    notTaken: (count: number) => `${count} could not be taken`,
    nothing: 'Nothing to add',
    sentence: (parts: readonly string[]) => `${parts.join(', ')}.`,
    problem: (file: string, line: number | null, reason: string) =>
      `${line === null ? file : `${file}, line ${line}`}: ${reason}`,
    andMore: (count: number) => `and ${count} more`,
    withoutPicture: (count: number) => `${runs(count)} came without the picture: the steps are kept.`,
    left: (count: number, files: number) =>
      `${runs(count)} could not be read and ${plural(count, { one: 'is', other: 'are' })} not in the ${plural(files, { one: 'file', other: 'files' })}.`,
    several: (count: number, files: number) =>
      `${runs(count)} in ${files} files, since one would be too large to import again.`,
    severalAbout: 'Each can be imported by itself. If your browser let only the first through, take the others here.',
  },
  /** Why a file or a run in it is not taken. */
  problems: {
    'not-json': 'It is not JSON: it may be cut off, or another kind of file.',
    'line-not-json': 'It is not JSON: the file may be cut off here.',
    'not-a-run': 'It is JSON, but not a run of Loupe.',
    'newer-version': 'It was written by a newer version of Loupe.',
    'not-the-format': ({ detail }: { readonly detail: string }) =>
      `It is not as the format says: ${detail || 'it cannot be read'}`,
    'deepeyes-without-run': 'It is a line of DeepEyes, without the run that Loupe writes beside it.',
    'picture-not-base64': 'Its picture is not written as a data: address in base64.',
    'picture-too-large': 'Its picture is too large.',
    'picture-damaged': 'Its picture is damaged.',
    'too-large': 'It is too large to be a run.',
    'no-runs-in-file': 'There are no runs in this file.',
    'archive-too-large': 'It is over 1 GB; import it in parts.',
    'no-runs-in-archive': 'There are no runs in this archive.',
    damaged: 'It is damaged.',
    'archive-damaged': 'The archive is damaged, or cut off.',
    'unpacks-too-far': 'The archive would unpack to far more than any runs take up. It was not opened.',
    'too-many-files': 'There are too many files in this archive.',
    unread: 'It could not be read.',
    // The library's own errors, by their codes.
    quota: 'This browser’s storage is full. The runs taken before are kept; the others are not.',
    unavailable: 'This browser does not let the page keep runs just now. Runs last until the tab is closed.',
    blocked: 'Another tab has an older version of Loupe open. Close it and reload this page.',
    outdated: 'A newer version of Loupe was opened in another tab. Reload this page to go on keeping runs.',
    corrupt: ({ detail }: { readonly detail: string }) =>
      `This run cannot be opened. ${detail || 'It does not follow the format.'}`,
    'not-found': 'This run is no longer kept in this browser.',
    removed: 'This run was deleted while it was going. It is on screen, but no longer kept.',
    internal: ({ detail }: { readonly detail: string }) => `The library failed (${detail}).`,
  },
};
