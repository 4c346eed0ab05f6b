"""The reward ablation of DeepEyes (its Table on tool rewards), in a reduced world: scenes of 2-4 objects, short runs, several seeds.

    python -m loupe_nano.rl.ablate --init checkpoints/stage-a-syntax.safetensors --out DIR [--seeds 1 2 3] [--steps 24]

DIR/results.jsonl gets a line a run as soon as it has ended, so that what is cut off goes on where it was; the table at the end
is made of that file alone.
"""

import argparse
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from .. import checkpoint
from ..device import choose
from .grpo import BUDGETS, Init, Trainer
from .measure import facts
from .prompts import draw, prompts_of

VARIANTS = ("none", "unconditional", "conditional")
TEST_SEED = 4_000_000
LEVEL = 0


def run(init: Path, out: Path, variant: str, seed: int, steps: int, tested: int) -> dict:
    """One training run and its greedy answers on scenes of the same size that no run asks about."""
    model, note, _ = checkpoint.load(init)
    settings = replace(BUDGETS["cpu"], scenes=2, variant=variant, seed=seed, level_hits=2.0)  # no level is ever left
    trainer = Trainer(model, settings, out, Init.of(init, note))
    lines = []
    while trainer.step < steps:
        lines.append(trainer.one())
        print(variant, seed, {k: lines[-1][k] for k in ("step", "reward", "zoomAccuracy", "freeAccuracy", "hit", "calls", "entropy") if k in lines[-1]}, flush=True)
    trainer.stream.pool.shutdown(cancel_futures=True)
    drawn = [draw([TEST_SEED, i], LEVEL, 6) for i in range(tested)]
    greedy = [g[0] for g in trainer.roller(prompts_of(model, drawn))]
    last = lines[-max(1, steps // 4) :]
    trained = {k: float(np.mean([line[k] for line in last if line[k] is not None])) for k in ("reward", "calls", "hit")}
    return {"variant": variant, "seed": seed, "steps": steps, "test": facts(greedy), "lastQuarter": trained}


def table(results: list[dict]) -> str:
    rows = ["| tool reward | runs | right, zoom needed | right, not needed | looks a question | tag in a crop |", "|---|---|---|---|---|---|"]
    for variant in VARIANTS:
        mine = [r["test"] for r in results if r["variant"] == variant]
        if mine:
            cells = [f"{100 * np.mean(v):.1f} ± {100 * np.std(v):.1f}" if scale else f"{np.mean(v):.2f} ± {np.std(v):.2f}"
                     for key, scale in (("zoomAccuracy", 1), ("freeAccuracy", 1), ("calls", 0), ("hit", 1)) for v in [[r[key] for r in mine]]]
            rows.append(f"| {variant} | {len(mine)} | " + " | ".join(cells) + " |")
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--init", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--steps", type=int, default=24)
    parser.add_argument("--test-scenes", type=int, default=24)
    args = parser.parse_args()
    choose()
    args.out.mkdir(parents=True, exist_ok=True)
    path = args.out / "results.jsonl"
    results = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
    for seed in args.seeds:  # seed by seed, so that an early end leaves whole comparisons
        for variant in VARIANTS:
            if any((r["variant"], r["seed"], r["steps"]) == (variant, seed, args.steps) for r in results):
                continue
            results.append(run(args.init, args.out, variant, seed, args.steps, args.test_scenes))
            with open(path, "a") as f:
                f.write(json.dumps(results[-1]) + "\n")
    print(table(results))


if __name__ == "__main__":
    main()
