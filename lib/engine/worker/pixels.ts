/**
 * What the next token rests on in a picture: two graphs over the model's own weights (training/loupe_nano/lens_graphs.py), fetched and
 * compiled when they are first asked for and kept with the model. They run on WASM whatever the device is. The weights are the model's
 * files, in which the graphs point.
 */
import { EngineError, type PixelsRead, type PixelsRequest } from '../contract';
import { embed, encodeOne } from './prefill';
import type { LoadedModel } from './load-model';
import { channelTables, layoutOf, piecesOf, toPlanes } from './models/pixels';
import type { Prompt } from './prompt/prompt';
import { readGpuBuffer } from './runtime/gpu';
import { floatsOfData } from './runtime/floats';
import type { Ort } from './runtime/runtime';

/** Versions of a picture read in one run: each takes some 20 MB. */
const AT_ONCE = 6;

/** @throws EngineError `bad-request`, `unsupported-model`, and those of a run; the abort's reason */
export async function readPixels(
  loaded: LoadedModel,
  request: PixelsRequest,
  signal: AbortSignal,
): Promise<PixelsRead> {
  const { manifest, runtime, renderPrompt } = loaded;
  const { ort } = runtime;
  const prompt = renderPrompt(request.messages, request.tools, request.begun);
  const asked = await inputsOf(loaded, prompt, request, signal);
  const session = await loaded.pixelGraphs.open(request.nudges ? 'nudged' : 'gradients', signal);
  const side = manifest.image.size;
  const plane = side * side;
  const steps = manifest.image.std.map((std) => 1 / (255 * std));
  const run = async (pixels: Float32Array, count: number) => {
    signal.throwIfAborted();
    const pixel_values = new ort.Tensor('float32', pixels, [count, 3, side, side]);
    return runtime.run(session, { ...asked.feeds, pixel_values });
  };
  const options = request.options.length;
  const rowsOf = (tensor: Ort.Tensor | undefined): number[][] => {
    const all = tensor?.data as Float32Array;
    return Array.from({ length: all.length / options }, (_, at) => [...all.slice(at * options, (at + 1) * options)]);
  };
  if (!request.nudges) {
    const { log_probabilities, gradients } = await run(asked.pixels, 1);
    const all = gradients?.data as Float32Array;
    const each = request.options.map((_, at) => {
      const own = all.slice(at * 3 * plane, (at + 1) * 3 * plane);
      steps.forEach((step, channel) => {
        for (let i = channel * plane; i < (channel + 1) * plane; i++) own[i]! *= step;
      });
      return own;
    });
    return { logProbabilities: rowsOf(log_probabilities), gradients: each, side };
  }
  const logProbabilities: number[][] = [];
  for (let at = 0; at < request.nudges.length; at += AT_ONCE) {
    const part = request.nudges.slice(at, at + AT_ONCE);
    const pixels = new Float32Array(part.length * 3 * plane);
    part.forEach((nudge, n) => {
      if (nudge.length !== 3 * plane) throw new EngineError('bad-request', `A nudge has ${3 * plane} numbers.`);
      for (let i = 0; i < nudge.length; i++) {
        pixels[n * 3 * plane + i] = asked.pixels[i]! + nudge[i]! * steps[Math.floor(i / plane)]!;
      }
    });
    logProbabilities.push(...rowsOf((await run(pixels, part.length))['log_probabilities']));
  }
  return { logProbabilities, gradients: [], side };
}

/** What stands before and after the picture, and the picture as the model takes it. */
async function inputsOf(loaded: LoadedModel, prompt: Prompt, request: PixelsRequest, signal: AbortSignal) {
  const { manifest, runtime } = loaded;
  const { ort } = runtime;
  const { positions, images } = prompt;
  const { hidden, vocab } = manifest.decoder;
  if (positions.length > manifest.context) {
    throw new EngineError('context-full', `The turn takes ${positions.length} of ${manifest.context} tokens.`);
  }
  if (request.options.length < 2 || request.options.some((id) => !Number.isInteger(id) || id < 0 || id >= vocab)) {
    throw new EngineError('bad-request', 'Give at least two token ids of the vocabulary.');
  }
  const image = images.get(request.image);
  const end = positions.findLastIndex(({ feature }) => feature?.key === request.image) + 1;
  if (!image || end === 0) throw new EngineError('bad-request', 'The picture is not in the conversation.');
  const layout = layoutOf(manifest.image, image);
  const [piece, more] = piecesOf(image, layout, manifest.image.resample);
  if (!piece || more) throw new EngineError('unsupported-model', 'A picture is several to this model.');
  for (const one of images.values()) {
    signal.throwIfAborted();
    await encodeOne(loaded, one);
  }
  const tensor = await embed(loaded, positions);
  const floats = await floatsOn(loaded, tensor, positions.length * hidden);
  const part = (from: number, to: number) =>
    new ort.Tensor('float32', floats.slice(from * hidden, to * hidden), [1, to - from, hidden]);
  return {
    pixels: toPlanes(piece, channelTables(manifest.image)),
    feeds: {
      before: part(0, end - manifest.image.tokens),
      after: part(end, positions.length),
      options: new ort.Tensor('int64', BigInt64Array.from(request.options, BigInt), [request.options.length]),
    },
  };
}

/** Numbers of a tensor wherever it lies. */
async function floatsOn({ runtime }: LoadedModel, tensor: Ort.Tensor, count: number): Promise<Float32Array> {
  if (tensor.location !== 'gpu-buffer') return floatsOfData(tensor.type, tensor.data);
  const { gpu } = runtime;
  if (!gpu) throw new EngineError('internal', 'There is no GPU.');
  return runtime.onGpu(async () => {
    const bytes = await readGpuBuffer(gpu, tensor.gpuBuffer, count * 4);
    return new Float32Array(bytes);
  });
}
