"""Keys and values of many sequences of different lengths at once, each row growing at its own end."""

import torch
import torch.nn.functional as F

from ..model import NanoModel, rotate


class Cache:
    """`rows` sequences of at most `room` tokens."""

    def __init__(self, model: NanoModel, rows: int, room: int):
        c = model.cfg
        self.model, self.room = model, room
        self.keys = [torch.zeros(rows, c.kv_heads, room, c.head_dim) for _ in range(c.layers)]
        self.values = [torch.zeros(rows, c.kv_heads, room, c.head_dim) for _ in range(c.layers)]
        self.lengths = torch.zeros(rows, dtype=torch.long)

    def repeat(self, times: int) -> "Cache":
        """Each row `times` times, next to each other."""
        return self._of(lambda t: t.repeat_interleave(times, 0))

    def keep(self, rows: torch.Tensor) -> "Cache":
        """Only these rows, in this order."""
        return self._of(lambda t: t[rows])

    def _of(self, change) -> "Cache":
        twin = object.__new__(Cache)
        twin.model, twin.room = self.model, self.room
        twin.keys, twin.values = [change(t) for t in self.keys], [change(t) for t in self.values]
        twin.lengths = change(self.lengths)
        return twin

    @torch.no_grad()
    def append(self, x: torch.Tensor, counts: torch.Tensor) -> torch.Tensor:
        """Adds the first `counts[b]` of the embeddings x [B, S, H] to each row. Returns the last added one's normed state
        [B, H] (of a row that got nothing: meaningless)."""
        text, cfg = self.model.model.text_model, self.model.cfg
        b, s, _ = x.shape
        at = self.lengths[:, None] + torch.arange(s)
        if int(at.max()) >= self.room:
            raise ValueError(f"{int(at.max()) + 1} tokens do not fit {self.room}")
        reach = int(at.max()) + 1
        rope = (self.model.cos[at][:, None], self.model.sin[at][:, None])
        mask = torch.arange(reach) <= at[:, None, :, None]
        rows, rep = torch.arange(b)[:, None], cfg.heads // cfg.kv_heads
        for layer, keys, values in zip(text.layers, self.keys, self.values):
            a = layer.self_attn
            w = torch.cat([a.q_proj.weight, a.k_proj.weight, a.v_proj.weight])
            qkv = F.linear(layer.input_layernorm(x), w).view(b, s, cfg.heads + 2 * cfg.kv_heads, cfg.head_dim)
            q, k, v = qkv.transpose(1, 2).split([cfg.heads, cfg.kv_heads, cfg.kv_heads], 1)
            keys[rows, :, at] = rotate(k, *rope).transpose(1, 2)
            values[rows, :, at] = v.transpose(1, 2)
            grouped = (rotate(q, *rope) * cfg.head_dim**-0.5).reshape(b, cfg.kv_heads, rep * s, cfg.head_dim)
            scores = (grouped @ keys[:, :, :reach].transpose(-1, -2)).view(b, cfg.heads, s, reach)
            out = F.softmax(scores.masked_fill(~mask, float("-inf")), -1).view(b, cfg.kv_heads, rep * s, reach) @ values[:, :, :reach]
            x = x + a.o_proj(out.view(b, cfg.heads, s, cfg.head_dim).transpose(1, 2).reshape(b, s, -1))
            x = x + layer.mlp(layer.post_attention_layernorm(x))
        self.lengths = self.lengths + counts
        return text.norm(x[torch.arange(b), (counts - 1).clamp(min=0)])
