/** Image features by content key, so that a picture is encoded once however often it is asked about. Least recently used goes. */
export interface ImageFeatures {
  /** f32 [tokens, hidden] */
  readonly rows: Float32Array;
  readonly world: { readonly score: number; readonly threshold: number } | null;
}

export interface FeatureCache {
  get(key: string): ImageFeatures | undefined;
  set(key: string, features: ImageFeatures): void;
}

export function createFeatureCache(limit: number): FeatureCache {
  const kept = new Map<string, ImageFeatures>();
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
      kept.delete(key);
      kept.set(key, features);
      for (const oldest of kept.keys()) {
        if (kept.size <= limit) break;
        kept.delete(oldest);
      }
    },
  };
}
