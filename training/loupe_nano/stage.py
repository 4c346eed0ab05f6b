"""One stage from beginning to end: its samples are drawn beside it, it learns, and it is measured with and without tools.

    python -m loupe_nano.stage b --out DIR [--budget small|cpu|gpu] [--seed 1]

Stages are `tower`, `a`, `b`, `direct` (b's twin that never looks) and `c` (reinforcement learning from a). Each writes
DIR/<stage>.safetensors and begins with DIR's own checkpoint of the stage before or, where there is none, with the committed one:
a stage can be tried by itself, and all of them in one DIR are the whole way. Cut off at any point, the same command goes on; a stage
that has learned to its end is only measured again, unless `--again` says that it is to learn anew. One stage at a time works in DIR.

Budgets are minutes of learning: `small` shows the effect on two cores, `cpu` is what two cores need, `gpu` is for one large card and
many cores.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from . import checkpoint
from .process import end_in_order, only_one

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


class Children:
    """The processes of a stage. All of them end with it, politely here or by themselves where it is killed, and until the last one has
    ended they hold its lock."""

    def __init__(self, lock: int):
        self.lock = lock
        self.all: list[subprocess.Popen] = []

    def start(self, command: list[str], **env: str) -> subprocess.Popen:
        self.all.append(subprocess.Popen([*command, "--with-parent", str(os.getpid())], env={**os.environ, **env}, pass_fds=[self.lock]))
        return self.all[-1]

    def end(self) -> None:
        for process in self.all:
            process.terminate()
        for process in self.all:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def generators(children: Children, stage: Stage, data: Path, budget: str, seed: int) -> dict[str, subprocess.Popen]:
    """Processes that draw until they are ended, by what they draw; for a card as many as there are cores."""
    copies = max(1, (os.cpu_count() or 1) // len(stage.samples)) if budget == "gpu" and stage.samples else 1
    return {
        f"{kind}, seed {seed * 100 + k}": children.start(
            ["nice", "-n", "5", *module("shards", "--kind", kind, "--rate", str(rate), "--seed", str(seed * 100 + k), "--out", str(data))],
            OMP_NUM_THREADS="1")
        for kind, rate in stage.samples.items() for k in range(copies)
    }


def learn(command: list[str], children: Children, stage: Stage, data: Path, budget: str, seed: int) -> None:
    """Ends when learning has; and says why where it, or a generator it would wait for in vain, ends too early."""
    learner, drawing = children.start(command), generators(children, stage, data, budget, seed)
    while (code := learner.poll()) is None:
        for name, process in drawing.items():
            if process.poll() is not None:
                sys.exit(f"What draws samples ({name}) ended before learning did, with code {process.returncode}; its own words, if any, stand "
                         "above. What was learned is kept: the same command goes on.")
        time.sleep(0.5)
    if code:
        sys.exit(f"Learning ended with code {code}; its own words, if any, stand above. What was kept until then stays: the same command "
                 "goes on.")


def measured(path: Path, scenes: int, tools: bool) -> dict:
    """Greedy, on held-out scenes."""
    told = path.with_suffix(".tools.json" if tools else ".plain.json")
    subprocess.run([*module("rl.measure", "--checkpoint", str(path), "--scenes", str(scenes), "--json", str(told), "--with-parent",
                            str(os.getpid())), *([] if tools else ["--no-tools"])], check=True, stdout=subprocess.DEVNULL)
    return json.loads(told.read_text())["greedy"]


def line(name: str, greedy: dict) -> str:
    return (f"{name}: {100 * greedy['accuracy']:.1f} % of {greedy['n']} right, {100 * greedy['zoomAccuracy']:.1f} % where zoom is needed, "
            f"{100 * greedy['freeAccuracy']:.1f} % where not")


def is_finished(weights: Path) -> bool:
    """Trainers keep a state beside the weights until they are done; stage c's weights are put there when it is."""
    return weights.exists() and not weights.with_suffix(".state").exists()


def forget(weights: Path) -> None:
    """Everything that a stage has learned, so that it begins anew; its weights first, lest they pass for a finished stage's."""
    for path in (weights, weights.with_suffix(".state")):
        path.unlink(missing_ok=True)
    for folder in (weights.with_name(f"{weights.stem}-samples"), *([weights.with_suffix("")] if weights.stem == "c" else [])):
        shutil.rmtree(folder, ignore_errors=True)


def learning_of(args: argparse.Namespace, stage: Stage, weights: Path, data: Path) -> list[str]:
    minutes = args.minutes or stage.minutes[args.budget]
    command = [*module(*stage.trainer), *init_of(stage, args.out), "--seed", str(args.seed), "--minutes", str(minutes)]
    if args.budget == "small" and stage.trainer[0] == "train_vlm":
        command += ["--tower", "0"]  # it stands still, and a picture passes it once
    if args.save_every:
        command += ["--save-every", str(args.save_every)]
    if args.stage == "c":
        return [*command, "--out", str(args.out / "c"), "--budget", "gpu" if args.budget == "gpu" else "cpu"]
    return [*command, "--data", str(data), "--tidy", "--out", str(weights)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stage", choices=tuple(STAGES))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--budget", choices=("small", "cpu", "gpu"), default="small")
    parser.add_argument("--minutes", type=float, help="of learning, instead of the budget's")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scenes", type=int, default=20, help="held-out scenes to measure on, 8 questions each")
    parser.add_argument("--save-every", type=float, help="seconds between two states to go on from, instead of the trainer's own")
    parser.add_argument("--again", action="store_true", help="forget what this stage has learned in DIR, and learn anew")
    args = parser.parse_args()
    end_in_order()
    lock = only_one(args.out)
    if lock is None:
        sys.exit(f"Another stage is at work in {args.out}: wait until it has ended, end it, or give another --out.")
    stage = STAGES[args.stage]
    weights, data = args.out / f"{args.stage}.safetensors", args.out / f"{args.stage}-samples"
    if args.again:
        forget(weights)
    if is_finished(weights):
        print(f"{weights} has learned to its end: it is only measured again. --again lets it learn anew, and forgets it.", flush=True)
    else:
        command = learning_of(args, stage, weights, data)
        print(" ".join(command), flush=True)
        children = Children(lock)
        try:
            learn(command, children, stage, data, args.budget, args.seed)
        finally:
            children.end()
        if args.stage == "c":
            fresh = weights.with_suffix(".tmp")
            shutil.copy(args.out / "c" / "policy.safetensors", fresh)
            fresh.replace(weights)
    shutil.rmtree(data, ignore_errors=True)
    print(checkpoint.load(weights)[1]["provenance"])
    if args.stage in ("b", "c"):
        print(line("with tools", measured(weights, args.scenes, True)))
    if args.stage != "tower":
        print(line("without tools", measured(weights, args.scenes, False)))


if __name__ == "__main__":
    main()
