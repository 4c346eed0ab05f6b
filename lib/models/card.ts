/** From a model's manifest to what the agent may know of it. */
import type { ModelCard, ModelManifest } from '@/lib/engine/contract';

/** The dialect that asks models to call who were never taught to. */
const UNTAUGHT = 'zoom-json';

export function cardOf(manifest: ModelManifest): ModelCard {
  const { id, name, version, protocol, frame, image, crop, context, provenance } = manifest;
  const can = { tokens: true, grammar: true, score: true, calls: protocol !== UNTAUGHT };
  return { id, name, version, dialect: protocol, frame, image, crop, context, provenance, can };
}
