/** Opening other systems' trajectories: what was found, what is missing, and why a row could not be read. */
import { countingIn } from '../counting';
import { formatNotes } from './format-notes';

const { number, counted } = countingIn('en');

const rows = (count: number) => counted(count, { one: 'row', other: 'rows' });
const names = (list: readonly string[]) => list.join(', ');

export const formats = {
  /** What a file was recognized as, by the id of its format. */
  systems: {
    atif: 'ATIF',
    'chain-of-focus': 'Chain-of-Focus',
    deepeyes: 'DeepEyes',
    grit: 'GRIT',
    pasted: 'Pasted answer',
    inspect: 'Inspect',
    'llama-factory': 'LLaMA-Factory',
    loupe: 'Loupe',
    'mini-o3': 'Mini-o3',
    'ms-swift': 'ms-swift',
    openai: 'OpenAI messages',
    openthinkimg: 'OpenThinkIMG',
    'pixel-reasoner': 'Pixel-Reasoner',
    'qwen-agent': 'Qwen-Agent',
    'rl-logging-board': 'RL Logging Board',
    seal: 'SEAL',
    'sensenova-mars': 'SenseNova-MARS',
    thyme: 'Thyme',
    verl: 'verl rollouts',
    vstar: 'V* annotations',
    zoomeye: 'ZoomEye',
  },
  /** By which rule a box became a crop. Where an evaluation and a training environment differ, both have a name. */
  rules: {
    /** The format has one rule, or the file says itself what was shown. */
    'as-recorded': 'As recorded',
    evaluation: 'Evaluation script',
    training: 'RL environment',
  },
  /** What a person should know about a run that was read all the same. */
  notes: {
    ...formatNotes,
    'picture-missing': ({ name }: { name: string }) =>
      name === '' ? 'The picture is not here.' : `The picture ${name} is not here.`,
    'row-failed': ({ message }: { message: string }) =>
      message === '' ? 'The run failed and left no text.' : `The run failed: ${message}`,
    'repeated-turns': ({ count }: { count: number }) =>
      `The model wrote the same turn ${number(count)} times. It is shown once.`,
    'several-calls': ({ count, run }: { count: number; run: 'first' | 'last' }) =>
      `${counted(count, { one: 'call', other: 'calls' })} in one turn. Only the ${run} was carried out.`,
    'answered-and-called':
      'The turn answers and calls. The evaluation cut the crop; the RL environment would have stopped.',
    'box-outside': 'A box reaches beyond the picture. The evaluation pads it with black; here it ends at the edge.',
    'would-be-refused': 'The evaluation cut this crop. The RL environment would have refused it.',
    'text-cut': ({ characters }: { characters: number }) => `${number(characters)} characters were left out.`,
    'frame-from-values': 'Nothing in the file says how boxes are counted. It was read from the numbers.',
  },
  /** Why no run could be made of a row. */
  problems: {
    'not-json': 'This row is not JSON.',
    'too-deep': 'This row is nested too deep to be read.',
    'too-long': ({ bytes }: { bytes: number }) =>
      `This row is ${number(Math.round(bytes / 1e6))} MB long, which is too much.`,
    'unknown-format': ({ keys }: { keys: readonly string[] }) =>
      keys.length === 0 ? 'No known format.' : `No known format. It has: ${names(keys)}.`,
    'no-messages': 'There is no conversation in this row.',
    'not-a-run': ({ path }: { path: string }) => `This run does not hold together${path === '' ? '' : ` at ${path}`}.`,
    'reader-failed': ({ message }: { message: string }) => `It could not be read: ${message}`,
  },
  rows,

  page: {
    title: 'Sets',
    untitled: 'A set of runs',
    /** While it is opened. */
    opening: (name: string) => `Opening ${name}`,
    fetching: (host: string) => `Fetching from ${host}`,
    found: (count: number) => `${rows(count)} so far`,
    stop: 'Stop',
    stopped: 'Stopped. What was read so far is shown.',
    rereading: 'Reading the rows again',
    ask: {
      title: (host: string) => `Open a file from ${host}?`,
      about: (host: string) =>
        `Your browser fetches it directly, so ${host} sees your IP address. Nothing else is sent, and the file stays in this browser.`,
      open: 'Open it',
      cancel: 'Cancel',
    },
    empty: {
      title: 'Open what other systems wrote',
      about:
        'Drop a file, a folder or a zip anywhere on the page: results of an evaluation, a conversation as JSON, an agent’s log. Add the pictures they name and every box is drawn where it was.',
      formats: 'It opens',
      file: 'Choose files',
      folder: 'Choose a folder',
      kept: 'Kept in this browser',
      /** Rows, and megabytes. */
      keptFacts: (count: number, bytes: number) => `${rows(count)}, ${number(Math.max(1, Math.round(bytes / 1e6)))} MB`,
    },
    nothing: {
      title: 'Nothing here could be opened',
      about: 'None of the files is in a format that Loupe knows.',
      another: 'Open something else',
      keys: (keys: readonly string[]) => `It is JSON with ${names(keys)}.`,
      more: (count: number) => `and ${number(count)} more`,
    },
    unread: {
      unreadable: 'It could not be read.',
      damaged: 'It is damaged.',
      'too-large': 'It is too large.',
      encrypted: 'It is protected by a password.',
      bomb: 'It would unpack to far more than it is. That is not opened.',
      'unknown-format': 'No known format.',
      'no-records': 'There is nothing in it.',
      'other-file': 'It is neither JSON nor a picture.',
    },
    failed: {
      'bad-address': 'This is not an address that can be opened. It has to begin with https://.',
      blocked:
        'The file could not be fetched. Many sites allow it only for their own pages: download it and drop it here.',
      refused: 'The server did not hand out the file.',
      'too-large': 'The file is too large to be fetched. Download it and drop it here.',
      'not-kept': 'This browser did not keep the set. Its storage may be full.',
      gone: 'This set is not kept in this browser (any more). Open its files again.',
      reader: 'Reading stopped unexpectedly. The file may need more memory than this tab has.',
    },
    one: {
      title: 'One run',
      picture: (name: string) => (name === '' ? 'Its picture is not here.' : `Its picture ${name} is not here.`),
      add: 'Choose the picture',
      without: 'Open without the picture',
    },
    own: {
      title: (count: number) => `${counted(count, { one: 'run', other: 'runs' })} of Loupe’s own`,
      about: 'They can be kept in your library, or looked at as a set.',
      keep: 'Add to the library',
      set: 'Look at them',
      kept: (added: number, known: number) =>
        [`${number(added)} added`, ...(known > 0 ? [`${number(known)} you had already`] : [])].join(', '),
      library: 'To the library',
    },
    head: {
      export: 'Export',
      shown: (shown: number, all: number) => (shown === all ? rows(all) : `${number(shown)} of ${rows(all)}`),
      keep: 'Keep in this browser',
      kept: 'Kept in this browser',
      forget: 'Do not keep',
      close: 'Close this set',
      statistics: 'Statistics',
      /** The same is to be said of all rows. */
      ofAll: (count: number) => `All ${rows(count)}:`,
      ofSome: (count: number) => `${rows(count)}:`,
      others: (count: number) => counted(count, { one: 'other file was not read', other: 'other files were not read' }),
    },
    reading: {
      title: 'How boxes are read',
      files: (count: number) => counted(count, { one: 'file', other: 'files' }),
      frame: 'Boxes count in',
      frames: {
        'original-pixels': 'pixels of the picture',
        'resized-pixels': 'pixels of what the model saw',
        thousandths: 'thousandths',
        fractions: 'fractions of the side',
      },
      by: {
        model: 'as its tool is defined',
        file: 'as this format has it',
        values: 'guessed from the numbers',
        person: 'chosen by you',
      },
      rule: 'Crops by',
      call: 'Of several calls in a turn',
      calls: { usual: 'as this format has it', first: 'the first', last: 'the last' },
      about: 'Remembered for this file.',
    },
    missing: {
      title: (count: number) => counted(count, { one: 'picture is missing', other: 'pictures are missing' }),
      about: 'Drop them here, or their folder. They are found by name.',
      choose: 'Choose a file',
      files: 'Add pictures',
      asked: (question: string) => `The one of “${question}”`,
      more: (count: number) => `and ${number(count)} more`,
    },
    filter: {
      label: 'Filter the rows',
      words: 'Find by words',
      verdict: 'Answer',
      verdicts: { any: 'Any answer', right: 'Right', wrong: 'Wrong', unknown: 'Not judged' },
      kind: 'Kind',
      anyKind: 'Any kind',
      noKind: 'No kind',
      calls: 'Calls',
      anyCalls: 'Any calls',
      callCount: (count: number, orMore: boolean) =>
        orMore ? `${number(count)} calls or more` : counted(count, { one: 'call', other: 'calls' }),
      iou: 'Overlap',
      ious: { any: 'Any overlap', hit: 'IoU 0.5 or more', miss: 'IoU below 0.5' },
      state: 'State',
      states: { any: 'Any state', problem: 'Not read', noted: 'With a note', 'no-picture': 'Picture missing' },
      clear: 'Show all',
      nothing: 'No row fits.',
      ended: (how: string) => `Ended: ${how}`,
      trained: (step: number) => `Step ${number(step)}`,
      without: (what: string) => `Remove the filter “${what}”`,
    },
    columns: {
      row: 'Row',
      verdict: 'Right',
      question: 'Question and answer',
      kind: 'Kind',
      calls: 'Calls',
      bestIou: 'Best IoU',
      lastIou: 'Last IoU',
      tokens: 'Tokens',
      characters: 'Letters',
      reward: 'Reward',
    },
    table: 'Rows of the set',
    sortBy: (what: string) => `Sort by ${what}`,
    open: (row: number) => `Row ${number(row)}`,
    right: 'Right',
    wrong: 'Wrong',
    unjudged: 'Not judged',
    notRead: 'Not read',
    noPicture: 'Picture missing',
    player: {
      back: 'All rows',
      place: (at: number, of: number) => `${number(at)} of ${number(of)}`,
      next: 'Next row (n)',
      previous: 'Previous row (p)',
      label: (question: string) => `A run of the set: ${question}`,
      wanted: 'Right answer',
      rule: (system: string, rule: string) => `${system}, ${rule}`,
      iou: (values: readonly string[]) => `IoU ${values.join(', ')}`,
      keep: 'Copy to the library',
      copied: 'In the library',
      keys: 'Keys',
      rowKeys: 'n and p go to the next and the previous row that is shown.',
      picture: 'Picture',
      words: 'Question and answer',
    },
    outcomes: {
      answer: 'answered',
      'max-turns': 'out of turns',
      'repeated-call': 'repeated itself',
      'no-call': 'neither call nor answer',
      length: 'out of tokens',
      abort: 'stopped',
      error: 'failed',
      unknown: 'not told',
      running: 'not over',
    },
    statistics: {
      title: 'Statistics',
      of: (count: number) => `Of ${rows(count)}`,
      accuracy: 'Accuracy',
      /** Share, and the interval at 95 %. */
      share: (right: number, n: number) => `${number(right)} of ${number(n)}`,
      interval: (low: string, high: string) => `95 % interval ${low} to ${high}`,
      all: 'All',
      calls: 'Calls a run',
      tokens: 'Tokens a run',
      characters: 'Letters a run',
      iou: 'IoU of every call',
      bestIou: 'Best IoU a run',
      outcomes: 'How runs ended',
      means: 'On average',
      meanCalls: 'calls',
      meanIou: 'IoU',
      meanReward: 'reward',
      dynamics: 'While it was trained',
      dynamicsAbout: 'One point a step. Click it to see its runs.',
      point: (what: string, step: number, value: string) => `${what} at step ${number(step)}: ${value}`,
      stages: {
        exploration: 'initial exploration',
        'frequent-use': 'frequent use',
        'efficient-use': 'efficient use',
      },
    },
  },
};
