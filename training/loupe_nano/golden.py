"""Golden fixtures: whole greedy runs of an exported folder, preprocessed pixels and token ids, for the app's tests.

    python -m loupe_nano.golden --model ../public/models/loupe-nano --out ../e2e/fixtures/golden

Everything is computed with Python's onnxruntime from the shipped 8-bit weights. The pictures are PNG with at most 256
colours, so that every decoder yields the same pixels and twenty runs stay small.
"""

import argparse
import io
import json
from pathlib import Path

import numpy as np
from PIL import Image

from .agent import Looker, Run
from .image import squash
from .runtime import Folder
from .tokenizer import NanoTokenizer
from .world import NOUNS, Scene, render, sample_scene, scene_json
from .world.questions import Question, ask

CLOSE = 0.02  # logits: where the first choice leads by less, two right programs may choose differently

TEXTS = (
    "", " ", "dog", " dog", "Where is the dog?", "What does the tag on the dog say?", "K10", " K10", "100 200 1000", "7",
    "Is there an octopus in the picture?", "Which has the larger number, the car or the key?", "<think>The tag says K7.</think>",
    "<answer>K7</answer><|im_end|>", "<|im_start|>user\n", "Look at the picture and answer.", "a, b, c", "tabs\tand  two spaces",
    "line\nbreaks\r\n", "Größe, naïve, Ünïcode", "日本語のタグ", "🐶 and 🔎", "e\u0301 is not é", "UPPER lower MiXeD", "don't", "...!?",
    '<tool_call>{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [', '], "label": "', "x" * 40,
    "If something is too small, call image_zoom_in_tool.",
)
README = """# Golden fixtures

Made by `python -m loupe_nano.golden` (in `training/`) with Python's onnxruntime from the weights in `public/models/loupe-nano`;
`model` in `runs.json` holds the SHA-256 of those weights, so that a test can tell stale fixtures from a wrong engine.

- `scene-N.png`, `scene-N.json`: pictures (PNG, at most 256 colours: every decoder yields the same pixels) and their
  `scene.json` (docs/scene-format.md).
- `runs.json`: `{ model: {path: sha256}, runs: [run] }`. A run is `{ image, question, kind, expected, accepted, tools, maxTurns, answer, turns }`; a
  turn is `{ tokens, text, box, crop, error, topLogits }`: the ids written (with `<|im_end|>`), their text, the asked box in
  thousandths or null, the executed crop `[left, top, right, bottom]` in pixels or null, the error told back or null, and the
  16 highest logits `[id, logit]` at the turn's first step. Greedy: the highest logit, always; in no run does one lead by less
  than 0.02.
- `pixels.json`, `pixels.bin`: `{ size, images: [{ image, crop, offset }] }`; at `offset` lie `size × size × 3` bytes, RGB by
  rows: the picture (or its crop) resized by rule N14, before normalisation.
- `tokenizer.json`: `[{ text, ids }]`, encoded without adding special tokens; decoding the ids gives the text back.
"""


def png(scene: Scene) -> tuple[bytes, Image.Image]:
    picture = Image.fromarray(render(scene, None, (scene.width, scene.height))).quantize(256, dither=Image.Dither.NONE)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", optimize=True)
    return buffer.getvalue(), picture.convert("RGB")


def record(image: str, q: Question, tools: bool, max_turns: int, run: Run) -> dict:
    turns = []
    for t in run.turns:
        top = np.argsort(-t.first_logits)[:16]
        turns.append({
            "tokens": t.tokens, "text": t.text, "box": t.box, "crop": t.crop, "error": t.error,
            "topLogits": [[int(i), round(float(t.first_logits[i]), 4)] for i in top]})
    return {"image": image, "question": q.question, "kind": q.kind, "expected": q.answer, "accepted": q.accepted, "tools": tools,
            "maxTurns": max_turns, "answer": run.answer, "turns": turns}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=77)
    parser.add_argument("--scenes", type=int, default=10)
    args = parser.parse_args()
    folder, rng = Folder(args.model, 2), np.random.default_rng(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    for old in args.out.glob("scene-*"):
        old.unlink()
    runs, pixels, listing = [], b"", []
    kinds = ("read-tag", "count-dots", "larger-number", "tag-color", "read-tag", "left-right", "dot-color", "read-tag", "larger-number", "exists")
    index = 0
    while index < args.scenes:
        scene = sample_scene(rng, "test", n_objects=(6, 12))
        scene.look.noise, scene.look.jpeg = 0.0, 0
        data, picture = png(scene)
        first, second = ask(scene, rng, (kinds[index],), 1), ask(scene, rng, ("read-tag", "count-dots"), 1)
        if len(data) > 520_000 or not first or not second:
            continue
        name = f"scene-{index}.png"
        looker = Looker(folder, picture)
        asked = [(q, tools, looker.ask(q.question, tools)) for q, tools in ((first[0], True), (second[0], index % 5 != 4))]
        if any(turn.lead < CLOSE for _, _, run in asked for turn in run.turns):
            continue
        (args.out / name).write_bytes(data)
        sheet = scene_json(scene, name, [q.json(f"q{i}") for i, q in enumerate((first[0], second[0]))])
        (args.out / f"scene-{index}.json").write_text(json.dumps(sheet) + "\n")
        for q, tools, run in asked:
            runs.append(record(name, q, tools, 4, run))
            crops = [t.crop for t in run.turns if t.crop]
        views = [None, crops[0]] if index == 0 and crops else [None] if index == 1 else []
        for crop in views:
            listing.append({"image": name, "crop": crop, "offset": len(pixels)})
            pixels += squash(picture.crop(crop) if crop else picture, folder.cfg.image_size).tobytes()
        index += 1
    tk: NanoTokenizer = folder.tokenizer
    weights = {f["path"]: f["sha256"] for f in json.loads((args.model / "manifest.json").read_text())["files"] if f["path"].startswith("onnx/")}
    (args.out / "runs.json").write_text(json.dumps({"model": weights, "runs": runs}, ensure_ascii=False) + "\n")
    (args.out / "pixels.bin").write_bytes(pixels)
    (args.out / "pixels.json").write_text(json.dumps({"size": folder.cfg.image_size, "images": listing}) + "\n")
    texts = [*TEXTS, *(f"What is on the tag of the {n}?" for n in NOUNS[:2])]
    (args.out / "tokenizer.json").write_text(json.dumps([{"text": t, "ids": tk.encode(t)} for t in texts], ensure_ascii=False) + "\n")
    (args.out / "README.md").write_text(README)
    size = sum(p.stat().st_size for p in args.out.iterdir())
    good = sum(r["answer"] is not None and r["answer"].lower() in [a.lower() for a in r["accepted"]] for r in runs)
    print(f"{len(runs)} runs, {good} right, {sum(t['crop'] is not None for r in runs for t in r['turns'])} crops, {size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
