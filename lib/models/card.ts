/** From a model's manifest to what the agent may know of it. */
import type { ModelCard, ModelManifest } from '@/lib/engine/contract';

/** The dialect that asks models to call who were never taught to, unless their manifest says more. */
const UNTAUGHT = 'zoom-json';

export function cardOf(manifest: ModelManifest): ModelCard {
  const { id, name, version, protocol, frame, image, crop, context, provenance, training, files } = manifest;
  const calls = training ? training.calls === 'trained' : protocol !== UNTAUGHT;
  const pixels = files.some(({ role }) => role === 'gradients');
  const can = { tokens: true, grammar: true, score: true, calls, goOn: true, ...(pixels && { pixels }) };
  const boxes = training?.boxes ?? 'trained';
  return { id, name, version, dialect: protocol, frame, boxes, image, crop, context, provenance, can };
}
