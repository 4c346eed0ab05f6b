/**
 * Makes a run, step by step, out of what a foreign record says: sound whatever comes (lengths, ids, boxes inside their pictures), so that a
 * format reads and decides, and nothing else. A picture that is not here has a size all the same: what was told of it, or as much as the
 * boxes placed in it need.
 */
import {
  boxOfSize,
  clampBox,
  intersection,
  isEmpty,
  toImageBox,
  type ImageBox,
  type ModelBox,
  type Size,
} from '@/lib/geometry';
import { fitName, TRAJECTORY_FORMAT, TRAJECTORY_LIMITS, viewPicture } from '@/lib/trajectory';
import type {
  Mark,
  Part,
  Picture,
  Place,
  Seen,
  Step,
  StepOf,
  StopReason,
  Token,
  Trajectory,
  TurnUsage,
} from '@/lib/trajectory';
import type { Format, FoundPicture, Note, PictureName, Read, RuleName, Wanted, Where } from './contract';
import { fitJson } from './fit-json';
import { withoutSecrets } from './secrets';

export type Asked = NonNullable<StepOf<'call'>['asked']>;

export interface RunFrom {
  readonly where: Where;
  readonly system: Format['id'];
  readonly rule: RuleName;
  /** Which run of the record, where it holds several. */
  readonly index?: number;
  readonly dialect?: string;
}

export interface CallFacts {
  /** As Loupe names it: `zoom` for whatever looks closer, else as written. */
  readonly tool: string;
  readonly written: string;
  readonly input: unknown;
  readonly label?: string;
  readonly asked?: Asked | null;
  readonly place?: Place | null;
  readonly id?: string;
}

export interface Ending {
  readonly status: 'done' | 'stopped' | 'failed';
  readonly reason: StopReason;
  readonly message?: string;
}

/** What a call's region and result are, once placed. */
export interface Placed {
  readonly place: Place;
  /** In pixels of the picture, as written: neither clamped nor ordered. */
  readonly asked: ImageBox;
  /** The very numbers, brought into corners. */
  readonly written: ModelBox;
  /** Some of it lies outside the picture. */
  readonly outside: boolean;
}

export type RunBuilder = ReturnType<typeof buildRun>;

const NOT_TOLD = {
  promptTokens: null,
  reusedTokens: null,
  prefilledTokens: null,
  outputTokens: null,
  imagesEncoded: null,
  visionMs: null,
  prefillMs: null,
  decodeMs: null,
};

/** Where nothing at all is known of a picture's size. */
const UNKNOWN: Size = { width: 1000, height: 1000 };

export function buildRun(from: RunFrom) {
  const pictures: Picture[] = [];
  const wanted: Wanted[] = [];
  const notes: Note[] = [];
  const steps: Step[] = [];
  const given: Part[] = [];
  const calls = new Set<string>();
  /** Of pictures whose size nobody told: they grow with what is placed in them. */
  const growing = new Set<string>();
  let turn = 0;
  let left: number = TRAJECTORY_LIMITS.allText / 2;
  let cut = 0;
  let covered = 0;
  /** Steps that there was no room for. */
  let leftOut = 0;
  let systemPrompt = '';
  let title = '';
  let createdAt = '';
  let model: Trajectory['models'][number] | null = null;
  let settings: Trajectory['settings'] = null;
  let source: Partial<NonNullable<Trajectory['source']>> = {};
  let truth: Trajectory['truth'] = null;
  let parent: Trajectory['parent'] = null;
  const usage: TurnUsage[] = [];

  const fitText = (text: string): string => {
    const most = Math.max(0, Math.min(TRAJECTORY_LIMITS.text, left));
    left -= Math.min(text.length, most);
    cut += Math.max(0, text.length - most);
    return uncovered(fitName(text, Math.max(1, most)));
  };
  const uncovered = (text: string): string => {
    const { text: safe, count } = withoutSecrets(text);
    covered += count;
    return safe;
  };
  /** As a document keeps it, secrets covered. */
  const fitValue = (value: unknown) => fitJson(value, uncovered);
  const fitParts = (parts: readonly Part[]): Part[] =>
    parts
      .filter((part) => 'text' in part || at(part.picture) >= 0)
      .slice(0, TRAJECTORY_LIMITS.parts)
      .map((part) => ('text' in part ? { ...part, text: fitText(part.text) } : part));
  /** Beyond the limits steps and pictures are left out, and with them whatever speaks of them. */
  const push = (step: Step): boolean => {
    if (steps.length < TRAJECTORY_LIMITS.steps) return steps.push(step) > 0;
    leftOut += 1;
    return false;
  };
  const told = new Set<string>();
  const base = (tokens: readonly Token[] = []) => ({ turn, span: null, tokens: [...tokens] });
  const nextId = () => `p${pictures.length + 1}`;
  const places = new Map<string, number>();
  const at = (id: string): number => places.get(id) ?? -1;
  const add = (picture: Picture): Picture => {
    if (pictures.length < TRAJECTORY_LIMITS.pictures) places.set(picture.id, pictures.push(picture) - 1);
    return picture;
  };
  const sizeOf = (id: string): Size => pictures[at(id)] ?? UNKNOWN;
  /** As large as a box needs it, for pictures whose size nobody told. */
  const grow = (id: string, box: ImageBox): void => {
    const picture = pictures[at(id)];
    if (!picture || !growing.has(id)) return;
    const side = (had: number, reach: number) =>
      Math.min(TRAJECTORY_LIMITS.imageSide, Math.max(had, Math.ceil(Number.isFinite(reach) ? reach : 0)));
    pictures[at(id)] = { ...picture, width: side(picture.width, box.x2), height: side(picture.height, box.y2) };
  };
  const fileOf = (found: FoundPicture | null, name: string) => ({
    hash: found?.hash ?? null,
    mimeType: found?.mimeType ?? '',
    name: fitName(found?.name ?? name),
  });
  const wholeSide = (side: number | undefined): number | null =>
    side !== undefined && Number.isInteger(side) && side > 0 && side <= TRAJECTORY_LIMITS.imageSide ? side : null;

  const builder = {
    /** Turns are counted from 1; what comes before the first belongs to none. */
    nextTurn: (): number => (turn += 1),
    turn: (): number => turn,
    sizeOf,
    pictureCount: (): number => pictures.length,
    stepCount: (): number => steps.length,
    /** Whether nobody told how large it is. */
    isAssumed: (id: string): boolean => growing.has(id),
    /** A picture whose bytes are here is asked for all the same: in another size, under another name. */
    want: (picture: string, is: PictureName): void => void wanted.push({ picture, is }),

    /**
     * A picture with pixels of its own, found or only named. `callId`: a tool made it.
     * @returns its id
     */
    picture(bytes: FoundPicture | null, name: PictureName, callId?: string): string {
      const id = nextId();
      // A header may claim any size.
      const found = wholeSide(bytes?.width) !== null && wholeSide(bytes?.height) !== null ? bytes : null;
      const [width, height] = [wholeSide(name.width), wholeSide(name.height)];
      const claimed = width !== null && height !== null ? { width, height } : null;
      const size = found ? { width: found.width, height: found.height } : (claimed ?? UNKNOWN);
      const file = fileOf(found, name.names[0] ?? '');
      const made = { id, ...size, file, ...(found || claimed ? {} : { assumedSize: true as const }) };
      add(callId === undefined || !told.has(callId) ? { ...made, from: 'file' } : { ...made, from: 'call', callId });
      if (!found) wanted.push({ picture: id, is: name });
      // From nothing, so that boxes in pixels alone say how large it is; see `finish`.
      if (!found && !claimed) {
        growing.add(id);
        pictures[at(id)] = { ...(pictures[at(id)] as Picture), width: 1, height: 1 };
      }
      return id;
    },

    /** A region of a picture, cut off at its edges; null where nothing of it lies inside. */
    view(of: string, region: ImageBox): { readonly picture: string; readonly outside: boolean } | null {
      grow(of, region);
      const picture = pictures[at(of)];
      if (!picture) return null;
      const inside = intersection(region, boxOfSize<'image'>(picture));
      if (isEmpty(inside)) return null;
      const outside = region.x1 < 0 || region.y1 < 0 || region.x2 > picture.width || region.y2 > picture.height;
      return { picture: add(viewPicture(nextId(), picture, { region: inside, turn: 0 })).id, outside };
    },

    /** A box as written, in pixels of a picture. `seen`: as large as the model saw it. */
    place(of: string, { box, frame }: Asked, seen?: Size): Placed {
      if (growing.has(of) && (frame === 'thousandths' || frame === 'fractions'))
        grow(of, { ...boxOfSize<'image'>(UNKNOWN) });
      // How a picture of no known size was seen nobody knows either.
      const isGuess = growing.has(of);
      if (frame === 'original-pixels' || (isGuess && frame === 'resized-pixels')) grow(of, box);
      const size = sizeOf(of);
      const asked = toImageBox(box, frame, size, isGuess ? size : (seen ?? size));
      const ordered = {
        x1: Math.min(asked.x1, asked.x2),
        y1: Math.min(asked.y1, asked.y2),
        x2: Math.max(asked.x1, asked.x2),
        y2: Math.max(asked.y1, asked.y2),
      };
      const outside = asked.x1 < 0 || asked.y1 < 0 || asked.x2 > size.width || asked.y2 > size.height;
      return { place: { picture: of, box: clampBox<'image'>(ordered, size) }, asked, written: box, outside };
    },

    given: (parts: readonly Part[]): void => void given.push(...fitParts(parts)),
    system: (text: string): void => void (systemPrompt = fitText(text)),
    said: (parts: readonly Part[]): void => void push({ type: 'said', parts: fitParts(parts), ...base() }),
    think: (text: string, tokens?: readonly Token[], marks?: readonly Mark[]): void =>
      void push({ type: 'think', text: fitText(text), ...(marks && { marks: [...marks] }), ...base(tokens) }),
    answer: (text: string, tokens?: readonly Token[], marks?: readonly Mark[]): void =>
      void push({ type: 'answer', text: fitText(text), ...(marks && { marks: [...marks] }), ...base(tokens) }),
    other: (kind: string, json: unknown): void =>
      void push({ type: 'other', kind: fitName(kind), json: fitValue(json), ...base() }),
    /** @returns the id by which its result is told; another than was wished where that is taken */
    call(
      { tool, written, input, label = '', asked = null, place = null, id = '' }: CallFacts,
      tokens?: readonly Token[],
    ): string {
      let callId = fitName(id);
      for (let number = calls.size + 1; callId === '' || calls.has(callId); number += 1) callId = `call-${number}`;
      calls.add(callId);
      const facts = { tool: fitName(tool), written: fitText(written), input: fitValue(input), label: fitName(label) };
      const known = place && at(place.picture) >= 0 ? place : null;
      if (push({ type: 'call', callId, ...facts, state: 'read', asked, place: known, ...base(tokens) }))
        told.add(callId);
      return callId;
    },
    result(callId: string, parts: readonly Part[], refused: StepOf<'result'>['refused'] = null): void {
      const fitted = refused && { problem: fitName(refused.problem), told: fitText(refused.told) };
      push({ type: 'result', callId, parts: fitParts(parts), refused: fitted, ...base() });
    },

    /** What the turn cost, as far as the file tells; once a turn. */
    used(facts: Partial<Omit<TurnUsage, 'turn'>>): void {
      if (usage.length >= TRAJECTORY_LIMITS.usage || usage.at(-1)?.turn === turn) return;
      usage.push({ ...NOT_TOLD, ...facts, turn });
    },

    note: (note: Note): void => void (notes.some((one) => same(one, note)) || notes.push(note)),
    /** Characters that were left out by whoever read the record. */
    leftOut: (characters: number): void => void (cut += characters),
    about(facts: {
      readonly title?: string;
      readonly createdAt?: string;
      readonly model?: { readonly name: string; readonly version?: string };
      readonly settings?: Trajectory['settings'];
      readonly source?: Partial<NonNullable<Trajectory['source']>>;
      readonly truth?: Trajectory['truth'];
      readonly parent?: Trajectory['parent'];
    }): void {
      title = facts.title ?? title;
      createdAt = facts.createdAt ?? createdAt;
      settings = facts.settings ?? settings;
      source = { ...source, ...facts.source };
      truth = facts.truth ?? truth;
      parent = facts.parent ?? parent;
      if (facts.model) {
        const name = fitName(facts.model.name);
        model = { id: name, name, version: fitName(facts.model.version ?? ''), device: 'unknown' };
      }
    },

    finish({ status, reason, message = '' }: Ending): Read {
      for (const id of growing) {
        const picture = pictures[at(id)];
        if (picture && picture.width <= 1 && picture.height <= 1) pictures[at(id)] = { ...picture, ...UNKNOWN };
      }
      if (covered > 0) notes.push({ code: 'secrets-covered', params: { count: covered } });
      if (leftOut > 0) notes.push({ code: 'steps-left-out', params: { count: leftOut } });
      if (cut > 0) notes.push({ code: 'text-cut', params: { characters: cut } });
      const question = given.flatMap((part) => ('text' in part ? [part.text] : [])).join('\n');
      const { where, system, rule, index = 0, dialect = '' } = from;
      const run: Trajectory = {
        format: TRAJECTORY_FORMAT,
        id: runId([system, where.file, where.record, String(index), question]),
        title: fitName(title || question.trim(), 200),
        createdAt: fitName(createdAt),
        updatedAt: fitName(createdAt),
        pictures,
        given: given.slice(0, TRAJECTORY_LIMITS.parts),
        models: model ? [model] : [],
        dialect,
        systemPrompt,
        settings,
        steps,
        usage,
        status,
        stop: { reason, message: fitText(message), code: null },
        parent,
        source: { system, file: fitName(where.file), record: fitName(where.record), rule, ...fitSource(source) },
        truth: truth && fitTruth(truth),
      };
      return { run, wanted, notes };
    },
  };
  return builder;
}

type Source = Partial<NonNullable<Trajectory['source']>>;
type Truth = NonNullable<Trajectory['truth']>;

function fitSource(source: Source): Source {
  const { kind, error, address, scores } = source;
  return {
    ...source,
    ...(kind !== undefined && { kind: fitName(kind, 200) }),
    ...(error !== undefined && { error: fitName(error, 10_000) }),
    ...(address !== undefined && { address: fitName(address) }),
    ...(scores && {
      scores: scores
        .filter(({ value }) => Number.isFinite(value))
        .slice(0, TRAJECTORY_LIMITS.scores)
        .map(({ name, value }) => ({ name: fitName(name, 200), value })),
    }),
  };
}

/** Far more than any answer; what is longer is none. */
const LONGEST_ANSWER = 10_000;

function fitTruth({ answers, options, places }: Truth): Truth {
  const fit = (texts: readonly string[]) =>
    texts.slice(0, TRAJECTORY_LIMITS.answers).map((text) => fitName(text, LONGEST_ANSWER));
  return {
    answers: fit(answers),
    options: options && fit(options),
    places: places.slice(0, TRAJECTORY_LIMITS.marks).map(({ label, place }) => ({ label: fitName(label), place })),
  };
}

/** A part that shows a picture. */
export const shows = (picture: string, seen: Size | null = null): Part => ({
  picture,
  seen: seen && ({ width: seen.width, height: seen.height, tokens: null } satisfies Seen),
});

function same(a: Note, b: Note): boolean {
  return a.code === b.code && JSON.stringify(a.params) === JSON.stringify(b.params);
}

/** The same of the same record, and hardly ever that of another: two 32-bit FNV-1a hashes. */
function runId(of: readonly string[]): string {
  const text = of.join('\u0000');
  const hash = (seed: number) => {
    let value = seed;
    for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
    return (value >>> 0).toString(16).padStart(8, '0');
  };
  return `import-${hash(0x811c9dc5)}${hash(0x5bd1e995)}`;
}
