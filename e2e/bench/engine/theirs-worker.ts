/**
 * transformers.js in a worker, as its documentation has it: AutoProcessor, AutoModelForImageTextToText, `generate`. Turns can be
 * taken in two ways. `again`: the whole conversation and all its pictures go through processor and model every time, as in the
 * documentation and its demos. `kept`: the cache of the turn before is handed back, with the ids of everything and the pixels of
 * the new picture only; undocumented, but it works for this family.
 */
import { countRuns, takeReport } from './probe';
import { serveCalls } from './calls';
import type * as Transformers from '@huggingface/transformers';
import { wordsOf, type Picture, type Setup, type TurnTimes } from './scenario';

export type Way = 'again' | 'kept';

type Ids = bigint[];
type Inputs = Record<'input_ids' | 'attention_mask' | 'pixel_values' | 'pixel_attention_mask', Transformers.Tensor>;
type Processor = ((text: string, images: unknown, options: unknown) => Promise<Inputs>) & Transformers.Processor;

interface Opened {
  readonly lib: typeof Transformers;
  readonly setup: Setup;
  readonly processor: Processor;
  readonly model: Transformers.PreTrainedModel;
}

let opened: Opened | null = null;
const images: Transformers.RawImage[] = [];
const replies: Ids[] = [];
/** Of `kept`: everything that was said so far, and its cache. */
let said: Ids = [];
let cache: Transformers.DynamicCache | null = null;

/** A device without subgroups, whatever is asked for. */
function withoutSubgroups(): void {
  const { requestDevice } = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = function (descriptor = {}) {
    const requiredFeatures = [...(descriptor.requiredFeatures ?? [])].filter((name) => !name.startsWith('subgroup'));
    return requestDevice.call(this, { ...descriptor, requiredFeatures });
  };
}

async function open(setup: Setup): Promise<void> {
  if (setup.device === 'webgpu' && !setup.subgroups) withoutSubgroups();
  // The bundle that a page without a bundler gets from the CDN.
  const address = new URL('/theirs/transformers.min.js', setup.endpoint).href;
  const lib = (await import(/* @vite-ignore */ address)) as typeof Transformers;
  const { env } = lib;
  env.remoteHost = `${setup.endpoint}/`;
  const { wasm } = env.backends.onnx;
  if (!wasm) throw new Error('transformers.js has no ONNX Runtime.');
  const name = 'ort-wasm-simd-threaded.asyncify';
  const at = (ending: string) => new URL(`/theirs/ort/${name}.${ending}`, setup.endpoint).href;
  wasm.wasmPaths = { mjs: at('mjs'), wasm: at('wasm') };
  wasm.numThreads = setup.threads;
  const [processor, model] = await Promise.all([
    lib.AutoProcessor.from_pretrained(setup.model),
    lib.AutoModelForImageTextToText.from_pretrained(setup.model, { device: setup.device, dtype: setup.dtype }),
  ]);
  const [session] = Object.values(model.sessions as Record<string, object>);
  countRuns(Object.getPrototypeOf(session) as Parameters<typeof countRuns>[0]);
  opened = { lib, setup, processor: processor as Processor, model };
}

/** A reply of as many tokens as will have been generated: its own ids take their place, so that nothing is tokenized twice. */
const standIn = (tokens: number) => Array<string>(tokens).fill('a').join(' ');

function conversation({ processor, setup }: Opened, turn: number): string {
  const messages = Array.from({ length: turn + 1 }, (_, i) => [
    { role: 'user', content: [{ type: 'image' }, { type: 'text', text: wordsOf(i) }] },
    { role: 'assistant', content: [{ type: 'text', text: standIn(setup.tokens) }] },
  ]).flat();
  messages.pop();
  const options = { add_generation_prompt: true, tokenize: false };
  // Typed for text alone; templates take parts, as its documentation shows.
  return processor.apply_chat_template(messages as never, options) as string;
}

function idsOf(tensor: Transformers.Tensor): Ids {
  return Array.from(tensor.data as BigInt64Array);
}

/** Puts what was generated where the stand-ins are. */
function withReplies({ processor, setup }: Opened, ids: Ids): Ids {
  const [letter] = processor.tokenizer?.encode(' a') ?? [];
  const isStandIn = (at: number) => ids.slice(at, at + setup.tokens).every((id) => Number(id) === letter);
  for (const reply of replies) {
    const at = ids.findIndex((_, i) => isStandIn(i));
    if (at < 0 || at + setup.tokens > ids.length) throw new Error('There is no place for a reply.');
    ids.splice(at, setup.tokens, ...reply);
  }
  return ids;
}

async function again(all: Opened, turn: number): Promise<Inputs> {
  const { lib, processor } = all;
  const inputs = await processor(conversation(all, turn), images, { do_image_splitting: false });
  const ids = withReplies(all, idsOf(inputs.input_ids));
  return { ...inputs, input_ids: new lib.Tensor('int64', ids, [1, ids.length]) };
}

async function kept(all: Opened, turn: number): Promise<Inputs> {
  const { lib, processor, setup } = all;
  // What comes after the last reply.
  const text = conversation(all, turn).split(standIn(setup.tokens)).at(-1);
  const inputs = await processor(text ?? '', [images.at(-1)], { do_image_splitting: false });
  const ids = [...said, ...idsOf(inputs.input_ids)];
  const attention_mask = new lib.Tensor('int64', Array<bigint>(ids.length).fill(1n), [1, ids.length]);
  return { ...inputs, input_ids: new lib.Tensor('int64', ids, [1, ids.length]), attention_mask };
}

async function turn({ turn: number, picture, way }: { turn: number; picture: Picture; way: Way }): Promise<TurnTimes> {
  if (!opened) throw new Error('No model is loaded.');
  const { lib, setup, model } = opened;
  const start = performance.now();
  images.push(new lib.RawImage(picture.data, picture.width, picture.height, 4).rgb());
  const inputs = await (way === 'again' ? again : kept)(opened, number);
  const times: number[] = [];
  class Clock extends lib.BaseStreamer {
    private prompt = true;
    override put(): void {
      // The prompt comes first.
      if (!this.prompt) times.push(performance.now() - start);
      this.prompt = false;
    }
    override end(): void {
      // Nothing is held back.
    }
  }
  const output: unknown = await model.generate({
    ...inputs,
    max_new_tokens: setup.tokens,
    do_sample: false,
    streamer: new Clock() as never,
    ...(way === 'kept' && { past_key_values: cache, return_dict_in_generate: true }),
  });
  const done = output as Transformers.Tensor & {
    sequences: Transformers.Tensor;
    past_key_values: Transformers.DynamicCache;
  };
  const sequence = idsOf(way === 'kept' ? done.sequences : done);
  const promptTokens = inputs.input_ids.dims[1] ?? 0;
  const reply = sequence.slice(promptTokens);
  replies.push(reply);
  if (way === 'kept') {
    said = sequence;
    cache = done.past_key_values;
  }
  return { promptTokens, tokenIds: reply.map(Number), times };
}

serveCalls({ open, turn, report: takeReport });
