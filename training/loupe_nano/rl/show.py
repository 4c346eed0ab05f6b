"""What the page /learn draws: the log of a run, and what its checkpoints did on a few of the fixed test scenes.

    python -m loupe_nano.rl.show --run RUN --about ABOUT.json --out ../public/learn

writes run.json and the scenes' pictures. Every number is copied from RUN's files; nothing is computed but the scenes, which
their seeds name.
"""

import argparse
import json
import re
import shutil
from pathlib import Path

from ..world import union
from .prompts import test_scenes

LOGGED = ("step", "level", "reward", "accuracy", "zoomAccuracy", "freeAccuracy", "hit", "iou", "calls", "freeCalls", "mostCalls",
          "answeredWithoutCall", "tokens", "entropy")
TESTED = ("step", "n", "accuracy", "zoomAccuracy", "freeAccuracy", "hit", "iou", "calls", "freeCalls", "answeredWithoutCall", "tokens")


def thoughts(text: str) -> list[str]:
    return [t.strip() for t in re.findall(r"<think>(.*?)</think>", text, re.S)]


def spread(steps: list[int], most: int) -> list[int]:
    """At most so many of them, first and last among them, evenly."""
    if len(steps) <= most:
        return steps
    return [steps[round(i * (len(steps) - 1) / (most - 1))] for i in range(most)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--about", type=Path, required=True, help="JSON put into run.json as `about`: what was measured before and after the run")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--scenes", type=int, default=6)
    parser.add_argument("--test-scenes", type=int, default=40, help="as `grpo` was given")
    parser.add_argument("--checkpoints", type=int, default=12)
    args = parser.parse_args()
    log = [json.loads(line) for line in (args.run / "log.jsonl").read_text().splitlines()]
    kept = sorted(int(p.stem) for p in (args.run / "runs").glob("*.json"))
    tests = [json.loads((args.run / "runs" / f"{step:04d}.json").read_text()) for step in spread(kept, args.checkpoints)]

    shutil.rmtree(args.out, ignore_errors=True)
    (args.out / "scenes").mkdir(parents=True)
    scenes, at = [], 0
    for i, (scene, picture, asked) in enumerate(test_scenes(args.test_scenes)):
        first, at = at, at + len(asked)
        if i >= args.scenes:
            continue
        file = f"scenes/{i}.webp"
        picture.convert("RGB").save(args.out / file, quality=82, method=6)
        questions = [{
            "question": q.question, "kind": q.kind, "needsZoom": q.needs_zoom, "answer": q.answer,
            "targets": [[round(v, 1) for v in union(scene.objects[k].box, scene.objects[k].tag.box)] for k in q.targets],
            "runs": [{
                "step": test["step"], "thoughts": thoughts(run["text"]), "answer": run["answer"], "right": run["right"],
                "crops": [call["crop"] for call in run["calls"]], "hit": run["hit"], "iou": run["iou"],
            } for test in tests for run in [test["runs"][first + k]]],
        } for k, q in enumerate(asked)]
        scenes.append({"picture": file, "width": scene.width, "height": scene.height, "questions": questions})
    settings = json.loads((args.run / "settings.json").read_text())
    legs = settings.pop("legs", None)  # a run of before they were kept has none
    told = {
        "settings": settings,
        **({"legs": legs} if legs else {}),
        "about": json.loads(args.about.read_text()),
        "log": [{k: line.get(k) for k in LOGGED} for line in log],
        "checkpoints": [{k: test.get(k) for k in TESTED} for test in tests],
        "scenes": scenes,
    }
    (args.out / "run.json").write_text(json.dumps(told, separators=(",", ":")) + "\n")
    print(f"{len(log)} steps, {len(tests)} checkpoints, {len(scenes)} scenes -> {args.out}")


if __name__ == "__main__":
    main()
