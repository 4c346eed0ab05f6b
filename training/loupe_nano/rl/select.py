"""Which questions are worth learning from, by DeepEyes' rules (PAPERS: arXiv 2505.14362, data): those that the policy gets
always right or always wrong are dropped, and a fine-grained one is kept only if it can be answered from the true crop.

    python -m loupe_nano.rl.select --checkpoint checkpoints/stage-a.safetensors --out SELECTION.json [--scenes 60] [--rollouts 16]

prints how many fall to each rule, by level of the curriculum; `grpo --selection SELECTION.json` draws from what is kept.
"""

import argparse
import json
from pathlib import Path

import torch

from .. import checkpoint
from ..device import choose, random
from ..image import executed_crop
from ..syntax import LOOK
from ..tokenizer import NanoTokenizer
from ..views import tens
from ..world import union
from .measure import reward_of
from .prompts import LEVELS, draw, prompts_of
from .rollout import Prompt, Roller, Trajectory

RULES = ("always right", "always wrong", "not answerable from the crop")


def shown(roller: Roller, prompts: list[Prompt]) -> list[Trajectory]:
    """What the policy answers when each target was looked at, exactly and in stage A's words: an upper bound, not a run."""
    return [roller.told_to_look(p, [_look(roller.tk, p, k) for k in p.question.targets]) for p in prompts]


def _look(tk: NanoTokenizer, p: Prompt, target: int) -> tuple[list[int], tuple[int, int, int, int]]:
    o = p.scene.objects[target]
    whole = union(o.box, o.tag.box)
    ids = tk.encode(f"<think>{LOOK[0].format(o.noun)}</think>") + tk.call(tens(whole, p.scene), o.noun) + [tk.end]
    return ids, executed_crop(whole, p.scene.width, p.scene.height)


def rule_of(group: list[Trajectory], crop: Trajectory) -> str | None:
    """The rule that drops a question; None: it is kept."""
    right = [reward_of(t).acc for t in group]
    if all(right):
        return RULES[0]
    if not any(right):
        return RULES[1]
    return RULES[2] if crop.prompt.question.needs_zoom and not reward_of(crop).acc else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--scenes", type=int, default=60, help="of each level")
    parser.add_argument("--questions", type=int, default=6)
    parser.add_argument("--rollouts", type=int, default=16)
    parser.add_argument("--levels", type=int, nargs="+", default=list(range(len(LEVELS))))
    parser.add_argument("--seed", type=int, default=3)
    args = parser.parse_args()
    choose()
    model, _, _ = checkpoint.load(args.checkpoint)
    roller = Roller(model.eval(), NanoTokenizer(model.cfg.vocab))
    kept: list[dict] = []
    counts: list[dict[str, int]] = []
    for level in args.levels:
        generator = random(args.seed + 1000 * level)
        count = {"asked": 0, **{rule: 0 for rule in RULES}, "kept": 0}
        for i in range(args.scenes):
            seed = [args.seed, 999, level, i]
            prompts = prompts_of(model, [draw(seed, level, args.questions)])
            rules = [rule_of(g, c) for g, c in zip(roller(prompts, args.rollouts, generator), shown(roller, prompts))]
            for rule in rules:
                count["asked"] += 1
                count[rule or "kept"] += 1
            if None in rules:
                kept.append({"level": level, "seed": seed, "questions": [k for k, rule in enumerate(rules) if rule is None]})
        counts.append(count)
        print(json.dumps({"level": level, "objects": LEVELS[level], **count}), flush=True)
        args.out.write_text(json.dumps({"questions": args.questions, "rollouts": args.rollouts, "counts": counts, "kept": kept}))


if __name__ == "__main__":
    main()
