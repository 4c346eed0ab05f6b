"""Several questions about one picture as one training sequence.

The first tokens (system prompt, picture) are shared; each question is a branch that sees them and itself, with positions
that go on from the shared part. So one vision pass and one prefix serve 8-12 questions, and every branch computes exactly
what it would compute alone (tests/test_pack.py).
"""

from dataclasses import dataclass, field

import numpy as np
import torch

from .protocol import prefix
from .tokenizer import NanoTokenizer

SCAFFOLD_WEIGHT = 0.15  # tokens that the layout fixes are learnt at once; the loss is for the content
SIGMA = 12.0  # thousandths: how soft a coordinate's target is


@dataclass
class Pack:
    """Tokens of one sample. `images[k]` fills the k-th run of `<image>` tokens."""

    images: list[np.ndarray] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    branch: list[int] = field(default_factory=list)
    weight: list[float] = field(default_factory=list)  # of predicting this token; negative: a coordinate, softly
    slots: list[tuple[int, int]] = field(default_factory=list)  # (first <image> index, which image)
    aims: list[tuple[float, ...]] = field(default_factory=list)  # (token, x1, y1, x2, y2): what it finds in the newest image, 0..1
    shared: int = 0
    branches: int = 0

    @classmethod
    def begin(cls, tk: NanoTokenizer, image_tokens: int, tools: bool, picture: np.ndarray) -> "Pack":
        p = cls()
        p.add(tk, prefix(tk, image_tokens, tools), 0.0, picture)
        p.shared = len(p.ids)
        return p

    def open(self) -> None:
        """The next tokens are a new branch."""
        self.branches += 1

    def add(self, tk: NanoTokenizer, ids: list[int], weight: float, picture: np.ndarray | None = None) -> None:
        at = len(self.ids)
        if picture is not None:
            self.slots.append((at + ids.index(tk.image), len(self.images)))
            self.images.append(picture)
        fresh = self.branches and (not at or self.branch[-1] != self.branches)
        start = (self.shared if fresh else self.positions[-1] + 1) if at else 0
        self.ids += ids
        self.positions += range(start, start + len(ids))
        self.branch += [self.branches] * len(ids)
        self.weight += [weight] * len(ids)

    def add_box(self, tk: NanoTokenizer, box: tuple[int, int, int, int], weight: float) -> None:
        """A box as the decoder writes it; the coordinates are learnt softly."""
        for i, v in enumerate(box):
            if i:
                self.add(tk, [tk.comma], SCAFFOLD_WEIGHT if weight else 0.0)
            self.add(tk, [tk.coordinate(v)], -weight)

    def aim(self, box: tuple[float, float, float, float]) -> None:
        """The newest token is where the model finds something in the newest image; `box` in shares of its sides."""
        self.aims.append((len(self.ids) - 1, *box))

    def frozen(self) -> dict:
        """Small arrays for storage."""
        return {
            "images": np.stack(self.images), "ids": np.array(self.ids, np.int16), "positions": np.array(self.positions, np.int16),
            "branch": np.array(self.branch, np.int8), "weight": np.array(self.weight, np.float16),
            "slots": np.array(self.slots, np.int16), "aims": np.array(self.aims, np.float32).reshape(-1, 5),
        }


def collate(samples: list[dict], image_tokens: int) -> dict[str, torch.Tensor]:
    """Pads frozen packs (whose images may be patches by now) to one length; image slots count through the whole batch:
    `slots[r]` holds (first index, image), `aims` rows of (sample, token, x1, y1, x2, y2)."""
    n = max(len(s["ids"]) for s in samples)
    b = len(samples)
    ids, pos = torch.zeros(b, n, dtype=torch.long), torch.zeros(b, n, dtype=torch.long)
    branch, weight = torch.full((b, n), -1, dtype=torch.long), torch.zeros(b, n)
    rows, cols, slots, aims, images = [], [], [], [], 0
    for r, s in enumerate(samples):
        m = len(s["ids"])
        ids[r, :m] = torch.from_numpy(s["ids"].astype(np.int64))
        pos[r, :m] = torch.from_numpy(s["positions"].astype(np.int64))
        branch[r, :m] = torch.from_numpy(s["branch"].astype(np.int64))
        weight[r, :m] = torch.from_numpy(s["weight"].astype(np.float32))
        slots.append([(int(start), images + int(k)) for start, k in s["slots"]])
        aims += [(r, *aim) for aim in s["aims"].tolist()]
        images += len(s["images"])
        for start, _ in s["slots"]:
            rows += [r] * image_tokens
            cols += range(int(start), int(start) + image_tokens)
    pixels = torch.cat([torch.as_tensor(s["images"]) for s in samples])
    return {"ids": ids, "positions": pos, "branch": branch, "weight": weight, "images": pixels, "slots": slots,
            "aims": torch.tensor(aims).view(-1, 6), "rows": torch.tensor(rows), "cols": torch.tensor(cols)}


def attention_mask(branch: torch.Tensor) -> torch.Tensor:
    """bool [B, 1, L, L]: earlier tokens of the shared part or of one's own branch (padding sees only padding)."""
    n = branch.shape[1]
    same = branch[:, :, None] == branch[:, None, :]
    shared = (branch == 0)[:, None, :] & (branch >= 0)[:, :, None]
    causal = torch.ones(n, n, dtype=torch.bool).tril()
    return ((same | shared) & causal)[:, None]


class Loss:
    """Cross-entropy over learnt tokens, with soft targets for coordinates."""

    def __init__(self, tk: NanoTokenizer):
        values = torch.arange(0, 1001, 10, dtype=torch.float32)
        self.tokens = torch.tensor([tk.coordinate(int(v)) for v in values])
        soft = torch.exp(-0.5 * ((values[:, None] - values) / SIGMA) ** 2)
        self.soft = soft / soft.sum(-1, keepdim=True)
        self.index = torch.full((len(tk.vocab),), -1, dtype=torch.long)
        self.index[self.tokens] = torch.arange(101)

    def __call__(self, hidden, head, batch) -> tuple[torch.Tensor, dict[str, float]]:
        """hidden [B, L, H] and the head's weight [V, H]; returns the loss and its parts."""
        target, w, br = batch["ids"][:, 1:], batch["weight"][:, 1:], batch["branch"]
        learn = (w != 0) & (br[:, 1:] == br[:, :-1])
        h, t, w = hidden[:, :-1][learn], target[learn], w[learn]
        logp = (h @ head.T.to(h.dtype)).float().log_softmax(-1)
        place = w < 0
        ce = -logp.gather(1, t[:, None])[:, 0]
        if place.any():
            box = logp[place][:, self.tokens]
            ce = ce.masked_scatter(place, -(self.soft[self.index[t[place]]] * box).sum(-1))
        weight = w.abs()
        total = (ce * weight).sum() / weight.sum()
        with torch.no_grad():
            content = ~place & (w >= 0.5)
            right = (logp.argmax(-1) == t).float()
            parts = {"box": float(ce[place].mean()) if place.any() else 0.0,
                     "text": float(ce[content].mean()) if content.any() else 0.0,
                     "acc": float(right[content].mean()) if content.any() else 0.0}
            if place.any():
                guess = 10.0 * box.argmax(-1)
                parts["off"] = float((guess - 10.0 * self.index[t[place]]).abs().mean())
        return total, parts


def embed_batch(model, batch: dict, features: torch.Tensor) -> torch.Tensor:
    """Token embeddings with image features [images, tokens, hidden] put in."""
    x = model.embed(batch["ids"])
    return x.index_put((batch["rows"], batch["cols"]), features.reshape(-1, features.shape[-1]).to(x.dtype))
