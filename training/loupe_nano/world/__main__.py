"""Writes scenes as folders of a picture and its scene.json (docs/scene-format.md).

    python -m loupe_nano.world --seed 7 --n 20 --out DIR [--split train|test] [--held-out-fraction F] [--unseen-style]
"""
from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from PIL import Image

from . import ask, render, sample_scene, scene_json


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m loupe_nano.world", description="Write tagged scenes with questions.")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--n", type=int, default=10, help="number of scenes")
    parser.add_argument("--out", type=Path, required=True, help="folder; one sub-folder a scene")
    parser.add_argument("--split", choices=("train", "test"), default="test")
    parser.add_argument("--held-out-fraction", type=float, default=1.0, help="share of test scenes with held-out fonts, grounds, palettes and layouts")
    parser.add_argument("--unseen-style", action="store_true", help="icons of the style that training never shows")
    parser.add_argument("--questions", type=int, default=10, help="questions a scene")
    parser.add_argument("--format", choices=("png", "webp"), default="png")
    args = parser.parse_args()
    for i in range(args.n):
        # A generator of its own per scene: scene i is the same whatever --n is.
        rng = np.random.default_rng([args.seed, i])
        # Spread evenly, so that the share holds for every count as nearly as whole scenes can.
        held = int((i + 1) * args.held_out_fraction + 0.5) > int(i * args.held_out_fraction + 0.5)
        scene = sample_scene(rng, args.split, held_out_fraction=float(held), unseen_style=args.unseen_style)
        questions = [q.json(f"q{k}") for k, q in enumerate(ask(scene, rng, count=args.questions))]
        folder = args.out / f"scene-{args.seed}-{i:04d}"
        folder.mkdir(parents=True, exist_ok=True)
        name = f"scene.{args.format}"
        picture = Image.fromarray(render(scene, size=(scene.width, scene.height)))
        picture.save(folder / name, **({"quality": 92} if args.format == "webp" else {"compress_level": 3}))
        (folder / "scene.json").write_text(json.dumps(scene_json(scene, name, questions), indent=1) + "\n")
    print(f"{args.n} scenes in {args.out}")


if __name__ == "__main__":
    main()
