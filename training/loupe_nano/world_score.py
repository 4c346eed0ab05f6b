"""Fits `world.json`: how far a picture lies from the tagged scenes that the model knows (docs/model-manifest.md).

    python -m loupe_nano.world_score --model ../public/models/loupe-nano --photos DIR

The first picture's image features, averaged over tokens, are whitened along the main directions of training overviews;
the score is the mean squared whitened length. The threshold is the highest that still lets 98 % of held-out scenes pass;
`measured` says how many ordinary photographs (any folder of them; none is kept) it stops, `visionSha256` which vision encoder it
was fitted on. Rewrites the manifest.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from PIL import Image

from .export import VISION, seal, sha256
from .image import normalize, squash
from .runtime import Folder
from .world import render, sample_scene

K = 32


def pooled(folder: Folder, views: list[np.ndarray]) -> np.ndarray:
    """u8 [size, size, 3] each → f32 [n, hidden]."""
    parts = [folder.image_features(normalize(np.stack(views[i:i + 8]))).mean(1) for i in range(0, len(views), 8)]
    return np.concatenate(parts)


def overviews(count: int, seed: int, split: str) -> list[np.ndarray]:
    rng = np.random.default_rng(seed)
    return [render(sample_scene(rng, split)) for _ in range(count)]


def fit(features: np.ndarray) -> dict:
    mean = features.mean(0)
    values, vectors = np.linalg.eigh(np.cov((features - mean).T))
    order = np.argsort(-values)[:K]
    return {"mean": mean, "projection": vectors[:, order].T, "scale": np.sqrt(values[order])}


def score(world: dict, features: np.ndarray) -> np.ndarray:
    z = (features - world["mean"]) @ np.asarray(world["projection"]).T / np.asarray(world["scale"])
    return (z**2).sum(-1) / K


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--photos", type=Path, required=True)
    parser.add_argument("--train", type=int, default=800)
    parser.add_argument("--held", type=int, default=200)
    args = parser.parse_args()
    folder = Folder(args.model, 2)
    size = folder.cfg.image_size
    world = fit(pooled(folder, overviews(args.train, 11, "train")))
    held = score(world, pooled(folder, overviews(args.held, 12, "test")))
    files = sorted(p for p in args.photos.rglob("*") if p.suffix.lower() in (".jpg", ".jpeg", ".png", ".webp"))
    photos = score(world, pooled(folder, [squash(Image.open(p), size) for p in files]))
    threshold = float(np.quantile(held, 0.98))
    measured = {
        "trainOverviews": args.train, "heldOutScenes": args.held, "photographs": len(files),
        "heldOutPassing": round(float((held <= threshold).mean()), 4), "photographsStopped": round(float((photos > threshold).mean()), 4),
        "heldOutMedian": round(float(np.median(held)), 3), "photographsMedian": round(float(np.median(photos)), 3),
    }
    rounded = {"mean": np.round(world["mean"], 5).tolist(), "projection": np.round(world["projection"], 5).tolist(),
               "scale": np.round(world["scale"], 6).tolist(), "threshold": round(threshold, 4),
               "visionSha256": sha256(args.model / VISION), "measured": measured}
    (args.model / "world.json").write_text(json.dumps(rounded) + "\n")
    sheet = json.loads((args.model / "manifest.json").read_text())
    seal(args.model, folder.cfg, sheet["provenance"], sheet["version"])
    print(json.dumps(measured, indent=1))


if __name__ == "__main__":
    main()
