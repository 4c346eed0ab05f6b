/** The second tool, which no prompt names: DeepEyes' `image_rotate_tool`. */
import { describe, expect, it } from 'vitest';
import type { EngineImage, ModelCard } from '@/lib/engine';
import { rootOf, type Trajectory } from '@/lib/trajectory';
import { parseTrajectory } from '@/lib/trajectory/document';
import { findDialect } from '../dialects';
import { playScript, SETTINGS, type Played } from '../fixtures/play';
import { card, type ScriptedTurn } from '../fixtures/scripted-engine';

const smart = { kind: 'smart', factor: 28, patch: 14, minPixels: 3136, maxPixels: 100_000 } as const;
const deepeyes: ModelCard = { ...card, dialect: 'deepeyes', image: { ...card.image, sizing: smart } };

const call = (name: string, input: string) =>
  `<think>|Look.|</think>|<tool_call>{"name": "${name}", |"arguments": ${input}|}</tool_call>`;
const rotate = (input: string) => call('image_rotate_tool', input);
const zoom = call('image_zoom_in_tool', '{"bbox_2d": [0, 0, 182, 126], "label": "dog"}');
const answer = '<think>|I see.|</think>|<answer>|K7|</answer>';

const play = (texts: readonly string[], tools = ['zoom', 'rotate']) =>
  playScript(
    texts.map((text): ScriptedTurn => ({ text })),
    { card: deepeyes, settings: { ...SETTINGS, tools } },
  );

/** What the last message before request `index` showed. */
function imageBefore({ requests }: Played, index: number): EngineImage {
  const last = requests[index]?.messages.at(-1);
  const part = last?.role === 'user' ? last.content.find(({ type }) => type === 'image') : null;
  if (part?.type !== 'image') throw new Error('no image was shown');
  return part.image;
}

const toldBefore = ({ requests }: Played, index: number) => {
  const last = requests[index]?.messages.at(-1);
  return last?.role === 'user'
    ? last.content.map((part) => (part.type === 'text' ? part.text : '{image}')).join('')
    : '';
};

/** Column and row that a pixel had in what was cut. */
const at = ({ data, width }: EngineImage, x: number, y: number) => [
  ...data.subarray((y * width + x) * 4).subarray(0, 2),
];

const refusals = ({ steps }: Trajectory) =>
  steps.flatMap((step) => (step.type === 'result' && step.refused ? [step.refused] : []));

describe('R1: a model that turns its picture', () => {
  it.each([
    // Angles count counterclockwise: what was on the right comes to the top.
    { angle: 90, turn: 270, size: { width: 252, height: 364 }, topLeft: [363 & 255, 0] },
    { angle: -90, turn: 90, size: { width: 252, height: 364 }, topLeft: [0, 251] },
    { angle: 270, turn: 90, size: { width: 252, height: 364 }, topLeft: [0, 251] },
    { angle: 180, turn: 180, size: { width: 364, height: 252 }, topLeft: [363 & 255, 251] },
    { angle: 360, turn: 0, size: { width: 364, height: 252 }, topLeft: [0, 0] },
  ])('R1: by $angle gets it turned', async ({ angle, turn, size, topLeft }) => {
    const played = await play([rotate(`{"angle": ${angle}}`), answer]);
    const { run, cuts } = played;
    expect(run.pictures[1]).toMatchObject({
      from: 'view',
      of: 'p1',
      region: { x1: 0, y1: 0, x2: 1600, y2: 1200 },
      turn,
    });
    expect(run.steps[1]).toMatchObject({ type: 'call', tool: 'rotate', input: { angle }, asked: null });
    expect(run.steps[2]).toMatchObject({ parts: [{ picture: 'p2', seen: size }], refused: null });
    // It is cut lying, as the file is, and turned then.
    expect(cuts[1]?.size).toEqual({ width: 364, height: 252 });
    const image = imageBefore(played, 1);
    expect(image).toMatchObject(size);
    expect(image.data).toHaveLength(size.width * size.height * 4);
    expect(at(image, 0, 0)).toEqual(topLeft);
    expect(image.key === imageBefore(played, 0).key).toBe(turn === 0);
    expect(toldBefore(played, 1)).toMatch(/^<tool_response>\{image\}\nThink first/);
    expect(run.stop?.reason).toBe('answer');
    expect(parseTrajectory(run).ok).toBe(true);
  });

  it('R1: whole, every pixel in its place', async () => {
    const image = imageBefore(await play([rotate('{"angle": 90}'), answer]), 1);
    for (let y = 0; y < image.height; y += 7) {
      for (let x = 0; x < image.width; x += 5) {
        const [column, row] = [image.height - 1 - y, x];
        if (at(image, x, y).join() !== `${column & 255},${row & 255}`) throw new Error(`wrong at ${x}, ${y}`);
      }
    }
  });

  it('S1: a zoom after that speaks of the picture that was given', async () => {
    const { run, cuts } = await play([rotate('{"angle": 90}'), zoom, answer]);
    expect(run.steps[4]).toMatchObject({
      tool: 'zoom',
      place: { picture: 'p1', box: { x1: 0, y1: 0, x2: 800, y2: 600 } },
    });
    expect(run.pictures.map(({ id }) => id)).toEqual(['p1', 'p2', 'p3']);
    expect(rootOf(run.pictures, 'p3')).toMatchObject({ picture: { id: 'p1' }, view: { turn: 0 } });
    expect(cuts).toHaveLength(3);
  });

  it('R2: is told what is wrong with a turn that cannot be made', async () => {
    const played = await play([rotate('{}'), rotate('{"angle": "90"}'), rotate('{"angle": 45}'), rotate('90'), answer]);
    expect(refusals(played.run)).toEqual([
      { problem: 'no-angle', told: 'Error: the arguments hold no "angle".' },
      { problem: 'no-angle', told: 'Error: the arguments hold no "angle".' },
      { problem: 'angle-no-quarter', told: 'Error: "angle" must be a multiple of 90.' },
      { problem: 'no-angle', told: 'Error: the arguments hold no "angle".' },
    ]);
    // D7: alone, without tags.
    expect(toldBefore(played, 3)).toBe('Error: "angle" must be a multiple of 90.');
    expect(played.cuts).toHaveLength(1);
    expect(played.run.stop?.reason).toBe('answer');
  });

  it('R2, N13: the same turn twice is told, a third time ends the run; another angle is another request', async () => {
    const again = await play([rotate('{"angle": 90}'), rotate('{"angle": 90}'), rotate('{"angle": 90}')]);
    expect(refusals(again.run).map(({ problem }) => problem)).toEqual(['repeated-call', 'repeated-call']);
    expect(again.run.stop?.reason).toBe('repeated-call');
    const other = await play([
      rotate('{"angle": 90}'),
      rotate('{"angle": 180}'),
      zoom,
      rotate('{"angle": 90}'),
      answer,
    ]);
    expect(refusals(other.run)).toEqual([]);
  });

  it('R3: is no tool where the settings do not name it', async () => {
    const { run, cuts } = await play([rotate('{"angle": 90}'), answer], ['zoom']);
    const told = 'Error: there is no such tool; the only one is image_zoom_in_tool.';
    expect(refusals(run)).toEqual([{ problem: 'unknown-tool', told }]);
    expect(run.steps[1]).toMatchObject({ tool: 'image_rotate_tool', place: null });
    expect(cuts).toHaveLength(1);
    const both = await play([call('other', '{}'), answer]);
    expect(refusals(both.run)[0]?.told).toBe(
      'Error: there is no such tool; there are image_zoom_in_tool, image_rotate_tool.',
    );
  });

  it('G2, R2: its calls in the grammar are those that change something; each is read and can be made', async () => {
    const dialect = findDialect('deepeyes')!;
    const image = { width: 1600, height: 1200 };
    const grammarOf = (tools: readonly string[]) =>
      dialect.grammar({ frame: 'resized-pixels', image, seen: { width: 364, height: 252 }, tools, mayCall: true });
    const [zoomed, ...turned] = grammarOf(['zoom', 'rotate']).calls;
    expect(zoomed).toEqual(grammarOf(['zoom']).calls[0]);
    expect(grammarOf(['rotate']).calls).toEqual(turned);
    const written = turned.map(({ pieces }) =>
      pieces.map((piece) => ('literal' in piece ? piece.literal : '?')).join(''),
    );
    expect(written).toHaveLength(3);
    const { run } = await play([...written, answer]);
    expect(refusals(run)).toEqual([]);
    expect(run.pictures.slice(1).map((one) => (one.from === 'view' ? one.turn : null))).toEqual([270, 180, 90]);
  });
});
