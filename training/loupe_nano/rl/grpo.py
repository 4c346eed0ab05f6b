"""Group relative policy optimisation on whole interleaved trajectories.

    python -m loupe_nano.rl.grpo --init checkpoints/stage-a.safetensors --out RUN [--budget cpu|gpu] [--minutes M] [--variant conditional]

No demonstrations, no KL term, no critic: for each prompt a group of trajectories is sampled; what was better than the group's
mean becomes likelier. Crops and all else that was told back are masked out. The tower and the connector stand still, so a
view is encoded once. RUN holds log.jsonl (a line a step), state.pt (to go on from after a kill), policy.safetensors and the
greedy trajectories on the fixed test scenes at some steps (runs/).
"""

import argparse
import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch

from .. import checkpoint
from ..device import choose, half, random
from ..model import NanoModel
from ..tokenizer import NanoTokenizer
from .lessons import Lessons
from .measure import by_kind, facts, hit, record, reward_of
from .prompts import LEVELS, Selection, Stream, prompts_of, test_scenes
from .reward import VARIANTS
from .rollout import Roller, Trajectory

PROVENANCE = (
    "Trained from scratch on tagged scenes: dense labels, perception, the syntax of the tool; then reinforcement learning on "
    "outcomes (GRPO). When and where to look closer was found, not demonstrated."
)


@dataclass
class Settings:
    scenes: int = 4  # a step
    questions: int = 4  # a scene
    rollouts: int = 16  # a prompt
    lr: float = 2e-4
    clip: tuple[float, float] = (0.2, 0.28)
    minibatches: int = 2
    entropy: float = 0.003  # at the start; falls to nothing over `entropy_steps`
    entropy_steps: int = 100
    level_hits: float = 0.7  # of the mean of the last `level_steps`, to go a level up
    level_steps: int = 8
    variant: str = "conditional"
    lessons_lr: float = 5e-4
    seed: int = 1


BUDGETS = {"cpu": Settings(), "gpu": Settings(scenes=12, questions=4)}


def advantages(groups: list[list[Trajectory]], variant: str) -> list[tuple[Trajectory, float]]:
    """Reward against the group's mean, in the group's standard deviations; groups in which all are equal teach nothing."""
    out = []
    for group in groups:
        r = np.array([reward_of(t, variant).total for t in group])
        if r.std() < 1e-6:
            continue
        out += list(zip(group, ((r - r.mean()) / (r.std() + 1e-4)).tolist()))
    return out


@dataclass
class Rows:
    """Trajectories side by side, padded: what the policy's gradient is taken from."""

    ids: torch.Tensor  # i64 [B, L]
    mine: torch.Tensor  # bool [B, L]: written by the policy, so learnt from
    old: torch.Tensor  # f32 [B, L]: log-probability when it was drawn
    valid: torch.Tensor  # bool [B, L]
    features: list[tuple[int, int, torch.Tensor]]  # (row, first <image>, [tokens, hidden])
    advantage: torch.Tensor  # f32 [B]


def side_by_side(some: list[tuple[Trajectory, float]]) -> Rows:
    n, b = max(len(t.ids) for t, _ in some), len(some)
    rows = Rows(torch.zeros(b, n, dtype=torch.long), torch.zeros(b, n, dtype=torch.bool), torch.zeros(b, n),
                torch.zeros(b, n, dtype=torch.bool), [], torch.tensor([a for _, a in some]))
    for i, (t, _) in enumerate(some):
        m = len(t.ids)
        rows.ids[i, :m] = torch.tensor(t.ids)
        rows.mine[i, :m] = torch.tensor(t.mine)
        rows.old[i, :m] = torch.tensor(t.logp)
        rows.valid[i, :m] = True
        rows.features += [(i, start, seen) for start, seen in t.images]
    return rows


def log_probabilities(model: NanoModel, rows: Rows) -> tuple[torch.Tensor, torch.Tensor]:
    """Of the policy's own tokens, in the order of `mine`: their log-probability and the entropy where they were drawn."""
    n = rows.ids.shape[1]
    x = model.embed(rows.ids)
    tokens = model.cfg.image_tokens
    at_row = torch.tensor([r for r, _, _ in rows.features]).repeat_interleave(tokens)
    at_col = torch.cat([torch.arange(start, start + tokens) for _, start, _ in rows.features])
    x = x.index_put((at_row, at_col), torch.cat([seen for _, _, seen in rows.features]))
    mask = torch.ones(n, n, dtype=torch.bool).tril() & (rows.valid[:, None, None, :] | torch.eye(n, dtype=torch.bool))
    positions = torch.arange(n).expand(len(rows.ids), n)
    with half():
        hidden, _ = model.decode(x, positions, mask)
    before = hidden[:, :-1][rows.mine[:, 1:]].float()
    logp = (before @ model.model.text_model.embed_tokens.weight.T).log_softmax(-1)
    own = logp.gather(1, rows.ids[:, 1:][rows.mine[:, 1:]][:, None])[:, 0]
    return own, -(logp.exp() * logp).sum(-1)


def policy_loss(own: torch.Tensor, old: torch.Tensor, advantage: torch.Tensor, clip: tuple[float, float]) -> torch.Tensor:
    """PPO's clipped objective, a sum over tokens; `advantage` is given for each token."""
    ratio = (own - old).exp()
    return -torch.minimum(ratio * advantage, ratio.clamp(1 - clip[0], 1 + clip[1]) * advantage).sum()


class Trainer:
    def __init__(self, model: NanoModel, settings: Settings, out: Path, selection: Selection | None = None, lessons: Path | None = None):
        self.model, self.s, self.out = model, settings, out
        self.tk = NanoTokenizer(model.cfg.vocab)
        model.requires_grad_(False)
        model.model.text_model.requires_grad_(True)
        self.params = list(model.model.text_model.parameters())
        self.optimizer = torch.optim.AdamW(self.params, settings.lr, betas=(0.9, 0.95), weight_decay=0.0)
        self.roller = Roller(model, self.tk)
        self.stream = Stream(settings.seed, settings.scenes, settings.questions, selection)
        self.lessons = Lessons(model, self.tk, lessons, settings.lessons_lr) if lessons else None
        self.step, self.level, self.hits, self.spent = 0, 0, [], 0.0

    def learn(self, learnt: list[tuple[Trajectory, float]], rng: np.random.Generator) -> dict:
        bonus = self.s.entropy * max(0.0, 1 - self.step / self.s.entropy_steps)
        order = rng.permutation(len(learnt))
        entropies, norms = [], []
        for part in np.array_split(order, self.s.minibatches):
            chosen = sorted((learnt[i] for i in part), key=lambda pair: len(pair[0].ids))
            total = sum(sum(t.mine) for t, _ in chosen)
            for i in range(0, len(chosen), 32):
                rows = side_by_side(chosen[i : i + 32])
                own, entropy = log_probabilities(self.model, rows)
                mine = rows.mine[:, 1:]
                advantage = rows.advantage[:, None].expand_as(mine)[mine]
                loss = policy_loss(own, rows.old[:, 1:][mine], advantage, self.s.clip) - bonus * entropy.sum()
                (loss / total).backward()
                entropies.append((float(entropy.detach().sum()), len(own)))
            norms.append(float(torch.nn.utils.clip_grad_norm_(self.params, 1.0)))
            self.optimizer.step()
            self.optimizer.zero_grad(set_to_none=True)
        return {"entropy": round(sum(e for e, _ in entropies) / max(1, sum(n for _, n in entropies)), 4), "norm": round(max(norms), 3)}

    def one(self) -> dict:
        """A step: its line of the log."""
        began = time.time()
        prompts = prompts_of(self.model, self.stream.take(self.step, self.level))
        drawn = time.time()
        generator = random(self.s.seed * 1_000_003 + self.step)
        groups = self.roller(prompts, self.s.rollouts, generator)
        rolled = time.time()
        learnt = advantages(groups, self.s.variant)
        rng = np.random.default_rng([self.s.seed, self.step, 7])
        learning = self.learn(learnt, rng) if learnt else {}
        if self.lessons:
            learning["lessons"] = self.lessons(rng)
        every = [t for g in groups for t in g]
        line = {"step": self.step, "level": self.level, "reward": round(float(np.mean([reward_of(t, self.s.variant).total for t in every])), 4),
                **facts(every), **learning, "groups": len(groups), "equalGroups": len(groups) - len(learnt) // self.s.rollouts,
                "byKind": {k: {"accuracy": v["accuracy"], "calls": v["calls"] if v["calls"] is not None else v["freeCalls"], "hit": v["hit"]}
                           for k, v in by_kind(every).items()},
                "seconds": [round(v, 1) for v in (drawn - began, rolled - drawn, time.time() - rolled)]}
        zoom = [t for t in every if t.prompt.question.needs_zoom]
        if zoom:
            self.hits = [*self.hits, float(np.mean([hit(t) for t in zoom]))][-self.s.level_steps :]
        if len(self.hits) == self.s.level_steps and np.mean(self.hits) >= self.s.level_hits and self.level + 1 < len(LEVELS):
            self.level, self.hits = self.level + 1, []
        self.step += 1
        return line

    def save(self) -> None:
        state = {"model": self.model.state_dict(), "optimizer": self.optimizer.state_dict(), "step": self.step, "level": self.level,
                 "hits": self.hits, "spent": self.spent, "settings": asdict(self.s)}
        checkpoint.keep(self.out / "state.pt", state)
        note = {"provenance": PROVENANCE, "stage": "c", "steps": self.step, "settings": asdict(self.s)}
        checkpoint.save(self.model, self.out / "policy.safetensors", note, half=True)

    def resume(self) -> bool:
        state = checkpoint.kept(self.out / "state.pt")
        if state is None:
            return False
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.level, self.hits, self.spent = state["step"], state["level"], state["hits"], state["spent"]
        log = self.out / "log.jsonl"  # steps after the last save are done again
        lines = [line for line in log.read_text().splitlines() if json.loads(line)["step"] < self.step] if log.exists() else []
        log.write_text("".join(f"{line}\n" for line in lines))
        return True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--init", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--selection", type=Path, help="what `select` kept; without it every step asks about fresh scenes")
    parser.add_argument("--lessons", type=Path, help="a folder that `shards` fills with crops and overviews: stage A's reading goes on beside")
    parser.add_argument("--budget", choices=tuple(BUDGETS), default="cpu")
    parser.add_argument("--minutes", type=float, default=1e9, help="of this call; a cut-off run goes on where it was saved")
    parser.add_argument("--steps", type=int, default=300)
    parser.add_argument("--variant", choices=VARIANTS, default="conditional")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scenes", type=int)
    parser.add_argument("--questions", type=int)
    parser.add_argument("--rollouts", type=int)
    parser.add_argument("--lr", type=float)
    parser.add_argument("--snapshots", type=int, default=25, help="every so many steps the test scenes are run; 0: never")
    parser.add_argument("--test-scenes", type=int, default=40)
    args = parser.parse_args()
    settings = Settings(**{**asdict(BUDGETS[args.budget]), "variant": args.variant, "seed": args.seed,
                           **{k: v for k in ("scenes", "questions", "rollouts", "lr") if (v := getattr(args, k)) is not None}})
    (args.out / "runs").mkdir(parents=True, exist_ok=True)
    choose()
    model, _, _ = checkpoint.load(args.init)
    trainer = Trainer(model, settings, args.out, Selection(args.selection) if args.selection else None, args.lessons)
    trainer.resume()
    (args.out / "settings.json").write_text(json.dumps({**asdict(settings), "init": args.init.name, "selection": bool(args.selection), "lessons": bool(args.lessons)}))
    fixed = prompts_of(model, test_scenes(args.test_scenes)) if args.snapshots else []

    def snapshot() -> None:
        """Greedy, on the fixed test scenes."""
        runs = [g[0] for g in trainer.roller(fixed)]
        line = {"step": trainer.step, **facts(runs), "byKind": by_kind(runs)}
        (args.out / "runs" / f"{trainer.step:04d}.json").write_text(json.dumps({**line, "runs": [record(t) for t in runs]}))
        print("test", {k: v for k, v in line.items() if k != "byKind"}, flush=True)

    start = saved = time.time()
    while trainer.step < args.steps and (now := time.time()) - start < args.minutes * 60:
        if args.snapshots and trainer.step % args.snapshots == 0 and not (args.out / "runs" / f"{trainer.step:04d}.json").exists():
            snapshot()
        line = trainer.one()
        trainer.spent += time.time() - now
        with open(args.out / "log.jsonl", "a") as f:
            f.write(json.dumps(line) + "\n")
        shown = ("step", "level", "reward", "accuracy", "zoomAccuracy", "freeAccuracy", "hit", "iou", "calls", "freeCalls", "entropy", "equalGroups", "lessons", "seconds")
        print({k: line.get(k) for k in shown}, flush=True)
        if time.time() - saved > 240:
            saved = time.time()
            trainer.save()
    trainer.save()
    if args.snapshots:
        snapshot()
    trainer.stream.pool.shutdown(cancel_futures=True)


if __name__ == "__main__":
    main()
