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
      name === '' ? 'The picture is missing.' : `The picture ${name} is missing.`,
    'row-failed': ({ message }: { message: string }) =>
      message === '' ? 'The run failed without a message.' : `The run failed: ${message}`,
    'repeated-turns': ({ count }: { count: number }) =>
      `The model wrote the same turn ${number(count)} times. It’s shown once.`,
    'several-calls': ({ count, run }: { count: number; run: 'first' | 'last' }) =>
      `${counted(count, { one: 'call', other: 'calls' })} in one turn. Only the ${run} was carried out.`,
    'answered-and-called':
      'This turn both answers and calls a tool. The evaluation script made the crop; the RL environment would have stopped.',
    'box-outside':
      'A box extends past the picture. The evaluation script pads it with black; here it ends at the edge.',
    'would-be-refused': 'The evaluation script made this crop. The RL environment would have refused it.',
    'text-cut': ({ characters }: { characters: number }) => `${number(characters)} characters were left out.`,
    'frame-from-values': 'The file doesn’t say which coordinates its boxes use. They were inferred from the numbers.',
  },
  /** Why no run could be made of a row. */
  problems: {
    'not-json': 'This row isn’t JSON.',
    'too-deep': 'This row is nested too deeply to read.',
    'too-long': ({ bytes }: { bytes: number }) =>
      `This row is ${number(Math.round(bytes / 1e6))} MB, which is too long.`,
    'unknown-format': ({ keys }: { keys: readonly string[] }) =>
      keys.length === 0 ? 'Unknown format.' : `Unknown format. It has: ${names(keys)}.`,
    'no-messages': 'There’s no conversation in this row.',
    'not-a-run': ({ path }: { path: string }) => `This run contradicts itself${path === '' ? '' : ` at ${path}`}.`,
    'reader-failed': ({ message }: { message: string }) => `Couldn’t read it: ${message}`,
  },
  rows,

  page: {
    title: 'Sets',
    untitled: 'Untitled set',
    /** While it is opened. */
    opening: (name: string) => `Opening ${name}`,
    fetching: (host: string) => `Fetching from ${host}`,
    found: (count: number) => `${rows(count)} so far`,
    stop: 'Stop',
    stopped: 'Stopped. The rows read so far are shown.',
    rereading: 'Rereading the rows',
    ask: {
      title: (host: string) => `Open a file from ${host}?`,
      about: (host: string) =>
        `Your browser fetches it directly, so ${host} sees your IP address. Nothing else is sent, and the file stays in this browser.`,
      open: 'Open',
      cancel: 'Cancel',
    },
    empty: {
      title: 'Open results from other systems',
      about:
        'Drop files, a folder, or a zip anywhere on the page: evaluation results, a conversation as JSON, an agent’s log. Add the pictures they refer to, and every box is drawn where it was.',
      formats: (list: readonly string[]) => `Supported formats: ${names(list)}.`,
      file: 'Choose files',
      folder: 'Choose a folder',
      kept: 'Saved in this browser',
      /** Rows, and megabytes. */
      keptFacts: (count: number, bytes: number) => `${rows(count)}, ${number(Math.max(1, Math.round(bytes / 1e6)))} MB`,
    },
    nothing: {
      title: 'Nothing to open',
      about: 'Loupe doesn’t recognize the format of any of these files.',
      another: 'Open something else',
      keys: (keys: readonly string[]) => `It’s JSON with ${names(keys)}.`,
      more: (count: number) => `and ${number(count)} more`,
    },
    unread: {
      unreadable: 'It couldn’t be read.',
      damaged: 'It’s damaged.',
      'too-large': 'It’s too large.',
      encrypted: 'It’s password-protected.',
      bomb: 'It would unpack to far more than its own size, so it wasn’t opened.',
      'unknown-format': 'Unknown format.',
      'no-records': 'It’s empty.',
      'other-file': 'It’s neither JSON nor a picture.',
    },
    failed: {
      'bad-address': 'This URL can’t be opened. It has to start with https://.',
      blocked: 'Couldn’t fetch the file. Many sites only let their own pages read it: download it and drop it here.',
      refused: 'The server didn’t provide the file.',
      'too-large': 'The file is too large to fetch. Download it and drop it here.',
      'not-kept': 'This browser didn’t save the set. Its storage may be full.',
      gone: 'This set isn’t saved in this browser (anymore). Open its files again.',
      reader: 'Reading stopped unexpectedly. The file may need more memory than this tab has.',
    },
    one: {
      title: 'One run',
      picture: (name: string) => (name === '' ? 'Its picture is missing.' : `Its picture ${name} is missing.`),
      add: 'Choose the picture',
      without: 'Open without the picture',
    },
    own: {
      title: (count: number) => `${counted(count, { one: 'run', other: 'runs' })} from Loupe`,
      about: 'Add them to your Library, or view them as a set.',
      keep: 'Add to Library',
      set: 'View as a set',
      kept: (added: number, known: number) =>
        [`${number(added)} added`, ...(known > 0 ? [`${number(known)} already here`] : [])].join(', '),
      library: 'Open Library',
    },
    head: {
      shown: (shown: number, all: number) => (shown === all ? rows(all) : `${number(shown)} of ${rows(all)}`),
      keep: 'Save in this browser',
      kept: 'Saved in this browser',
      forget: 'Stop saving',
      close: 'Close this set',
      statistics: 'Statistics',
      /** The same is to be said of all rows. */
      ofAll: (count: number) => `All ${rows(count)}:`,
      ofSome: (count: number) => `${rows(count)}:`,
      others: (count: number) => counted(count, { one: 'other file wasn’t read', other: 'other files weren’t read' }),
    },
    reading: {
      title: 'How boxes are read',
      files: (count: number) => counted(count, { one: 'file', other: 'files' }),
      frame: 'Box coordinates',
      frames: {
        'original-pixels': 'pixels of the picture',
        'resized-pixels': 'pixels of the picture as the model saw it',
        thousandths: 'thousandths',
        fractions: 'fractions of the side',
      },
      by: {
        model: 'as its tool defines them',
        file: 'as usual in this format',
        values: 'inferred from the numbers',
        person: 'chosen by you',
      },
      rule: 'Crop rule',
      call: 'If a turn has several calls',
      calls: { usual: 'as usual in this format', first: 'use the first', last: 'use the last' },
      about: 'Remembered for this file.',
    },
    missing: {
      title: (count: number) => counted(count, { one: 'picture is missing', other: 'pictures are missing' }),
      about: 'Drop them or their folder here. They’re matched by file name.',
      choose: 'Choose a file',
      files: 'Add pictures',
      asked: (question: string) => `Picture for “${question}”`,
      more: (count: number) => `and ${number(count)} more`,
    },
    filter: {
      label: 'Filter rows',
      words: 'Search text',
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
      states: { any: 'Any state', problem: 'Not read', noted: 'Has notes', 'no-picture': 'Picture missing' },
      clear: 'Show all',
      nothing: 'No matching rows',
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
      characters: 'Characters',
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
      wanted: 'Expected answer',
      rule: (system: string, rule: string) => `${system}, ${rule}`,
      iou: (values: readonly string[]) => `IoU ${values.join(', ')}`,
      keep: 'Copy to Library',
      copied: 'In your Library',
      keys: 'Shortcuts',
      rowKeys: 'n and p go to the next and previous row in the list.',
      picture: 'Picture',
      words: 'Question and answer',
    },
    outcomes: {
      answer: 'answered',
      'max-turns': 'out of turns',
      'repeated-call': 'repeated itself',
      'no-call': 'no call and no answer',
      length: 'out of tokens',
      abort: 'stopped',
      error: 'failed',
      unknown: 'not recorded',
      running: 'unfinished',
    },
    statistics: {
      title: 'Statistics',
      of: (count: number) => `Of ${rows(count)}`,
      accuracy: 'Accuracy',
      /** Share, and the interval at 95 %. */
      share: (right: number, n: number) => `${number(right)} of ${number(n)}`,
      interval: (low: string, high: string) => `95% interval: ${low} to ${high}`,
      all: 'All',
      calls: 'Calls per run',
      tokens: 'Tokens per run',
      characters: 'Characters per run',
      iou: 'IoU of each call',
      bestIou: 'Best IoU per run',
      outcomes: 'How runs ended',
      means: 'Averages',
      meanCalls: 'calls',
      meanIou: 'IoU',
      meanReward: 'reward',
      dynamics: 'During training',
      dynamicsAbout: 'One point per step. Click one to see its runs.',
      point: (what: string, step: number, value: string) => `${what} at step ${number(step)}: ${value}`,
      stages: {
        exploration: 'initial exploration',
        'frequent-use': 'frequent use',
        'efficient-use': 'efficient use',
      },
    },
  },
};
