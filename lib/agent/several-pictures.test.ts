/** docs/protocol.md K1 to K3: several pictures in one question, by a script and by a model of the Qwen family (random weights). */
import { describe, expect, it } from 'vitest';
import type { ModelCard } from '@/lib/engine';
import type { SourceImage } from '@/lib/image';
import { foldEvent, type RunSettings, type Trajectory } from '@/lib/trajectory';
import { parseTrajectory } from '@/lib/trajectory/document';
import { ofThisSuite } from '@/scripts/suite';
import { findDialect } from './dialects';
import { loadRandom, type Model } from './fixtures/fork-chains';
import { playScript } from './fixtures/play';
import { card, scriptedImages, source, type ScriptedTurn } from './fixtures/scripted-engine';
import { forkOf } from './fork';
import { runAgent } from './run-agent';

const other: SourceImage = { ...source, ref: { ...source.ref, hash: 'ef'.repeat(32), width: 400, height: 300 } };
const given = [{ source }, { source: other }, { text: 'Which one has a dog?' }];
const qwen: ModelCard = {
  ...card,
  dialect: 'qwen-tools',
  crop: { minSide: 8, context: 1 },
  can: { ...card.can, goOn: true },
};

const zoom = (index: number | string): ScriptedTurn => ({
  text: `<tool_call>\n{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [0, 0, 500, 500], "label": "dog", "img_idx": ${index}}}\n</tool_call>`,
});
const answer: ScriptedTurn = { text: '<answer>|the second|</answer>' };

it('K1: pictures are named before them, crops go on counting, and one alone has no name', async () => {
  const { requests } = await playScript([zoom(1), answer], { given, card: qwen });
  const told = requests[1]!.messages.flatMap((message) =>
    message.role === 'user' ? message.content.map((part) => (part.type === 'text' ? part.text : 'PICTURE')) : [],
  );
  expect(told).toEqual([
    ...['Picture 1: ', 'PICTURE', 'Picture 2: ', 'PICTURE', 'Which one has a dog?'],
    ...['<tool_response>\n', 'Picture 3: ', 'PICTURE', '\n</tool_response>'],
  ]);
  const alone = await playScript([answer], { given: [{ source }, { text: 'A dog?' }], card: qwen });
  const [, first] = alone.requests[0]!.messages;
  expect(first).toMatchObject({ content: [{ type: 'image' }, { type: 'text', text: 'A dog?' }] });
});

it('K2: the tool says which picture, where there are several, and so does the grammar', async () => {
  for (const id of ['qwen-tools', 'qwen-xml']) {
    const dialect = findDialect(id)!;
    expect(dialect.systemPrompt(true, 'thousandths')).not.toContain('img_idx');
    expect(dialect.systemPrompt(true, 'thousandths', ['zoom'], 2)).toContain('"img_idx"');
    const { requests } = await playScript([answer], {
      ...{ given, card: { ...qwen, dialect: id } },
      settings: {
        temperature: 0,
        topP: 1,
        topK: 0,
        seed: 1,
        maxTurns: 2,
        maxNewTokens: 96,
        tools: ['zoom'],
        grammar: true,
      },
    });
    expect(requests[0]!.grammar?.calls[0]?.pieces).toContainEqual({ number: { kind: 'integer', min: 0, max: 1 } });
  }
  for (const id of ['native', 'native-yx']) {
    const tools = findDialect(id)!.nativeTools!(['zoom'], 'thousandths', 2);
    expect(JSON.stringify(tools)).toContain('img_idx');
  }
});

it('K3: a call means the picture that it names, a crop too, and is refused where there is none', async () => {
  const { run, cuts } = await playScript([zoom(1), zoom(2), zoom(9), zoom('"x"'), answer], { given, card: qwen });
  const calls = run.steps.flatMap((step) => (step.type === 'call' ? [step.place?.picture ?? null] : []));
  expect(calls).toEqual(['p2', 'p3', null, null]);
  expect(run.steps.flatMap((step) => (step.type === 'result' && step.refused ? [step.refused.problem] : []))).toEqual([
    'no-such-picture',
    'no-such-picture',
  ]);
  // A crop of a crop is cut out of the file.
  expect(cuts.slice(2).map(({ hash, region }) => [hash, region.x2, region.y2])).toEqual([
    [other.ref.hash, 200, 150],
    [other.ref.hash, 100, 75],
  ]);
  expect(parseTrajectory(JSON.parse(JSON.stringify(run)))).toEqual({ ok: true, trajectory: run });
});

it('a look of one’s own is at the picture on which it was drawn', async () => {
  const { run } = await playScript([answer], { given, card: qwen });
  const goer = { card: qwen, device: 'wasm', dialect: findDialect('qwen-tools')! } as const;
  const box = { x1: 40, y1: 30, x2: 200, y2: 150 };
  const made = forkOf(run, { kind: 'look', step: 0, box, picture: 'p2' }, goer);
  if (!made.ok) throw new Error(made.problem);
  const files = given.filter((one) => 'source' in one);
  const { run: forked } = await playScript([answer], { ...made.fork, given: files, card: qwen });
  expect(forked.steps[0]).toMatchObject({ type: 'call', place: { picture: 'p2', box } });
  expect(forked.systemPrompt).toBe(run.systemPrompt);
});

describe.each(ofThisSuite(['qwen2_5_vl', 'qwen3_vl', 'qwen2_vl', 'qwen3_5'] as const, (one) => one === 'qwen2_5_vl'))(
  'a model of the family %s',
  (family) => {
    const loading = loadRandom({ family });
    const settings: RunSettings = {
      ...{ temperature: 0, topP: 1, topK: 0, seed: 3 },
      ...{ maxTurns: 1, maxNewTokens: 6, tools: [] },
    };
    const small = (of: SourceImage, width: number, height: number) => ({ ...of, ref: { ...of.ref, width, height } });
    const [one, two] = [small(source, 96, 72), small(other, 64, 80)];

    async function play({ card, engine }: Model, sources: readonly SourceImage[]): Promise<Trajectory> {
      let run: Trajectory | null = null;
      const order = {
        ...({ engine, card, settings, images: scriptedImages(), device: 'wasm', now: () => 0 } as const),
        given: [...sources.map((source) => ({ source })), { text: 'Which?' }],
        signal: new AbortController().signal,
      };
      for await (const event of runAgent(order)) run = foldEvent(run, event);
      expect(run?.status, run?.stop?.message).toBe('done');
      return run!;
    }
    const begins = ({ steps }: Trajectory) => steps[0]!.tokens.map(({ logprob }) => logprob);

    it('sees all of them, in their order', async () => {
      const model = await loading;
      const run = await play(model, [one, two]);
      expect(run.usage[0]).toMatchObject({ imagesEncoded: 2 });
      expect(run.given.map((part) => 'picture' in part && part.seen !== null)).toEqual([true, true, false]);
      const swapped = await play(model, [two, one]);
      // Both were seen before, and lie elsewhere in the prompt.
      expect(swapped.usage[0]).toMatchObject({ imagesEncoded: 0 });
      expect(begins(swapped)).not.toEqual(begins(run));
      expect(begins(await play(model, [one, two]))).toEqual(begins(run));
    });
  },
);
