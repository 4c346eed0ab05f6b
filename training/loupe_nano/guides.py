"""Auxiliary losses of stages A and B: told where to look and where things are, a small model starts to learn; told only
the answers, it does not within our time. None of this is part of the exported model but its effect.
"""

import torch
import torch.nn as nn
import torch.nn.functional as F

from .dense import FIELDS
from .model import NanoModel
from .pack import Loss
from .tokenizer import SCAFFOLD, NanoTokenizer
from .world.vocabulary import ALPHABET, NOUNS


def by_token(cells: torch.Tensor, side: int) -> torch.Tensor:
    """Labels [N, grid, grid] as [N, side², cells of one image token]."""
    n, grid, _ = cells.shape
    return cells.view(n, side, grid // side, side, grid // side).permute(0, 1, 3, 2, 4).reshape(n, side * side, -1)


class Reading(nn.Module):
    """What each quarter patch shows must still be told from the image token, after the connector has pressed four patches
    into one: one linear map reads glyphs, the count of dots and the plate's colour off it."""

    SHARES = {"glyph": 1.0, "count": 0.6, "plate": 0.2}

    def __init__(self, cfg):
        super().__init__()
        self.side, self.per = int(cfg.image_tokens**0.5), (2 * cfg.shuffle) ** 2
        self.sizes = [FIELDS[k][0] for k in self.SHARES]
        self.proj = nn.Linear(cfg.hidden, self.per * sum(self.sizes))

    def loss(self, features: torch.Tensor, labels: dict[str, torch.Tensor]) -> tuple[torch.Tensor, float]:
        """features [N, T, H]; labels i64 [N, grid, grid] by field. The loss, and how many glyph cells are read right."""
        n, tokens, _ = features.shape
        read = self.proj(features).view(n, tokens, self.per, -1).split(self.sizes, -1)
        total, right = torch.zeros(()), 0.0
        for (name, share), logits in zip(self.SHARES.items(), read):
            classes, nothing, _ = FIELDS[name]
            weight = torch.ones(classes)
            weight[0] = nothing
            flat, want = logits.float().reshape(-1, classes), by_token(labels[name], self.side).reshape(-1)
            if (want >= 0).any():
                total = total + share * F.cross_entropy(flat, want, weight, ignore_index=-1)
            if name == "glyph" and (want > 0).any():
                right = float((flat[want > 0].argmax(-1) == want[want > 0]).float().mean())
        return total, right


class Presence(nn.Module):
    """Ties image tokens to words: the embedding of a noun should point at the image tokens that show it."""

    def __init__(self, tk: NanoTokenizer):
        super().__init__()
        self.nouns = [tk.encode(" " + n)[0] for n in NOUNS]
        self.scale, self.shift = nn.Parameter(torch.ones(1)), nn.Parameter(torch.full((1,), -3.0))

    def loss(self, features: torch.Tensor, embed: torch.Tensor, noun: torch.Tensor) -> torch.Tensor:
        """features [N, T, H], the embedding table, noun labels i64 [N, grid, grid]."""
        n, side = noun.shape[0], int(features.shape[1] ** 0.5)
        cells = by_token(noun, side)
        want = torch.zeros(n, side * side, len(NOUNS) + 1).scatter_(2, cells, 1.0)[..., 1:]
        logits = (features.float() @ embed[self.nouns].float().T) * self.scale + self.shift
        return F.binary_cross_entropy_with_logits(logits, want, pos_weight=torch.tensor(4.0)) * 4


class Pointing:
    """Teaches a few heads where to look, because finding that out alone takes a small model very long. Two heads of one
    layer: at every token that names an object, attention over the shared picture should fall on the object's image tokens.
    Two heads of the next: where a coordinate is about to be written, attention should fall on the question's noun. Two more
    of its heads: where a noun is about to be repeated, attention should fall on where it was named. Two heads of a later
    layer: where a letter is about to be read, attention should fall on the image tokens of the newest view that show it."""

    LAYER, HEADS = 1, (0, 3)
    NEXT_HEADS, COPY_HEADS = (1, 4), (2, 5)
    READ_LAYER, READ_HEADS = 3, (1, 4)

    def __init__(self, model: NanoModel, tk: NanoTokenizer):
        layers = model.model.text_model.layers
        self.attention, self.next = layers[self.LAYER].self_attn, layers[self.LAYER + 1].self_attn
        self.reader = layers[self.READ_LAYER].self_attn
        self.attention.watch = self.next.watch = self.reader.watch = True
        self.glyph_of = torch.zeros(model.cfg.vocab, dtype=torch.long)
        for i, char in enumerate(ALPHABET):
            self.glyph_of[tk.encode(char)[0]] = i + 1
        self.noun_of = torch.zeros(model.cfg.vocab, dtype=torch.long)
        for i, n in enumerate(NOUNS):
            for form in (" " + n, n):
                self.noun_of[tk.encode(form)[0]] = i + 1
        self.tokens, self.scaffold = model.cfg.image_tokens, tk.vocab[SCAFFOLD]

    @staticmethod
    def _looks(attention, heads: tuple[int, ...], mask: torch.Tensor, rows: torch.Tensor, cols: torch.Tensor) -> torch.Tensor:
        """log-probabilities [n, heads, T] of where `heads` look from tokens (rows, cols): over everything that they may see."""
        scores = attention.watched[:, list(heads)][rows, :, cols].float()
        return scores.masked_fill(~mask[rows, 0, cols][:, None], -1e4).log_softmax(-1)

    @staticmethod
    def _at(logp: torch.Tensor, to: torch.Tensor) -> torch.Tensor:
        """The loss of looking at one token each, `to` i64 [n]."""
        return -logp.gather(2, to[:, None, None].expand(-1, logp.shape[1], 1)).mean()

    def _over(self, logp: torch.Tensor, starts: torch.Tensor, share: torch.Tensor) -> torch.Tensor:
        """The loss of looking at a picture's tokens, which begin at `starts` [n], in proportion to `share` [n, tokens]."""
        at = (starts[:, None] + torch.arange(self.tokens))[:, None].expand(-1, logp.shape[1], -1)
        want = share / share.sum(-1, keepdim=True)
        return -(want[:, None] * logp.gather(2, at)).sum(-1).mean()

    def loss(self, batch: dict, mask: torch.Tensor, first: torch.Tensor, starts: torch.Tensor) -> torch.Tensor:
        """`first` i64 [B, grid, grid]: noun labels of each sample's first picture; `starts`: where its image tokens begin."""
        noun = self.noun_of[batch["ids"]]
        rows, cols = (noun * (batch["branch"] > 0)).nonzero(as_tuple=True)
        if not len(rows):
            return torch.zeros(())
        cells = by_token(first, int(self.tokens**0.5))
        share = (cells[rows] == noun[rows, cols][:, None, None]).float().mean(-1)
        there = share.sum(-1) > 0
        rows, cols, share = rows[there], cols[there], share[there]
        if not len(rows):
            return torch.zeros(())
        return self._over(self._looks(self.attention, self.HEADS, mask, rows, cols), starts[rows], share)


    @staticmethod
    def _found(batch: dict) -> torch.Tensor:
        """i64 [B, L]: the token that last found something (`aims`) in the newest view of a token's branch; -1: none."""
        branch, places = batch["branch"], torch.arange(batch["ids"].shape[1])
        aimed = torch.zeros_like(branch, dtype=torch.bool)
        events = aimed.clone()
        at = batch["aims"][:, :2].long()
        aimed[at[:, 0], at[:, 1]] = True
        for r, slots in enumerate(batch["slots"]):
            events[r, [s for s, _ in slots]] = True
        last = torch.where(events | aimed, places, -1).cummax(1).values.clamp(min=0)
        return torch.where(aimed.gather(1, last) & (branch.gather(1, last) == branch), last, -1)

    def aim(self, batch: dict, mask: torch.Tensor) -> torch.Tensor:
        """The first rule for a part of a newer view: the token that finds it looks at it with the heads that find objects."""
        if not len(batch["aims"]):
            return torch.zeros(())
        rows, cols, box = batch["aims"][:, 0].long(), batch["aims"][:, 1].long(), batch["aims"][:, 2:]
        starts = torch.tensor([max(s for s, _ in batch["slots"][r] if s < c) for r, c in zip(rows.tolist(), cols.tolist())])
        side = int(self.tokens**0.5)
        edges = torch.arange(side) / side

        def overlap(low, high):
            return (torch.minimum(high[:, None], edges + 1 / side) - torch.maximum(low[:, None], edges)).clamp(min=0)

        share = (overlap(box[:, 1], box[:, 3])[:, :, None] * overlap(box[:, 0], box[:, 2])[:, None]).flatten(1)
        return self._over(self._looks(self.attention, self.HEADS, mask, rows, cols), starts, share + 1e-6)

    def hop(self, batch: dict, mask: torch.Tensor, latest: bool = False) -> torch.Tensor:
        """The second rule. Not the thought's noun but the question's: so a slip of the pen does not move the box. With
        `latest` the thought's: where the model chooses what to look at, the box is what it chose. Where something was found
        in the newest view, the box looks at the token that found it."""
        ids, branch = batch["ids"], batch["branch"]
        length = ids.shape[1]
        noun, places = self.noun_of[ids] * (branch > 0), torch.arange(length)
        before = torch.where(noun > 0, places, -1).cummax(1).values
        after = torch.where(noun > 0, places, length - 1).flip(1).cummin(1).values.flip(1)
        scaffold = torch.where(ids == self.scaffold, places, -100).cummax(1).values
        rows, cols = (batch["weight"][:, 1:] < 0).nonzero(as_tuple=True)
        in_call = cols - scaffold[rows, cols] < 8
        named = noun[rows, torch.where(in_call, after[rows, cols], before[rows, cols].clamp(min=0))]
        same = (noun[rows] == named[:, None]) & (branch[rows] == branch[rows, cols][:, None]) & (named > 0)[:, None]
        if latest:
            same = same & (places <= cols[:, None])
            to = length - 1 - same.flip(1).float().argmax(1)
        else:
            to = same.float().argmax(1)
        found = self._found(batch)[rows, cols]
        to = torch.where(found >= 0, found, to)
        fine = (same.any(1) | (found >= 0)) & (to <= cols)
        rows, cols, to = rows[fine], cols[fine], to[fine]
        if not len(rows):
            return torch.zeros(())
        return self._at(self._looks(self.next, self.NEXT_HEADS, mask, rows, cols), to)

    def copy(self, batch: dict, mask: torch.Tensor, written: bool = False) -> torch.Tensor:
        """The third rule. With `written` only for what the model itself named before, never for the question's words."""
        noun, branch = self.noun_of[batch["ids"]], batch["branch"]
        rows, cols = ((noun[:, 1:] > 0) & (batch["weight"][:, 1:] > 0)).nonzero(as_tuple=True)
        same = (noun[rows] == noun[rows, cols + 1][:, None]) & mask[rows, 0, cols] & (branch[rows] == branch[rows, cols][:, None])
        if written:
            same = same & (batch["weight"][rows] > 0)
        some = same.any(1)
        rows, cols, same = rows[some], cols[some], same[some]
        if not len(rows):
            return torch.zeros(())
        logp = self._looks(self.next, self.COPY_HEADS, mask, rows, cols)
        return -logp.masked_fill(~same[:, None], -1e4).logsumexp(-1).mean()

    def repeat(self, batch: dict, mask: torch.Tensor) -> torch.Tensor:
        """The third rule for letters: each letter of an answer (weight 1.5) looks back at the same letter of the thought
        (weight 1.6), so that what was read is not read a second time, differently."""
        ids, branch, weight = batch["ids"], batch["branch"], batch["weight"]
        letter = self.glyph_of[ids] > 0
        said, told = letter & ((weight - 1.6).abs() < 0.01), letter & ((weight - 1.5).abs() < 0.01)
        rows, cols, back = [], [], []
        for r in told.any(1).nonzero()[:, 0].tolist():
            for b in branch[r][told[r]].unique().tolist():
                mine = branch[r] == b
                source, target = (said[r] & mine).nonzero()[:, 0], (told[r] & mine).nonzero()[:, 0]
                if len(source) == len(target):
                    rows, cols, back = [*rows, *[r] * len(target)], [*cols, *target.tolist()], [*back, *source.tolist()]
        if not rows:
            return torch.zeros(())
        r, c, to = torch.tensor(rows), torch.tensor(cols) - 1, torch.tensor(back)
        return self._at(self._looks(self.next, self.COPY_HEADS, mask, r, c), to)

    def read(self, batch: dict, mask: torch.Tensor, glyph: torch.Tensor) -> torch.Tensor:
        """The fourth rule, for crops and runs. `glyph` i64 [N, grid, grid] of all pictures. Answers after a thought are
        copies of it (weight 1.5) and are left alone."""
        ids, branch, weight = batch["ids"], batch["branch"], batch["weight"]
        letter = self.glyph_of[ids] * ((weight > 0.7) & ((weight - 1.5).abs() > 0.01))
        rows, cols, views, starts = [], [], [], []
        for r, c in letter.nonzero().tolist():
            seen = [(int(branch[r, s]), s, k) for s, k in batch["slots"][r] if s < c and int(branch[r, s]) in (0, int(branch[r, c]))]
            _, start, view = max(seen)
            rows, cols, views, starts = [*rows, r], [*cols, c], [*views, view], [*starts, start]
        if not rows:
            return torch.zeros(())
        r, c, start = torch.tensor(rows), torch.tensor(cols), torch.tensor(starts)
        share = (by_token(glyph, int(self.tokens**0.5))[views] == letter[r, c][:, None, None]).float().mean(-1)
        there = share.sum(-1) > 0
        r, c, start, share = r[there], c[there] - 1, start[there], share[there]
        if not len(r):
            return torch.zeros(())
        return self._over(self._looks(self.reader, self.READ_HEADS, mask, r, c), start, share)


class Places(nn.Module):
    """Deep supervision of where things are: from the noun's own state after the pointing layer its centre can be read by one
    linear map, and from the state that is about to write a coordinate that coordinate, two layers before the end."""

    def __init__(self, cfg, loss_of: Loss):
        super().__init__()
        self.centre = nn.Linear(cfg.hidden, 2 * cfg.hidden, bias=False)
        self.writer = nn.ModuleList(nn.Linear(cfg.hidden, cfg.hidden, bias=False) for _ in range(2))
        self.repeat = nn.Linear(cfg.hidden, cfg.hidden, bias=False)
        object.__setattr__(self, "of", loss_of)

    def names(self, states: list, batch: dict, noun_of: torch.Tensor, embed: torch.Tensor) -> torch.Tensor:
        """A noun about to be written, read after the layer that repeats."""
        noun = noun_of[batch["ids"]]
        rows, cols = ((noun[:, 1:] > 0) & (batch["weight"][:, 1:] > 0) & (batch["branch"][:, 1:] > 0)).nonzero(as_tuple=True)
        if not len(rows):
            return torch.zeros(())
        h = self.repeat(F.rms_norm(states[2][rows, cols].float(), (embed.shape[1],)))
        return F.cross_entropy(h @ embed.float().T, batch["ids"][rows, cols + 1])

    def _ce(self, h: torch.Tensor, embed: torch.Tensor, index: torch.Tensor) -> torch.Tensor:
        """h [n, H] against coordinate number `index` (0..100)."""
        logp = (h.float() @ embed[self.of.tokens].float().T).log_softmax(-1)
        return -(self.of.soft[index] * logp).sum(-1).mean()

    def _middle(self, state: torch.Tensor, embed: torch.Tensor, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """state [n, H] against a centre in hundredths."""
        h = self.centre(F.rms_norm(state.float(), (state.shape[-1],))).chunk(2, -1)
        return (self._ce(h[0], embed, x.round().long()) + self._ce(h[1], embed, y.round().long())) / 2

    def loss(self, states: list, batch: dict, first: torch.Tensor, noun_of: torch.Tensor, embed: torch.Tensor):
        """`states`: residual streams after each layer. Returns the losses of centres and of coordinates."""
        noun = noun_of[batch["ids"]] * (batch["branch"] > 0)
        rows, cols = noun.nonzero(as_tuple=True)
        grid = first.shape[1]
        shown = (first[rows] == noun[rows, cols][:, None, None]).float()
        count = shown.sum((1, 2))
        rows, cols, shown, count = (t[count > 0] for t in (rows, cols, shown, count))
        centre = torch.zeros(())
        if len(rows):
            at = (torch.arange(grid) + 0.5) * 100 / grid
            x, y = (shown.sum(1) * at).sum(-1) / count, (shown.sum(2) * at).sum(-1) / count
            centre = self._middle(states[1][rows, cols], embed, x, y)
        if len(batch["aims"]):
            at, box = batch["aims"][:, :2].long(), (batch["aims"][:, 2:] * 100).clamp(0, 100)
            middle = (box[:, :2] + box[:, 2:]) / 2
            centre = centre + self._middle(states[1][at[:, 0], at[:, 1]], embed, middle[:, 0], middle[:, 1])
        rows, cols = (batch["weight"][:, 1:] < 0).nonzero(as_tuple=True)
        write = torch.zeros(())
        if len(rows):
            index = self.of.index[batch["ids"][rows, cols + 1]]
            for layer, writer in zip((2, 3), self.writer):
                h = writer(F.rms_norm(states[layer][rows, cols].float(), (embed.shape[1],)))
                write = write + self._ce(h, embed, index) / 2
        return centre, write
