"""Group relative policy optimisation on whole interleaved trajectories.

    python -m loupe_nano.rl.grpo --init checkpoints/stage-a.safetensors --out RUN [--budget cpu|gpu] [--minutes M] [--variant conditional]

No demonstrations, no KL term, no critic: for each prompt a group of trajectories is sampled; what was better than the group's
mean becomes likelier. Crops and all else that was told back are masked out. The tower and the connector stand still, so a
view is encoded once. RUN holds log.jsonl (a line a step), state.pt (to go on from after a kill), policy.safetensors, settings.json and
the greedy trajectories on the fixed test scenes at some steps (runs/). The same command goes on; with other settings it begins a
new leg of the run, and settings.json keeps them all.
"""

import argparse
import hashlib
import json
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch

from .. import checkpoint, files, provenance
from ..device import choose, half, random
from ..model import NanoModel
from ..process import parent_option
from ..tokenizer import NanoTokenizer
from .lessons import Lessons
from .measure import by_kind, facts, hit, record, reward_of
from .prompts import LEVELS, Selection, Stream, prompts_of, test_scenes
from .reward import VARIANTS
from .rollout import Roller, Trajectory

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


def loss_of(model: NanoModel, rows: Rows, clip: tuple[float, float], bonus: float) -> tuple[torch.Tensor, torch.Tensor]:
    """The clipped objective less the entropy bonus, a sum over the policy's own tokens; and the entropy at each of them."""
    own, entropy = log_probabilities(model, rows)
    mine = rows.mine[:, 1:]
    advantage = rows.advantage[:, None].expand_as(mine)[mine]
    return policy_loss(own, rows.old[:, 1:][mine], advantage, clip) - bonus * entropy.sum(), entropy


@dataclass(frozen=True)
class Init:
    """The checkpoint a run begins with."""

    name: str
    sha256: str
    note: dict

    @classmethod
    def of(cls, path: Path, note: dict) -> "Init":
        return cls(path.name, hashlib.sha256(path.read_bytes()).hexdigest(), note)


class OtherInit(Exception):
    """A run is to go on that began with another checkpoint."""


class Trainer:
    """A run. `model` holds the weights of `init`; `resume` puts those of a saved run in their place."""

    def __init__(self, model: NanoModel, settings: Settings, out: Path, init: Init, selection: Selection | None = None, lessons: Path | None = None):
        self.model, self.s, self.out, self.init = model, settings, out, init
        self.tk = NanoTokenizer(model.cfg.vocab)
        model.requires_grad_(False)
        model.model.text_model.requires_grad_(True)
        self.params = list(model.model.text_model.parameters())
        self.optimizer = torch.optim.AdamW(self.params, settings.lr, betas=(0.9, 0.95), weight_decay=0.0)
        self.roller = Roller(model, self.tk)
        self.stream = Stream(settings.seed, settings.scenes, settings.questions, selection)
        self.lessons = Lessons(model, self.tk, lessons, settings.lessons_lr) if lessons else None
        self.step, self.level, self.hits, self.spent = 0, 0, [], 0.0
        self.told = {**asdict(settings), "selection": selection is not None, "lessons": lessons is not None}
        self.legs: list[dict] = []

    def learn(self, learnt: list[tuple[Trajectory, float]], rng: np.random.Generator) -> dict:
        bonus = self.s.entropy * max(0.0, 1 - self.step / self.s.entropy_steps)
        order = rng.permutation(len(learnt))
        entropies, norms = [], []
        for part in np.array_split(order, self.s.minibatches):
            chosen = sorted((learnt[i] for i in part), key=lambda pair: len(pair[0].ids))
            total = sum(sum(t.mine) for t, _ in chosen)
            for i in range(0, len(chosen), 32):
                rows = side_by_side(chosen[i : i + 32])
                loss, entropy = loss_of(self.model, rows, self.s.clip, bonus)
                (loss / total).backward()
                entropies.append((float(entropy.detach().sum()), len(entropy)))
            norms.append(float(torch.nn.utils.clip_grad_norm_(self.params, 1.0)))
            self.optimizer.step()
            self.optimizer.zero_grad(set_to_none=True)
        return {"entropy": round(sum(e for e, _ in entropies) / max(1, sum(n for _, n in entropies)), 4), "norm": round(max(norms), 3)}

    def _reward(self, ts: list[Trajectory]) -> float:
        return round(float(np.mean([reward_of(t, self.s.variant).total for t in ts])), 4)

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
        line = {"step": self.step, "level": self.level, "reward": self._reward(every),
                **facts(every), **learning, "groups": len(groups), "equalGroups": len(groups) - len(learnt) // self.s.rollouts,
                "byKind": {k: {"reward": self._reward([t for t in every if t.prompt.question.kind == k]), **v} for k, v in by_kind(every).items()},
                "seconds": [round(v, 1) for v in (drawn - began, rolled - drawn, time.time() - rolled)]}
        zoom = [t for t in every if t.prompt.question.needs_zoom]
        if zoom:
            self.hits = [*self.hits, float(np.mean([hit(t) for t in zoom]))][-self.s.level_steps :]
        if len(self.hits) == self.s.level_steps and np.mean(self.hits) >= self.s.level_hits and self.level + 1 < len(LEVELS):
            self.level, self.hits = self.level + 1, []
        self.step += 1
        return line

    def begin_leg(self) -> None:
        """From here on these settings hold. A leg in which no step was done is forgotten."""
        while self.legs and self.legs[-1]["from"] >= self.step:
            self.legs.pop()
        if not self.legs or self.legs[-1]["settings"] != self.told:
            self.legs.append({"from": self.step, "settings": self.told})

    def save(self) -> None:
        settings = self.legs[-1]["settings"] if self.legs else self.told
        state = {"model": self.model.state_dict(), "optimizer": self.optimizer.state_dict(), "step": self.step, "level": self.level,
                 "hits": self.hits, "spent": self.spent, "settings": settings, "legs": self.legs, "init": asdict(self.init)}
        checkpoint.keep(self.out / "state.pt", state)
        note = {"provenance": provenance.found(self.init.note, self.legs), "stage": "c", "steps": self.step, "settings": settings,
                "legs": self.legs, "init": {"name": self.init.name, "sha256": self.init.sha256}}
        checkpoint.save(self.model, self.out / "policy.safetensors", note, half=True)

    def write_settings(self) -> None:
        """The last leg's settings, as ever, and all legs."""
        told = {**self.legs[-1]["settings"], "init": self.init.name, "initSha256": self.init.sha256, "legs": self.legs}
        files.write(self.out / "settings.json", json.dumps(told))

    def resume(self) -> bool:
        """Goes on where the run was saved, or begins it; what was done after that is taken out of log and runs: it is done again.

        Raises OtherInit, and changes nothing."""
        state = checkpoint.kept(self.out / "state.pt")
        if state is not None:
            begun = state.get("init")  # a run of before this was kept does not have it
            if begun is not None and begun["sha256"] != self.init.sha256:
                raise OtherInit(f"The run in {self.out} began with another checkpoint ({begun['name']}, SHA-256 {begun['sha256'][:12]}…) than "
                                f"{self.init.name} (SHA-256 {self.init.sha256[:12]}…): give that one as --init, or another --out.")
            self.model.load_state_dict(state["model"])
            self.optimizer.load_state_dict(state["optimizer"])
            for group in self.optimizer.param_groups:
                group["lr"] = self.s.lr
            self.step, self.level, self.hits, self.spent = state["step"], state["level"], state["hits"], state["spent"]
            self.legs = state.get("legs") or [{"from": 0, "settings": state["settings"]}]
        log = self.out / "log.jsonl"
        if log.exists():
            files.write(log, "".join(f"{line}\n" for line in log.read_text().splitlines() if step_of(line) < self.step))
        for run in (self.out / "runs").glob("*.json"):
            if int(run.stem) > self.step or state is None:
                run.unlink()
        return state is not None


def step_of(line: str) -> float:
    """Of a line of the log; infinite where a kill left half of it."""
    try:
        return json.loads(line)["step"]
    except ValueError:
        return float("inf")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--init", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--selection", type=Path, help="what `select` kept; without it every step asks about fresh scenes")
    parser.add_argument("--lessons", type=Path, help="a folder that `shards` fills with crops and overviews: stage A's reading goes on beside")
    parser.add_argument("--budget", choices=tuple(BUDGETS), default="cpu")
    parser.add_argument("--minutes", type=float, default=1e9, help="of the whole run, all that it was taken up again included")
    parser.add_argument("--steps", type=int, default=300)
    parser.add_argument("--variant", choices=VARIANTS, default="conditional")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scenes", type=int)
    parser.add_argument("--questions", type=int)
    parser.add_argument("--rollouts", type=int)
    parser.add_argument("--lr", type=float)
    parser.add_argument("--snapshots", type=int, default=25, help="every so many steps the test scenes are run; 0: never")
    parser.add_argument("--test-scenes", type=int, default=40)
    parser.add_argument("--save-every", type=float, default=240, help="seconds")
    parent_option(parser)
    args = parser.parse_args()
    settings = Settings(**{**asdict(BUDGETS[args.budget]), "variant": args.variant, "seed": args.seed,
                           **{k: v for k in ("scenes", "questions", "rollouts", "lr") if (v := getattr(args, k)) is not None}})
    (args.out / "runs").mkdir(parents=True, exist_ok=True)
    choose()
    model, note, _ = checkpoint.load(args.init)
    trainer = Trainer(model, settings, args.out, Init.of(args.init, note), Selection(args.selection) if args.selection else None, args.lessons)
    try:
        if trainer.resume():
            print(f"goes on after {trainer.spent:.0f} s, {trainer.step} steps", flush=True)
    except OtherInit as error:
        sys.exit(str(error))

    def goes_on() -> bool:
        return trainer.step < args.steps and trainer.spent < args.minutes * 60

    if goes_on() or not trainer.legs:
        trainer.begin_leg()
    else:
        print(f"nothing is left to learn: {trainer.step} steps and {trainer.spent / 60:.1f} minutes are done, all parts of the run together; "
              "more --steps or --minutes let it go on", flush=True)
    trainer.write_settings()
    fixed = prompts_of(model, test_scenes(args.test_scenes)) if args.snapshots else []

    def snapshot() -> None:
        """Greedy, on the fixed test scenes."""
        runs = [g[0] for g in trainer.roller(fixed)]
        line = {"step": trainer.step, **facts(runs), "byKind": by_kind(runs)}
        files.write(args.out / "runs" / f"{trainer.step:04d}.json", json.dumps({**line, "runs": [record(t) for t in runs]}))
        print("test", {k: v for k, v in line.items() if k != "byKind"}, flush=True)

    saved = time.time()
    while goes_on():
        now = time.time()
        if args.snapshots and trainer.step % args.snapshots == 0 and not (args.out / "runs" / f"{trainer.step:04d}.json").exists():
            snapshot()
        line = trainer.one()
        trainer.spent += time.time() - now
        with open(args.out / "log.jsonl", "a") as f:
            f.write(json.dumps(line) + "\n")
        shown = ("step", "level", "reward", "accuracy", "zoomAccuracy", "freeAccuracy", "hit", "iou", "calls", "freeCalls", "entropy", "equalGroups", "lessons", "seconds")
        print({k: line.get(k) for k in shown}, flush=True)
        if time.time() - saved > args.save_every:
            saved = time.time()
            trainer.save()
    trainer.save()
    if args.snapshots:
        snapshot()
    trainer.stream.pool.shutdown(cancel_futures=True)


if __name__ == "__main__":
    main()
