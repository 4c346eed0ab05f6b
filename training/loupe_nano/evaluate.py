"""The table: how often an exported folder is right on held-out scenes, by kind of question.

    python -m loupe_nano.evaluate --model ../public/models/loupe-nano --scenes 60

Scenes are drawn in full, from fonts, grounds, palettes and layouts that training never saw; overviews and crops are cut
from those pictures as the app cuts them. Rows: with tools; without tools (the same model answering directly); random (an
answer of the same kind from any of the scenes); shuffled (the model looks at another scene); oracle (the first call for a
target gets exactly the target with its tag, each further one the tag alone); style (with tools, in an icon style never seen).
"""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from .agent import Looker, iou
from .image import Box, to_pixels
from .runtime import Folder
from .score import right
from .world import Scene, render, sample_scene, union
from .world.questions import KINDS, Question, ask


def scenes(count: int, seed: int, per: int, unseen_style: bool = False) -> list[tuple[Scene, list[Question]]]:
    rng = np.random.default_rng(seed)
    out = []
    while len(out) < count:
        scene = sample_scene(rng, "test", unseen_style=unseen_style)
        questions = ask(scene, rng, count=per)
        if questions:
            out.append((scene, questions))
    return out


def full_picture(scene: Scene) -> Image.Image:
    return Image.fromarray(render(scene, None, (scene.width, scene.height)))


def inside(crop, tag) -> bool:
    """Whether a tag's box lies in a crop, up to a sixth of its size."""
    slack = (tag[2] - tag[0]) / 6, (tag[3] - tag[1]) / 6
    return (tag[0] >= crop[0] - slack[0] and tag[1] >= crop[1] - slack[1]
            and tag[2] <= crop[2] + slack[0] and tag[3] <= crop[3] + slack[1])


def ask_all(folder: Folder, held: list, modes: tuple[str, ...], log: list | None = None) -> dict[str, list]:
    """mode → [(question, right)], and under 'calls' what the calls of the with-tools row were like."""
    rows: dict[str, list] = {m: [] for m in (*modes, "calls")}
    pool: dict[str, list[str]] = {}
    for _, questions in held:
        for q in questions:
            pool.setdefault(q.kind, []).append(q.answer)
    dice = np.random.default_rng(5)
    pictures: list[Looker | None] = [None]
    for scene, questions in held:
        looker = Looker(folder, full_picture(scene))
        for q in questions:
            tags = [scene.objects[t].tag.box for t in q.targets]
            wholes = [union(scene.objects[t].box, scene.objects[t].tag.box) for t in q.targets]
            for mode in modes:
                if mode == "random":
                    guesses = q.options or pool[q.kind]
                    rows[mode].append((q, right(guesses[int(dice.integers(len(guesses)))], q.accepted)))
                    continue
                at = looker
                if mode == "shuffled":
                    if pictures[-1] is None:
                        continue
                    at = pictures[-1]
                run = at.ask(q.question, tools=mode != "plain", oracle=exact(scene, q) if mode == "oracle" else None)
                ok = run.answer is not None and right(run.answer, q.accepted)
                rows[mode].append((q, ok))
                if mode == "tools":
                    boxes = [to_pixels(t.box, scene.width, scene.height) for t in run.turns if t.crop]
                    crops = [t.crop for t in run.turns if t.crop]
                    hit = all(any(inside(c, b) for c in crops) for b in tags) if q.needs_zoom else None
                    best = [max((iou(c, b) for c in boxes), default=0.0) for b in wholes] if q.needs_zoom else []
                    rows["calls"].append((q, run.calls, hit, float(np.mean(best)) if best else None, ok))
                    if log is not None:
                        log.append((q, run))
        pictures.append(looker)
        pictures = pictures[-2:]
    return rows


def exact(scene: Scene, q: Question) -> Callable[[str], Box]:
    """Exact boxes for calls by their labels; a label that names no target is taken for the first one. A further call for a target
    gets its tag with one and a half of its heights around."""
    targets = {scene.objects[t].noun: scene.objects[t] for t in q.targets}
    asked: list[str] = []

    def box(label: str) -> Box:
        noun = label if label in targets else next(iter(targets), "")
        if not noun:
            return (0.0, 0.0, float(scene.width), float(scene.height))
        o = targets[noun]
        asked.append(noun)
        if asked.count(noun) == 1:
            return union(o.box, o.tag.box)
        x1, y1, x2, y2 = o.tag.box
        around = 1.5 * (y2 - y1)
        return max(0.0, x1 - around), max(0.0, y1 - around), min(scene.width, x2 + around), min(scene.height, y2 + around)

    return box


def share(pairs: list) -> str:
    return f"{100 * np.mean([ok for _, ok in pairs]):.1f}" if pairs else "–"


def table(rows: dict[str, list], modes: tuple[str, ...]) -> str:
    names = {"tools": "with zoom", "plain": "without tools", "random": "random", "shuffled": "shuffled scene", "oracle": "oracle crops"}
    groups = [("all kinds", lambda q: True), ("needs zoom", lambda q: q.needs_zoom), ("needs no zoom", lambda q: not q.needs_zoom)]
    groups += [(k, lambda q, k=k: q.kind == k) for k in KINDS]
    lines = ["| questions | n | " + " | ".join(names[m] for m in modes) + " |", "|---|---|" + "---|" * len(modes)]
    for name, keep in groups:
        cells = [share([r for r in rows[m] if keep(r[0])]) for m in modes]
        lines.append(f"| {name} | {sum(keep(q) for q, _ in rows[modes[0]])} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def accounting(calls: list) -> str:
    zoom = [c for c in calls if c[0].needs_zoom]
    free = [c for c in calls if not c[0].needs_zoom]
    return (f"mean calls {np.mean([c[1] for c in zoom]):.2f} where zoom is needed, {np.mean([c[1] for c in free]):.2f} where not; "
            f"every target's tag in a crop {100 * np.mean([c[2] for c in zoom]):.1f} %; mean IoU of the best call with the target and its tag "
            f"{np.mean([c[3] for c in zoom]):.2f}; right when the tag was in a crop "
            f"{100 * np.mean([c[4] for c in zoom if c[2]] or [0]):.1f} %")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--scenes", type=int, default=60)
    parser.add_argument("--per", type=int, default=8)
    parser.add_argument("--seed", type=int, default=20261)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--quick", action="store_true", help="only with and without tools, some runs printed")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    folder = Folder(args.model, args.threads)
    modes = ("tools", "plain") if args.quick else ("tools", "plain", "random", "shuffled", "oracle")
    log: list = []
    rows = ask_all(folder, scenes(args.scenes, args.seed, args.per), modes, log)
    print(table(rows, modes))
    print("\n" + accounting(rows["calls"]))
    if args.quick:
        for q, run in log[:12]:
            print("\n?", q.question, "=", q.answer, "|", " || ".join(t.text for t in run.turns))
        return
    unseen = ask_all(folder, scenes(max(1, args.scenes // 3), args.seed + 1, args.per, True), ("tools", "plain"))
    print("\nUnseen icon style:\n\n" + table(unseen, ("tools", "plain")))
    if args.json:
        record = {m: [{"kind": q.kind, "needsZoom": q.needs_zoom, "right": bool(ok)} for q, ok in rows[m]] for m in modes}
        args.json.write_text(json.dumps(record))


if __name__ == "__main__":
    main()
