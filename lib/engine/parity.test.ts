/**
 * The engine beside transformers.js on one picture and one question, which is what both can do in every family: the same
 * prompt, the same pixels, the same logits, the same 48 greedy tokens.
 *
 * Pictures have sizes that neither side has to resize, because the two resize differently: transformers.js draws every second
 * resize (the whole of a tiled picture) bilinearly without antialiasing, whatever the model asks for; Loupe draws it as
 * Pillow does with the model's filter. Where there is such a view of the whole, its pixels are compared roughly, and then
 * theirs are put in, so that everything after them is compared to the last digit.
 */
import { describe, expect, it } from 'vitest';
import { loadTinyModel, scene, see } from './fixtures/tiny-engine';
import { FAMILIES, type TinyModelOptions } from './fixtures/tiny-models';
import { oracle, type OracleAnswer } from './fixtures/tiny-models/oracle';
import { GREEDY, collectTurn } from './fixtures/nano-conversation';
import { layOutImage } from './sizing';
import { generate } from './worker/generate';
import type { Tensors } from './worker/runtime/runtime';

const TOKENS = 48;
const QUESTION = 'What is on the sign? 12 345';

interface Case extends TinyModelOptions {
  readonly width: number;
  readonly height: number;
}

const CASES: readonly Case[] = FAMILIES.flatMap((family): Case[] => {
  if (family === 'qwen2_vl' || family === 'qwen2_5_vl') return [{ family, width: 280, height: 196 }];
  if (family === 'qwen3_vl' || family === 'qwen3_5') return [{ family, width: 224, height: 320 }];
  if (family === 'lfm2_vl') {
    return [
      { family, tiling: false, width: 64, height: 64 },
      { family, tiling: true, width: 192, height: 128 },
    ];
  }
  return [
    { family, tiling: true, width: 512, height: 384 },
    { family, tiling: false, width: 512, height: 512 },
    // Not in parts, and from their pixels: else eight bits round otherwise (eight-bits.test.ts).
    ...(family === 'smolvlm' ? [{ family, dtype: 'q8', tiling: false, width: 512, height: 512 } as const] : []),
  ];
});

/** What the vision encoder was given, and the logits of every run of the decoder. */
interface Recording {
  readonly vision: Tensors[];
  readonly logits: Float32Array[];
}

async function ours(options: Case, theirs: OracleAnswer) {
  const recording: Recording = { vision: [], logits: [] };
  const loaded = await loadTinyModel(options, (runtime) => ({
    ...runtime,
    async run(session, feeds, fetches) {
      const pixels = feeds['pixel_values'];
      if (pixels) {
        recording.vision.push({ ...feeds });
        const index = recording.vision.length - 1;
        // One piece a run on WASM: theirs hold all of them.
        const whole = theirs.vision['pixel_values']!.data as Float32Array;
        const share = whole.subarray(index * pixels.size, (index + 1) * pixels.size);
        feeds = { ...feeds, pixel_values: new runtime.ort.Tensor('float32', share.slice(), pixels.dims) };
      }
      const outputs = await runtime.run(session, feeds, fetches);
      const logits = outputs['logits']?.data as Float32Array | undefined;
      if (logits) recording.logits.push(logits.slice(-loadedVocab));
      return outputs;
    },
  }));
  const loadedVocab = loaded.manifest.decoder.vocab;
  const image = see(loaded.manifest.image, scene(options, 2));
  const messages = [
    {
      role: 'user',
      content: [
        { type: 'image', image },
        { type: 'text', text: QUESTION },
      ],
    },
  ] as const;
  const ids = loaded.renderPrompt(messages).positions.map(({ id }) => id);
  const request = { messages, sampling: GREEDY, maxNewTokens: TOKENS };
  const turn = await collectTurn(generate(loaded, request, new AbortController().signal, { prefillChunk: 4096 }));
  return { ...recording, ids, turn, manifest: loaded.manifest };
}

function worst(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}

describe.each(CASES)('$family $dtype, $width × $height, tiling $tiling', (options) => {
  it('is what transformers.js computes', async () => {
    const picture = scene(options, 2);
    const theirs = await oracle({ ...options, image: picture, prompt: QUESTION, tokens: TOKENS });
    const { vision, logits, ids, turn, manifest } = await ours(options, theirs);

    expect(ids).toEqual(theirs.promptIds);

    const pixels = theirs.vision['pixel_values']!.data as Float32Array;
    const { whole, size } = layOutImage(manifest.image, options);
    const redrawn = whole !== null || size.width !== options.width;
    let at = 0;
    vision.forEach(({ pixel_values: given }, i) => {
      const data = given!.data as Float32Array;
      const isWhole = redrawn && i === vision.length - 1;
      expect(worst(data, pixels.subarray(at, at + data.length)), `piece ${i + 1}`).toBeLessThanOrEqual(
        isWhole ? 0.25 : 1e-2,
      );
      at += data.length;
    });
    expect(at).toBe(pixels.length);
    for (const name of ['image_grid_thw', 'spatial_shapes', 'pixel_attention_mask']) {
      const expected = theirs.vision[name];
      if (!expected) continue;
      const given = vision.flatMap((feeds) => [...((feeds[name] ?? feeds['grid_thw'])!.data as BigInt64Array)]);
      expect(given.map(Number)).toEqual(Array.from(expected.data, Number));
    }

    expect(turn.end.tokenIds).toEqual(theirs.tokenIds);
    // Where layers keep states, the prompt takes several runs.
    expect(logits.length).toBeGreaterThanOrEqual(TOKENS);
    logits
      .slice(-TOKENS)
      .forEach((row, i) => expect(worst(row, theirs.logits[i]!), `token ${i + 1}`).toBeLessThanOrEqual(1e-3));
    // Special tokens are shown as they are by Loupe and left out there.
    expect(turn.text).toBe(theirs.reply);
  });
});
