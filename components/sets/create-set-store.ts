/** A set that is open: what was given, what was found, its rows as they come. Files leave this browser nowhere. */
import {
  createKeptSets,
  createSetReader,
  isPicturePath,
  type FoundFile,
  type GivenFile,
  type OpenedRow,
  type PictureName,
  type Reading,
  type SetEvent,
  type SetReader,
  type SetRow,
  type Unread,
} from '@/lib/formats';
import { fetchFile, type FetchProblem } from './fetch-file';

export type SetPhase = 'empty' | 'asking' | 'fetching' | 'reading' | 'open' | 'stopped' | 'failed';

export interface SetState {
  readonly phase: SetPhase;
  /** What tells this set from the one before it. */
  readonly id: string;
  readonly name: string;
  readonly files: readonly FoundFile[];
  readonly rows: readonly SetRow[];
  readonly unread: readonly Unread[];
  /** Pictures that came along. */
  readonly pictures: number;
  /** 0 … 1; null where it is not known. */
  readonly progress: number | null;
  /** Rows are being read again. */
  readonly busy: boolean;
  readonly readings: readonly Reading[];
  /** As it is kept in this browser; null where it is not. */
  readonly kept: string | null;
  readonly address: string | null;
  /** Its folder is looked into again and again: rows that are added there appear. */
  readonly following: boolean;
  readonly problem: FetchProblem | 'not-kept' | 'gone' | 'reader' | null;
}

export const EMPTY_SET: SetState = {
  phase: 'empty',
  id: '',
  name: '',
  files: [],
  rows: [],
  unread: [],
  pictures: 0,
  progress: null,
  busy: false,
  readings: [],
  kept: null,
  address: null,
  following: false,
  problem: null,
};

export interface Folder {
  readonly name: string;
  /** All files in it and below, as they are now. @throws where it cannot be read any more */
  list(): Promise<readonly GivenFile[]>;
}

/** So often a folder that is followed is looked into. */
const FOLLOW_MS = 2000;

/** Another one where the file has changed. */
const markOfFile = ({ file }: GivenFile): string => `${file.size} ${file instanceof File ? file.lastModified : 0}`;

/** Rows are shown at most so often while they come, and the less often the more there are: the page is not busy with them. */
const showEvery = (rows: number): number => Math.min(2000, 100 + rows / 10);

type About = Partial<Pick<SetState, 'name' | 'kept' | 'address' | 'following'>>;

const keptSets = createKeptSets();
export const listKept = () => keptSets.list().catch(() => []);

export type SetStore = ReturnType<typeof createSetStore>;

export function createSetStore() {
  let state: SetState = EMPTY_SET;
  let reader: SetReader | null = null;
  let given: readonly GivenFile[] = [];
  let work: AbortController | null = null;
  /** Whatever is done to a set waits until it is open. */
  let opening: Promise<void> = Promise.resolve();
  const listeners = new Set<() => void>();

  function set(patch: Partial<SetState>): void {
    state = { ...state, ...patch };
    for (const listener of listeners) listener();
  }

  const getSetState = (): SetState => state;

  function subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Takes events into the state: rows by their number, told in bundles. */
  async function take(events: AsyncIterable<SetEvent>, signal: AbortSignal): Promise<void> {
    const rows = state.rows.slice();
    let timer: ReturnType<typeof setTimeout> | null = null;
    const show = () => {
      timer = null;
      if (!signal.aborted) set({ rows: rows.slice() });
    };
    try {
      for await (const event of events) {
        signal.throwIfAborted();
        if (event.type === 'progress') set({ progress: event.total > 0 ? event.done / event.total : null });
        else if (event.type === 'file') {
          const files = state.files.slice();
          files[event.file.index] = event.file;
          set({ files });
        } else if (event.type === 'unread') set({ unread: event.files, pictures: event.pictures });
        else {
          for (const row of event.rows) rows[row.index] = row;
          timer ??= setTimeout(show, showEvery(rows.length));
        }
      }
    } finally {
      if (timer !== null) clearTimeout(timer);
      show();
    }
  }

  function begin(): AbortController {
    work?.abort();
    work = new AbortController();
    return work;
  }

  /** What tells a file from others, for as long as it is remembered how it is read. */
  function markOf({ path }: FoundFile): string {
    const size = given.find((one) => path === one.path || path.startsWith(`${one.path}/`))?.file.size ?? 0;
    return `${path} ${size}`;
  }

  /** Opens what was given in place of what was open. */
  function openGiven(files: readonly GivenFile[], about: About = {}): Promise<void> {
    opening = open(files, about);
    return opening;
  }

  async function open(files: readonly GivenFile[], about: About): Promise<void> {
    const mine = begin();
    reader?.close();
    const own = createSetReader();
    reader = own;
    given = files;
    set({
      ...EMPTY_SET,
      phase: 'reading',
      id: crypto.randomUUID(),
      name: about.name ?? nameOf(files),
      kept: about.kept ?? null,
      address: about.address ?? null,
      following: about.following ?? false,
    });
    try {
      await take(own.open(files, mine.signal), mine.signal);
      if (mine.signal.aborted) return;
      await remembered(mine.signal);
      set({ phase: 'open', progress: null });
    } catch {
      if (work === mine) set(mine.signal.aborted ? { phase: 'stopped' } : { phase: 'failed', problem: 'reader' });
    }
  }

  /** Files that were opened here before are read as a person chose then. */
  async function remembered(signal: AbortSignal): Promise<void> {
    for (const file of state.files) {
      const reading = await keptSets.reading(markOf(file)).catch(() => null);
      if (reading && Object.keys(reading).length > 0) await readAgain(file.index, reading, signal);
    }
  }

  async function readAgain(file: number, reading: Reading, signal: AbortSignal): Promise<void> {
    const readings = state.readings.slice();
    readings[file] = reading;
    set({ readings });
    if (reader) await take(reader.setReading(file, reading, signal), signal);
  }

  /** @param quiet nobody asked for it. @returns whether all of it was read */
  async function again(events: (signal: AbortSignal) => AsyncIterable<SetEvent>, quiet = false): Promise<boolean> {
    await opening;
    const mine = begin();
    set({ busy: !quiet });
    try {
      await take(events(mine.signal), mine.signal);
      return true;
    } catch {
      // Stopped, or the reader is gone: what is shown stays.
      return false;
    } finally {
      if (work === mine) set({ busy: false });
    }
  }

  /** Opens a folder and looks into it for as long as it is open here: what changed in it is read again, and what came is added. */
  async function follow(folder: Folder): Promise<void> {
    const first = await folder.list();
    const marks = new Map(first.map((file) => [file.path, markOfFile(file)]));
    await openGiven(first, { name: folder.name, following: true });
    const { id } = state;
    const isFollowed = () => state.id === id && state.following;
    while (isFollowed()) {
      await new Promise((resolve) => setTimeout(resolve, FOLLOW_MS));
      if (!isFollowed()) return;
      const now = await folder.list().catch(() => null);
      if (now === null) return set({ following: false });
      const changed = now.filter((file) => marks.get(file.path) !== markOfFile(file));
      if (changed.length === 0 || state.busy || !isFollowed()) continue;
      const paths = new Set(changed.map(({ path }) => path));
      given = [...given.filter(({ path }) => !paths.has(path)), ...changed];
      const own = reader;
      if (own && (await again((signal) => own.refresh(changed, signal), true)))
        for (const file of changed) marks.set(file.path, markOfFile(file));
    }
  }

  const stopFollowing = (): void => set({ following: false });

  /** Of all files of a kind at once: an archive may hold one for each run. */
  async function setReading(files: readonly FoundFile[], reading: Reading): Promise<void> {
    const readings = state.readings.slice();
    for (const file of files) {
      readings[file.index] = reading;
      void keptSets.keepReading(markOf(file), reading).catch(() => undefined); // it is a comfort
    }
    set({ readings });
    const own = reader;
    if (!own) return;
    await again(async function* (signal) {
      for (const { index } of files) yield* own.setReading(index, reading, signal);
    });
  }

  /** Files from any page: pictures alone go to the set that is open and lacks some, all else is opened in its place. */
  function givePage(files: readonly GivenFile[]): void {
    const lacks = state.rows.some((row) => row.problem === undefined && row.wanted.length > 0);
    void (lacks && files.every(({ path }) => isPicturePath(path)) ? supply(files) : openGiven(files));
  }

  /** More files, pictures above all, to what is open. */
  async function supply(files: readonly GivenFile[]): Promise<void> {
    const own = reader;
    if (!own) return openGiven(files);
    given = [...given, ...files];
    set({ pictures: state.pictures + files.filter(({ path }) => isPicturePath(path)).length });
    await again((signal) => own.supply(files, signal));
  }

  /** This file is the picture that is meant, whatever it is called. */
  async function choosePicture(wanted: PictureName, file: File): Promise<void> {
    const own = reader;
    if (!own) return;
    given = [...given, { path: file.name, file }];
    await again(async function* (signal) {
      yield* own.supply([{ path: file.name, file }], signal);
      yield* own.assign(wanted, file.name, signal);
    });
  }

  function stopReading(): void {
    work?.abort();
    set({ busy: false, ...(state.phase === 'reading' || state.phase === 'fetching' ? { phase: 'stopped' } : {}) });
  }

  async function readSetRow(index: number): Promise<OpenedRow> {
    return reader ? reader.row(index) : { problem: { code: 'no-messages' } };
  }

  function closeSet(): void {
    work?.abort();
    reader?.close();
    reader = null;
    given = [];
    set(EMPTY_SET);
  }

  /** The files as they were given, for who takes them elsewhere. */
  const givenAsFiles = (): readonly File[] =>
    given.map(({ path, file }) => (file instanceof File ? file : new File([file], path)));

  /** Pictures among them, which a set beside this one may mean too. */
  const givenPictures = (): readonly GivenFile[] => given.filter(({ path }) => isPicturePath(path));

  // An address: asked about first, then fetched by the browser itself.

  function askAddress(address: string): void {
    closeSet();
    set({ phase: 'asking', address });
  }

  async function openAddress(address: string): Promise<void> {
    const mine = begin();
    set({ phase: 'fetching', progress: null, problem: null });
    const fetched = await fetchFile(address, mine.signal, (share) => {
      if (work === mine) set({ progress: share });
    });
    if (work !== mine) return;
    if ('problem' in fetched) return set({ phase: 'failed', problem: fetched.problem });
    await openGiven([fetched], { name: fetched.path, address });
  }

  // What is kept in this browser.

  async function keepSet(): Promise<void> {
    const id = state.kept ?? crypto.randomUUID();
    try {
      await keptSets.keep({ id, name: state.name, rows: state.rows.length }, given);
      set({ kept: id, problem: null });
    } catch {
      set({ problem: 'not-kept' });
    }
  }

  async function forgetSet(): Promise<void> {
    const { kept } = state;
    if (kept === null) return;
    await keptSets.remove(kept).catch(() => undefined);
    set({ kept: null });
  }

  async function openKept(id: string): Promise<void> {
    const loaded = await keptSets.load(id).catch(() => null);
    if (!loaded) return set({ ...EMPTY_SET, phase: 'failed', problem: 'gone' });
    await openGiven(loaded.files, { name: loaded.set.name, kept: id });
  }

  return {
    subscribe,
    getSetState,
    openGiven,
    follow,
    stopFollowing,
    setReading,
    givePage,
    supply,
    choosePicture,
    stopReading,
    readSetRow,
    closeSet,
    givenAsFiles,
    givenPictures,
    askAddress,
    openAddress,
    keepSet,
    forgetSet,
    openKept,
  };
}

/** One file's name, or the folder that all lie in. */
function nameOf(files: readonly GivenFile[]): string {
  const records = files.filter(({ path }) => !isPicturePath(path));
  const [first] = records.length > 0 ? records : files;
  if (!first) return '';
  const folder = first.path.split('/')[0] ?? '';
  return records.length > 1 && files.every(({ path }) => path.startsWith(`${folder}/`))
    ? folder
    : (first.path.split('/').at(-1) ?? '');
}
