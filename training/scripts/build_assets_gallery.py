"""Draws the gallery: public/gallery/<id>.webp, <id>.thumb.webp, <id>.json (scene.json) and index.json.

Scenes are of the test split with held-out fonts, grounds, palettes and layouts, from seeds that training never draws.
The seeds were chosen by eye (`--sheet` draws candidates to choose from).

    python training/scripts/build_assets_gallery.py [--sheet FILE --from SEED]
"""
from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from loupe_nano.world import Scene, ask, render, sample_scene, scene_json  # noqa: E402
from loupe_nano.world.scene import Look  # noqa: E402

OUT = Path(__file__).resolve().parents[2] / "public" / "gallery"
GALLERY_SEED = 20_261_121  # first word of every gallery generator's seed
#: Seed and title of each picture, in the order shown.
CHOSEN: tuple[tuple[int, str], ...] = (
    (32, "Ice hills"), (58, "Orchid waves"), (39, "Sandstone wall"), (105, "Midnight hills"), (52, "Spring meadow"),
    (67, "Lake map"), (83, "Apricot waves"), (98, "Petrol hills"), (64, "Pink map"), (27, "Grey wall"), (48, "Blue terrazzo"),
    (100, "Pale map"), (25, "Violet wall"), (110, "Glacier map"), (74, "Dunes"), (107, "Dry hills"), (3, "Green waves"),
    (11, "Clay map"), (90, "Night hills"), (102, "Garden wall"), (75, "Lavender terrazzo"), (49, "Rose map"),
    (23, "Pistachio hills"), (18, "Deep valley"),
)
LAST_KINDS = ("tag-color", "left-right", "exists", "above-below", "dot-color")


def gallery_scene(seed: int) -> tuple[Scene, np.random.Generator]:
    """A test scene with few, well spaced objects and a clean look; None of it depends on any other seed."""
    rng = np.random.default_rng([GALLERY_SEED, seed])
    fewest = 7 + seed % 4 * 2
    scene = sample_scene(rng, "test", (fewest, fewest + 2))
    scene.look = Look()
    scene.shadow = 0.34
    return scene, rng


def questions(scene: Scene, rng: np.random.Generator, at: int) -> list[dict]:
    """Four suggestions: read a tag, count dots, compare numbers, and one of the other kinds in turn."""
    found = []
    for kind in ("read-tag", "count-dots", "larger-number", LAST_KINDS[at % len(LAST_KINDS)]):
        found += ask(scene, rng, (kind,), 1)
    return [q.json(f"q{i}") for i, q in enumerate(found)]


def sheet(path: Path, first: int) -> None:
    """Forty candidates with their seeds."""
    page = Image.new("RGB", (8 * 250, 5 * 200), "white")
    for k in range(40):
        scene, _ = gallery_scene(first + k)
        scale = min(246 / scene.width, 196 / scene.height)
        picture = Image.fromarray(render(scene, size=(round(scene.width * scale), round(scene.height * scale))))
        page.paste(picture, (k % 8 * 250, k // 8 * 200))
        styles = {o.style for o in scene.objects}
        ImageDraw.Draw(page).text((k % 8 * 250 + 4, k // 8 * 200 + 4), f"{first + k} {next(iter(styles)) if len(styles) == 1 else 'mixed'}"
                                  + (" +sa" if "openmoji" in styles else ""), "red")
    page.save(path)


def build() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    index = []
    for at, (seed, title) in enumerate(CHOSEN):
        scene, rng = gallery_scene(seed)
        if any(o.style == "openmoji" for o in scene.objects):
            raise SystemExit(f"seed {seed}: gallery pictures use no share-alike icons, so that the pictures stay Apache-2.0")
        name = title.lower().replace(" ", "-")
        picture = Image.fromarray(render(scene, size=(scene.width, scene.height)))
        picture.save(OUT / f"{name}.webp", quality=86, method=6)
        scale = 320 / max(picture.size)
        thumb = picture.resize([round(v * scale) for v in picture.size], Image.Resampling.LANCZOS)
        thumb.save(OUT / f"{name}.thumb.webp", quality=80, method=6)
        asked = questions(scene, rng, at)
        entry = scene_json(scene, f"{name}.webp", asked)
        entry["provenance"] |= {"gallerySeed": [GALLERY_SEED, seed]}
        (OUT / f"{name}.json").write_text(json.dumps(entry) + "\n")
        index.append({"id": name, "title": title, "width": scene.width, "height": scene.height, "image": f"{name}.webp",
                      "hash": hashlib.sha256((OUT / f"{name}.webp").read_bytes()).hexdigest(),
                      "thumbnail": f"{name}.thumb.webp", "scene": f"{name}.json", "questions": asked})
    (OUT / "index.json").write_text(json.dumps({"format": "loupe-gallery/1", "pictures": index}, indent=1) + "\n")
    print(len(index), "pictures,", sum(p.stat().st_size for p in OUT.iterdir()), "bytes")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sheet", type=Path)
    parser.add_argument("--from", dest="first", type=int, default=0)
    args = parser.parse_args()
    if args.sheet:
        sheet(args.sheet, args.first)
    else:
        build()


if __name__ == "__main__":
    main()
