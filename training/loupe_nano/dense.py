"""Dense supervision of the vision tower: what each quarter of a patch shows, read off by one linear layer."""

import torch
import torch.nn as nn
import torch.nn.functional as F

from .config import NanoConfig
from .world.vocabulary import ALPHABET, COLOR_NAMES, NOUNS

#: name: (classes, weight of the class "nothing", share in the loss)
FIELDS = {
    "noun": (len(NOUNS) + 1, 0.15, 1.0),
    "glyph": (len(ALPHABET) + 1, 0.06, 1.0),
    "plate": (len(COLOR_NAMES) + 1, 0.15, 0.4),
    "ink": (len(COLOR_NAMES) + 1, 0.15, 0.3),
    "dot": (2, 0.3, 0.3),
    "count": (7, 0.08, 0.5),
}


class DenseHead(nn.Module):
    """Patch features [N, grid², D] → logits by field, [N, 2·grid, 2·grid, classes]."""

    def __init__(self, cfg: NanoConfig):
        super().__init__()
        self.grid = cfg.grid
        self.sizes = [f[0] for f in FIELDS.values()]
        self.proj = nn.Linear(cfg.vision_hidden, 4 * sum(self.sizes))

    def forward(self, x: torch.Tensor) -> dict[str, torch.Tensor]:
        g = self.grid
        y = self.proj(x).view(-1, g, g, 2, 2, sum(self.sizes)).transpose(2, 3).reshape(-1, 2 * g, 2 * g, sum(self.sizes))
        return dict(zip(FIELDS, y.split(self.sizes, -1)))

    def loss(self, x: torch.Tensor, labels: dict[str, torch.Tensor]) -> tuple[torch.Tensor, dict[str, float]]:
        """`labels` i64 [N, 2·grid, 2·grid] by field, −1 where not told. Also how often a cell that shows something is named right."""
        total, parts = 0.0, {}
        for name, logits in self(x).items():
            classes, nothing, share = FIELDS[name]
            weight = torch.ones(classes)
            weight[0] = nothing
            flat, want = logits.float().reshape(-1, classes), labels[name].reshape(-1)
            if (want >= 0).any():
                total = total + share * F.cross_entropy(flat, want, weight, ignore_index=-1)
            with torch.no_grad():
                some = want > 0
                parts[name] = float((flat[some].argmax(-1) == want[some]).float().mean()) if some.any() else 0.0
        return total, parts
