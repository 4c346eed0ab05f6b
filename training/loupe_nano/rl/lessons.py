"""Stage A's perception lessons, a few small steps of them beside each step of reinforcement learning.

Reading crops, questions about the overview: no tool, no call, no thought about where to look, so what is found by reward
stays found by reward. The reader gets better while the policy learns where to point it. Marked ours: DeepEyes has no such
lessons, its 7B policy could read before.
"""

from pathlib import Path

import numpy as np
import torch

from ..device import half
from ..guides import Pointing
from ..model import NanoModel
from ..optim import Optimizer
from ..pack import Loss, attention_mask, collate, embed_batch
from ..shards import Ring
from ..tokenizer import NanoTokenizer
from ..train_vlm import Still

#: What one step is made of: (kind of sample, how many).
STEP = (("overview", 8), ("crop", 32))
#: Steps beside one of reinforcement learning: about a quarter of its time.
STEPS = 2


class Lessons:
    """`folder` is being filled by `loupe_nano.shards --kind crops` and `--kind perception`."""

    def __init__(self, model: NanoModel, tk: NanoTokenizer, folder: Path, lr: float):
        self.model, self.loss_of, self.pointing = model, Loss(tk), Pointing(model, tk)
        self.ring = Ring(folder, 4000, Still(model))
        self.ring.refresh(12)
        self.optimizer = Optimizer([(n, p) for n, p in model.named_parameters() if p.requires_grad], lr, lr / 2, 1.0, warmup=0.0, floor=1.0)

    def __call__(self, rng: np.random.Generator) -> dict[str, float]:
        """The updates; the share of letters and words it told right, by kind of lesson."""
        self.ring.refresh(1)  # what is drawn often is learnt by heart
        right: dict[str, list[float]] = {kind: [] for kind, _ in STEP}
        for _ in range(STEPS):
            for kind, count in STEP:
                loss, share = self._loss(self.ring.draw(rng, count, kind))
                loss.backward()
                right[kind].append(share)
            self.optimizer.step(0.0)
        return {kind: round(float(np.mean(shares)), 4) for kind, shares in right.items()}

    def _loss(self, samples: list[dict]) -> tuple[torch.Tensor, float]:
        model = self.model
        batch = collate(samples, model.cfg.image_tokens)
        mask = attention_mask(batch["branch"])
        with half():
            with torch.no_grad():
                features = model.model.connector(batch["images"])
            hidden, _ = model.decode(embed_batch(model, batch, features), batch["positions"], mask)
            loss, parts = self.loss_of(hidden, model.model.text_model.embed_tokens.weight, batch)
        if samples[0]["kind"] == "crop":
            glyph = torch.as_tensor(np.concatenate([s["glyph"] for s in samples])).long()
            loss = loss + 0.2 * self.pointing.read(batch, mask, glyph)
        return loss, parts["acc"]
