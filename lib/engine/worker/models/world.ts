/**
 * How far a picture is from what a model was trained on: a Mahalanobis-like distance of its mean image feature in the
 * directions `world.json` names (docs/model-manifest.md).
 */
import * as z from 'zod/mini';
import { EngineError } from '../../contract';

const world = z.object({
  mean: z.array(z.number()),
  projection: z.array(z.array(z.number())).check(z.minLength(1)),
  scale: z.array(z.number().check(z.positive())),
  threshold: z.number(),
});

export type World = z.infer<typeof world>;

/** @throws EngineError `bad-manifest` */
export function parseWorld(value: unknown, hidden: number): World {
  const parsed = world.safeParse(value);
  if (!parsed.success)
    throw new EngineError('bad-manifest', `world.json: ${parsed.error.issues[0]?.message ?? 'wrong'}`);
  const { mean, projection, scale } = parsed.data;
  if (mean.length !== hidden || scale.length !== projection.length || projection.some((row) => row.length !== hidden)) {
    throw new EngineError('bad-manifest', 'world.json: its lengths do not fit the model.');
  }
  return parsed.data;
}

/** @param features f32 [tokens, hidden] of one image. 0 is the centre of the training world. */
export function worldScore({ mean, projection, scale }: World, features: Float32Array): number {
  const hidden = mean.length;
  const tokens = features.length / hidden;
  const centred = mean.map((centre, i) => {
    let sum = 0;
    for (let t = 0; t < tokens; t++) sum += features[t * hidden + i] ?? 0;
    return sum / tokens - centre;
  });
  let squares = 0;
  projection.forEach((row, k) => {
    const z = row.reduce((sum, weight, i) => sum + weight * (centred[i] ?? 0), 0) / (scale[k] ?? 1);
    squares += z * z;
  });
  return squares / projection.length;
}
