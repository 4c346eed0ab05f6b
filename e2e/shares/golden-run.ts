/**
 * A run without running a model: one of the golden runs (fixtures/golden), told as a trajectory of version 1, as
 * libraries of that time hold it. Words, boxes and crops are the recording's; times are even, because the recording has none.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Trajectory } from '../../lib/trajectory';
import { parseTrajectory } from '../../lib/trajectory/document';

const GOLDEN = join(import.meta.dirname, '..', 'fixtures', 'golden');
const MODEL = join(import.meta.dirname, '..', '..', 'public', 'models', 'loupe-nano', 'manifest.json');
const STEP_MS = 400;

interface GoldenTurn {
  readonly text: string;
  readonly box: readonly [number, number, number, number] | null;
  readonly crop: readonly [number, number, number, number] | null;
}

interface GoldenRun {
  readonly image: string;
  readonly question: string;
  readonly turns: readonly GoldenTurn[];
}

export interface KeptRun {
  /** As version 1 wrote it. */
  readonly original: OldRun;
  /** As it is read today. */
  readonly trajectory: Trajectory;
  readonly picture: Buffer;
}

/** What the summaries of old libraries say of a run. */
interface OldRun {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly status: string;
  readonly image: { readonly hash: string; readonly name: string };
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const between = (text: string, tag: string): string | null =>
  new RegExp(`<${tag}>(.*?)</${tag}>`, 's').exec(text)?.[1] ?? null;
const corners = ([x1, y1, x2, y2]: readonly [number, number, number, number]) => ({ x1, y1, x2, y2 });

/** Of those in which every turn but the last looks closer. */
type Choice = 'longest' | 'shortest';

export function goldenRun(id = crypto.randomUUID(), choice: Choice = 'longest'): KeptRun {
  const { runs } = readJson(join(GOLDEN, 'runs.json')) as { runs: readonly GoldenRun[] };
  const looked = runs.filter(({ turns }) => turns.every(({ crop }, at) => (crop !== null) === at < turns.length - 1));
  const byLength = looked.toSorted((a, b) => b.turns.length - a.turns.length);
  const run = choice === 'longest' ? byLength[0] : byLength.findLast(({ turns }) => turns.length > 1);
  if (!run) throw new Error('No golden run has a crop.');
  const { size } = readJson(join(GOLDEN, 'pixels.json')) as { size: number };
  const { image: input } = readJson(MODEL) as { image: { tokens: number } };
  const picture = readFileSync(join(GOLDEN, run.image));
  const seen = { width: size, height: size, tokens: input.tokens };
  // A PNG says its size in its first chunk.
  const image = { width: picture.readUInt32BE(16), height: picture.readUInt32BE(20) };

  const steps: object[] = [];
  const base = (turn: number) => {
    const start = steps.length * STEP_MS;
    return { turn, span: { start, end: start + STEP_MS }, tokens: [] };
  };
  run.turns.forEach(({ text, box, crop }, index) => {
    const turn = index + 1;
    const think = between(text, 'think');
    if (think !== null) steps.push({ type: 'think', text: think, ...base(turn) });
    const call = between(text, 'tool_call');
    if (call !== null && box && crop) {
      const { arguments: given } = JSON.parse(call) as { arguments: { label: string } };
      const [x1, y1, x2, y2] = box;
      const inImage = {
        x1: (x1 * image.width) / 1000,
        y1: (y1 * image.height) / 1000,
        x2: (x2 * image.width) / 1000,
        y2: (y2 * image.height) / 1000,
      };
      const callId = `call-${turn}`;
      const executed = corners(crop);
      steps.push({
        type: 'call',
        callId,
        tool: 'zoom',
        text: call,
        label: given.label,
        asked: { box: corners(box), frame: 'thousandths' },
        askedInImage: inImage,
        executed,
        ...base(turn),
      });
      steps.push({ type: 'result', callId, executed, seen, ...base(turn) });
    }
    const answer = between(text, 'answer');
    if (answer !== null) steps.push({ type: 'answer', text: answer, ...base(turn) });
  });

  const createdAt = new Date().toISOString();
  const original = {
    format: 'loupe-trajectory/1',
    id,
    title: run.question,
    createdAt,
    updatedAt: createdAt,
    question: run.question,
    image: {
      hash: createHash('sha256').update(picture).digest('hex'),
      ...image,
      mimeType: 'image/png',
      name: 'holiday-at-home.png',
    },
    model: { id: 'loupe-nano', name: 'Loupe Nano', version: '1.0.0', device: 'wasm' },
    protocol: 'nano-1',
    systemPrompt: '',
    settings: { temperature: 0, topP: 1, topK: 0, seed: 0, maxTurns: 4, maxNewTokens: 160, tools: true },
    seen,
    world: null,
    steps,
    usage: [],
    status: 'done',
    stop: { reason: 'answer', message: '', code: null },
    parent: null,
  };
  const parsed = parseTrajectory(original);
  if (!parsed.ok) throw new Error(`The golden run is no trajectory: ${JSON.stringify(parsed.problems)}`);
  return { original, trajectory: parsed.trajectory, picture };
}
