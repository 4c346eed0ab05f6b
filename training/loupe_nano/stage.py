"""One stage from beginning to end: its samples are drawn beside it, it learns, and it is measured with and without tools.

    python -m loupe_nano.stage b --out DIR [--budget small|cpu|gpu] [--seed 1]

Stages are `tower`, `a`, `b`, `direct` (b's twin that never looks) and `c` (reinforcement learning from a). Each writes
DIR/<stage>.safetensors and begins with DIR's own checkpoint of the stage before or, where there is none, with the committed one:
a stage can be tried by itself, and all of them in one DIR are the whole way. Cut off, the same command goes on.

Budgets are minutes of learning: `small` shows the effect on two cores, `cpu` is what two cores need, `gpu` is for one large card and
many cores.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from . import checkpoint

CHECKPOINTS = Path(__file__).parents[1] / "checkpoints"


@dataclass(frozen=True)
class Stage:
    before: str | None  # the stage it goes on from
    committed: str | None  # that stage's checkpoint in this repository
    samples: dict[str, float]  # what `shards` draws, and how many a second a process
    minutes: dict[str, float]
    trainer: tuple[str, ...]


STAGES = {
    "tower": Stage(None, None, {"tower": 20}, {"small": 10, "cpu": 40, "gpu": 4}, ("train_tower", "--batch", "32")),
    "a": Stage("tower", "tower", {"perception": 3, "crops": 4, "syntax": 2}, {"small": 12, "cpu": 75, "gpu": 7},
               ("train_vlm", "--stage", "a", "--lr", "2e-3")),
    "b": Stage("a", "stage-a-syntax", {"zoom": 1.2, "perception": 3, "crops": 3}, {"small": 14, "cpu": 150, "gpu": 12},
               ("train_vlm", "--stage", "b", "--lr", "1.6e-3")),
    "direct": Stage("a", "stage-a-syntax", {"direct": 5, "crops": 2}, {"small": 14, "cpu": 150, "gpu": 12},
                    ("train_vlm", "--stage", "direct", "--lr", "1.6e-3")),
    "c": Stage("a", "stage-a-syntax", {}, {"small": 15, "cpu": 60, "gpu": 12},
               ("rl.grpo", "--lr", "1e-4", "--snapshots", "0", "--steps", "100000")),
}


def module(name: str, *args: str) -> list[str]:
    return [sys.executable, "-m", f"loupe_nano.{name}", *args]


def init_of(stage: Stage, out: Path) -> list[str]:
    if stage.before is None:
        return []
    own = out / f"{stage.before}.safetensors"
    return ["--init", str(own if own.exists() else CHECKPOINTS / f"{stage.committed}.safetensors")]


def generators(stage: Stage, data: Path, budget: str, seed: int) -> list[subprocess.Popen]:
    """Processes that draw until they are stopped or this one is gone; for a card as many as there are cores."""
    copies = max(1, (os.cpu_count() or 1) // len(stage.samples)) if budget == "gpu" and stage.samples else 1
    return [
        subprocess.Popen(["nice", "-n", "5", *module("shards", "--kind", kind, "--rate", str(rate), "--seed", str(seed * 100 + k),
                                                     "--out", str(data), "--with-parent")], env={**os.environ, "OMP_NUM_THREADS": "1"})
        for kind, rate in stage.samples.items() for k in range(copies)
    ]


def measured(path: Path, scenes: int, tools: bool) -> dict:
    """Greedy, on held-out scenes."""
    told = path.with_suffix(".tools.json" if tools else ".plain.json")
    subprocess.run([*module("rl.measure", "--checkpoint", str(path), "--scenes", str(scenes), "--json", str(told)),
                    *([] if tools else ["--no-tools"])], check=True, stdout=subprocess.DEVNULL)
    return json.loads(told.read_text())["greedy"]


def line(name: str, greedy: dict) -> str:
    return (f"{name}: {100 * greedy['accuracy']:.1f} % of {greedy['n']} right, {100 * greedy['zoomAccuracy']:.1f} % where zoom is needed, "
            f"{100 * greedy['freeAccuracy']:.1f} % where not")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stage", choices=tuple(STAGES))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--budget", choices=("small", "cpu", "gpu"), default="small")
    parser.add_argument("--minutes", type=float, help="of learning, instead of the budget's")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scenes", type=int, default=20, help="held-out scenes to measure on, 8 questions each")
    args = parser.parse_args()
    stage = STAGES[args.stage]
    minutes = args.minutes or stage.minutes[args.budget]
    weights, data = args.out / f"{args.stage}.safetensors", args.out / f"{args.stage}-samples"
    learning = [*module(*stage.trainer), *init_of(stage, args.out), "--seed", str(args.seed), "--minutes", str(minutes)]
    if args.budget == "small" and stage.trainer[0] == "train_vlm":
        learning += ["--tower", "0"]  # it stands still, and a picture passes it once
    if args.stage == "c":
        learning += ["--out", str(args.out / "c"), "--budget", "gpu" if args.budget == "gpu" else "cpu"]
    else:
        learning += ["--data", str(data), "--out", str(weights)]
    print(" ".join(learning), flush=True)
    drawing = generators(stage, data, args.budget, args.seed)
    try:
        subprocess.run(learning, check=True)
    finally:
        for process in drawing:
            process.terminate()
    shutil.rmtree(data, ignore_errors=True)
    if args.stage == "c":
        shutil.copy(args.out / "c" / "policy.safetensors", weights)
    print(checkpoint.load(weights)[1]["provenance"])
    if args.stage in ("b", "c"):
        print(line("with tools", measured(weights, args.scenes, True)))
    if args.stage != "tower":
        print(line("without tools", measured(weights, args.scenes, False)))


if __name__ == "__main__":
    main()
