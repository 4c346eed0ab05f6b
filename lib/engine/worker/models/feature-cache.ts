/**
 * Image features by content key, so that a picture is encoded once however often it is asked about. The least recently used
 * goes when there are too many, or too many bytes of them.
 */
import type { FeatureRows } from './feature-rows';

export interface ImageFeatures {
  readonly rows: FeatureRows;
  readonly world: { readonly score: number; readonly threshold: number } | null;
}

export interface FeatureCache {
  get(key: string): ImageFeatures | undefined;
  /** Takes the rows. */
  set(key: string, features: ImageFeatures): void;
  dispose(): void;
}

export interface FeatureLimits {
  readonly images: number;
  /** Above these, only the `atLeast` most recent images stay. */
  readonly bytes: number;
  readonly atLeast: number;
}

export function createFeatureCache({ images, bytes, atLeast }: FeatureLimits): FeatureCache {
  const kept = new Map<string, ImageFeatures>();
  const size = () => [...kept.values()].reduce((sum, { rows }) => sum + rows.bytes, 0);

  function drop(key: string): void {
    kept.get(key)?.rows.dispose();
    kept.delete(key);
  }

  return {
    get(key) {
      const found = kept.get(key);
      if (found) {
        // A Map keeps the order of insertion: the last one is the most recent.
        kept.delete(key);
        kept.set(key, found);
      }
      return found;
    },
    set(key, features) {
      drop(key);
      kept.set(key, features);
      for (const oldest of [...kept.keys()]) {
        if (kept.size <= images && (kept.size <= atLeast || size() <= bytes)) break;
        drop(oldest);
      }
    },
    dispose: () => [...kept.keys()].forEach(drop),
  };
}
