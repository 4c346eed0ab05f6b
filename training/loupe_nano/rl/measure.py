"""What trajectories did: where they looked, whether it helped, by kind of question.

    python -m loupe_nano.rl.measure --checkpoint checkpoints/stage-a.safetensors [--scenes 40] [--samples 16] [--json FILE]

prints greedy accuracy and calls on the fixed test scenes and, with samples, how often at least one of so many sampled
trajectories is right (pass@k).
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from .. import checkpoint
from ..agent import iou
from ..evaluate import inside
from ..device import choose, random
from ..image import to_pixels
from ..process import parent_option
from ..tokenizer import NanoTokenizer
from ..world import union
from .reward import Reward, reward
from .rollout import Roller, Trajectory


def reward_of(t: Trajectory, variant: str = "conditional") -> Reward:
    q = t.prompt.question
    return reward(t.text, t.answer, q.accepted, len(t.crops), q.needs_zoom, variant)


def hit(t: Trajectory) -> bool:
    """The tags of all targets lie in crops."""
    scene = t.prompt.scene
    return all(any(inside(c, scene.objects[k].tag.box) for c in t.crops) for k in t.prompt.question.targets)


def overlap(t: Trajectory) -> float:
    """Mean over the targets of the best IoU of an asked box with the target and its tag; 0 without a call."""
    p = t.prompt
    boxes = [to_pixels(c.box, p.scene.width, p.scene.height) for c in t.calls if c.crop]
    wholes = [union(p.scene.objects[k].box, p.scene.objects[k].tag.box) for k in p.question.targets]
    return float(np.mean([max((iou(b, w) for b in boxes), default=0.0) for w in wholes])) if wholes else 0.0


def facts(ts: list[Trajectory]) -> dict:
    """Means over trajectories; the keys of the training log."""
    zoom = [t for t in ts if t.prompt.question.needs_zoom]
    free = [t for t in ts if not t.prompt.question.needs_zoom]

    def mean(values) -> float | None:
        values = list(values)
        return round(float(np.mean(values)), 4) if values else None

    return {
        "n": len(ts),
        "accuracy": mean(reward_of(t).acc for t in ts),
        "zoomAccuracy": mean(reward_of(t).acc for t in zoom),
        "freeAccuracy": mean(reward_of(t).acc for t in free),
        "calls": mean(len(t.calls) for t in zoom),
        "freeCalls": mean(len(t.calls) for t in free),
        "mostCalls": max((len(t.calls) for t in ts), default=0),
        "hit": mean(hit(t) for t in zoom),
        "iou": mean(overlap(t) for t in zoom),
        "answeredWithoutCall": mean(not t.calls for t in free),
        "refused": mean(any(c.crop is None for c in t.calls) for t in ts),
        "tokens": mean(sum(t.mine) for t in ts),
    }


def by_kind(ts: list[Trajectory]) -> dict[str, dict]:
    kinds = sorted({t.prompt.question.kind for t in ts})
    return {k: facts([t for t in ts if t.prompt.question.kind == k]) for k in kinds}


def record(t: Trajectory) -> dict:
    """A trajectory small enough to keep: what was written, where it looked."""
    q = t.prompt.question
    return {
        "question": q.question, "kind": q.kind, "needsZoom": q.needs_zoom, "answer": t.answer, "right": bool(reward_of(t).acc),
        "text": t.text, "calls": [{"box": c.box, "crop": c.crop} for c in t.calls], "hit": hit(t), "iou": round(overlap(t), 3),
    }


def main() -> None:
    from .prompts import prompts_of, test_scenes

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--scenes", type=int, default=40)
    parser.add_argument("--seed", type=int, default=20261)
    parser.add_argument("--samples", type=int, default=0)
    parser.add_argument("--no-tools", action="store_true")
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--json", type=Path)
    parent_option(parser)
    args = parser.parse_args()
    choose()
    model, _, _ = checkpoint.load(args.checkpoint)
    roller = Roller(model.eval(), NanoTokenizer(model.cfg.vocab))
    prompts = prompts_of(model, test_scenes(args.scenes, args.seed), not args.no_tools)
    greedy = [g[0] for g in roller(prompts)]
    out: dict = {"greedy": facts(greedy), "byKind": by_kind(greedy)}
    for t in greedy[: args.show]:
        print("?", t.prompt.question.question, "=", t.prompt.question.answer, "|", t.text)
    if args.samples:
        generator = random(1)
        groups = [g for i in range(0, len(prompts), 16) for g in roller(prompts[i : i + 16], args.samples, generator)]
        sampled = [t for g in groups for t in g]
        zoom = [g for g in groups if g[0].prompt.question.needs_zoom]
        out["sampled"] = facts(sampled)
        out[f"pass@{args.samples}"] = {
            name: round(float(np.mean([any(reward_of(t).acc for t in g) for g in some])), 4)
            for name, some in (("all", groups), ("needsZoom", zoom))
        }
    print(json.dumps(out, indent=1))
    if args.json:
        args.json.write_text(json.dumps(out))


if __name__ == "__main__":
    main()
