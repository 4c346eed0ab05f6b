"""The model in plain PyTorch: Idefics3's layout (its parameter names too, but for the convolutional stem of the tower).

It is not a copy of that code: it is the shortest forward that trains fast on a CPU (fused projections, one masked
attention call, several questions packed behind one image). A test holds it equal to transformers' own forward.
"""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F

from .config import NanoConfig


def sincos_2d(grid: int, dim: int) -> torch.Tensor:
    """[grid², dim] sines and cosines of patch row and column: a start from which places are easy to tell."""
    quarter = dim // 4
    freq = torch.exp(-math.log(100.0) * torch.arange(quarter) / quarter)
    at = torch.arange(grid, dtype=torch.float32)[:, None] * freq
    one = torch.cat([at.sin(), at.cos()], -1)
    rows = one[:, None].expand(grid, grid, -1)
    cols = one[None].expand(grid, grid, -1)
    table = torch.cat([rows, cols], -1).reshape(grid * grid, -1)
    return F.pad(table, (0, dim - table.shape[1]))


def waves(values: torch.Tensor, dim: int) -> torch.Tensor:
    """Numbers in 0..1 as [n, dim] sines and cosines, alike for neighbours."""
    freq = math.pi * torch.exp(torch.linspace(0, math.log(24), dim // 2))
    return torch.cat([(values[:, None] * freq).sin(), (values[:, None] * freq).cos()], -1)


def place_waves(side: int, dim: int) -> torch.Tensor:
    """[side², dim]: the column of an image token in one half, its row in the other."""
    one = waves((torch.arange(side) + 0.5) / side, dim // 2)
    cols, rows = one[None].expand(side, side, -1), one[:, None].expand(side, side, -1)
    return torch.cat([cols, rows], -1).reshape(side * side, dim) * 1.8


class VisionAttention(nn.Module):
    def __init__(self, cfg: NanoConfig):
        super().__init__()
        d = cfg.vision_hidden
        self.heads = cfg.vision_heads
        self.q_proj, self.k_proj, self.v_proj, self.out_proj = (nn.Linear(d, d) for _ in range(4))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        b, n, d = x.shape
        w = torch.cat([self.q_proj.weight, self.k_proj.weight, self.v_proj.weight])
        bias = torch.cat([self.q_proj.bias, self.k_proj.bias, self.v_proj.bias])
        q, k, v = F.linear(x, w, bias).view(b, n, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        if q.dtype == torch.bfloat16:  # in training: twice as fast backward as the fused kernel on a CPU
            out = F.softmax((q * (d // self.heads) ** -0.5) @ k.transpose(-1, -2), -1) @ v
        else:
            out = F.scaled_dot_product_attention(q, k, v)
        return self.out_proj(out.transpose(1, 2).reshape(b, n, d))


class VisionMlp(nn.Module):
    def __init__(self, cfg: NanoConfig):
        super().__init__()
        self.fc1 = nn.Linear(cfg.vision_hidden, cfg.vision_mlp)
        self.fc2 = nn.Linear(cfg.vision_mlp, cfg.vision_hidden)

    def forward(self, x):
        return self.fc2(F.gelu(self.fc1(x)))


class VisionLayer(nn.Module):
    def __init__(self, cfg: NanoConfig):
        super().__init__()
        self.self_attn = VisionAttention(cfg)
        self.layer_norm1 = nn.LayerNorm(cfg.vision_hidden, eps=cfg.ln_eps)
        self.mlp = VisionMlp(cfg)
        self.layer_norm2 = nn.LayerNorm(cfg.vision_hidden, eps=cfg.ln_eps)

    def forward(self, x):
        x = x + self.self_attn(self.layer_norm1(x))
        return x + self.mlp(self.layer_norm2(x))


class ConvBlock(nn.Module):
    """x + conv(relu(conv(norm(x)))), 3×3, at one resolution. Tensors are [N, C, H, W] in channels-last memory."""

    def __init__(self, width: int, eps: float):
        super().__init__()
        self.norm = nn.LayerNorm(width, eps=eps)
        self.conv1 = nn.Conv2d(width, width, 3, padding=1)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1)

    def forward(self, x):
        y = self.norm(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
        return x + self.conv2(F.relu(self.conv1(y)))


class VisionEmbeddings(nn.Module):
    """Pixels to patch embeddings by a small convolutional stem instead of Idefics3's single 16×16 convolution: objects in an
    overview are two patches wide, and a stem learns what does not depend on where the patch borders fall much sooner."""

    def __init__(self, cfg: NanoConfig):
        super().__init__()
        width, channels, stages = cfg.vision_hidden, 3, []
        for c, blocks, stride in ((width // 4, 1, 4), (width // 2, 2, 2), (width, 1, 2)):
            stages.append(nn.Conv2d(channels, c, stride, stride))
            stages += [ConvBlock(c, cfg.ln_eps) for _ in range(blocks)]
            channels = c
        self.stem = nn.Sequential(*stages)
        self.position_embedding = nn.Embedding(cfg.grid**2, width)

    def forward(self, pixels):
        x = self.stem(pixels.contiguous(memory_format=torch.channels_last))
        return x.flatten(2).transpose(1, 2) + self.position_embedding.weight


class VisionTower(nn.Module):
    """pixels f32 [N, 3, S, S] in the normalised range → patch features [N, grid², vision_hidden]."""

    def __init__(self, cfg: NanoConfig):
        super().__init__()
        self.embeddings = VisionEmbeddings(cfg)
        self.encoder = nn.Module()
        self.encoder.layers = nn.ModuleList(VisionLayer(cfg) for _ in range(cfg.vision_layers))
        self.post_layernorm = nn.LayerNorm(cfg.vision_hidden, eps=cfg.ln_eps)

    def forward(self, pixels):
        x = self.embeddings(pixels)
        for layer in self.encoder.layers:
            x = layer(x)
        return self.post_layernorm(x)


class Connector(nn.Module):
    """Pixel shuffle (2×2 patches to one token, Idefics3's channel order), one projection, and where the token lies: added
    inside the vision encoder, so that the decoder can read places off (Idefics3 has no such table)."""

    def __init__(self, cfg: NanoConfig):
        super().__init__()
        self.grid, self.s = cfg.grid, cfg.shuffle
        self.modality_projection = nn.Module()
        self.modality_projection.proj = nn.Linear(cfg.vision_hidden * cfg.shuffle**2, cfg.hidden, bias=False)
        self.position = nn.Parameter(place_waves(self.grid // self.s, cfg.hidden))

    def forward(self, x):
        b, _, d = x.shape
        g, s = self.grid // self.s, self.s
        x = x.view(b, g, s, g, s * d).transpose(2, 3).reshape(b, g * g, s * s * d)
        return self.modality_projection.proj(x) + self.position


class RmsNorm(nn.Module):
    def __init__(self, dim: int, eps: float):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(dim))
        self.eps = eps

    def forward(self, x):
        return F.rms_norm(x, (x.shape[-1],), self.weight, self.eps)


def rope_tables(cfg: NanoConfig) -> tuple[torch.Tensor, torch.Tensor]:
    """cos and sin, each [context, head_dim / 2]."""
    half = cfg.head_dim // 2
    freq = cfg.rope_theta ** (-torch.arange(half, dtype=torch.float64) / half)
    at = torch.arange(cfg.context, dtype=torch.float64)[:, None] * freq
    return at.cos().float(), at.sin().float()


def rotate(x: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor) -> torch.Tensor:
    """Half-split rotation of x [B, H, S, D] by cos and sin [B, 1, S, D / 2]."""
    a, b = x.chunk(2, -1)
    cos, sin = cos.to(x.dtype), sin.to(x.dtype)
    return torch.cat([a * cos - b * sin, b * cos + a * sin], -1)


class TextAttention(nn.Module):
    def __init__(self, cfg: NanoConfig):
        super().__init__()
        self.h, self.kv, self.d = cfg.heads, cfg.kv_heads, cfg.head_dim
        self.q_proj = nn.Linear(cfg.hidden, self.h * self.d, bias=False)
        self.k_proj = nn.Linear(cfg.hidden, self.kv * self.d, bias=False)
        self.v_proj = nn.Linear(cfg.hidden, self.kv * self.d, bias=False)
        self.o_proj = nn.Linear(self.h * self.d, cfg.hidden, bias=False)

    watched: torch.Tensor | None = None  # in training: the last scores [B, H, S, T], kept where `watch` is set
    watch = False

    def forward(self, x, rope, mask, past=None):
        b, s, _ = x.shape
        w = torch.cat([self.q_proj.weight, self.k_proj.weight, self.v_proj.weight])
        qkv = F.linear(x, w).view(b, s, self.h + 2 * self.kv, self.d).transpose(1, 2)
        q, k, v = qkv.split([self.h, self.kv, self.kv], 1)
        q, k = rotate(q, *rope), rotate(k, *rope)
        if past is not None:
            k, v = torch.cat([past[0], k], 2), torch.cat([past[1], v], 2)
        present = (k, v)
        rep = self.h // self.kv
        if q.dtype == torch.bfloat16 and mask is not None:  # in training, as in the tower
            grouped = (q * self.d**-0.5).view(b, self.kv, rep * s, self.d)
            scores = (grouped @ k.transpose(-1, -2)).view(b, self.h, s, -1)
            self.watched = scores if self.watch else None
            out = F.softmax(scores.masked_fill(~mask, float("-inf")), -1)
            out = (out.view(b, self.kv, rep * s, -1) @ v).view(b, self.h, s, self.d)
        else:
            k, v = k.repeat_interleave(rep, 1), v.repeat_interleave(rep, 1)
            out = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        return self.o_proj(out.transpose(1, 2).reshape(b, s, -1)), present


class TextMlp(nn.Module):
    def __init__(self, cfg: NanoConfig):
        super().__init__()
        self.gate_proj = nn.Linear(cfg.hidden, cfg.mlp, bias=False)
        self.up_proj = nn.Linear(cfg.hidden, cfg.mlp, bias=False)
        self.down_proj = nn.Linear(cfg.mlp, cfg.hidden, bias=False)

    def forward(self, x):
        return self.down_proj(F.silu(self.gate_proj(x)) * self.up_proj(x))


class TextLayer(nn.Module):
    def __init__(self, cfg: NanoConfig):
        super().__init__()
        self.self_attn = TextAttention(cfg)
        self.mlp = TextMlp(cfg)
        self.input_layernorm = RmsNorm(cfg.hidden, cfg.rms_eps)
        self.post_attention_layernorm = RmsNorm(cfg.hidden, cfg.rms_eps)

    def forward(self, x, rope, mask, past=None):
        a, present = self.self_attn(self.input_layernorm(x), rope, mask, past)
        x = x + a
        return x + self.mlp(self.post_attention_layernorm(x)), present


class TextModel(nn.Module):
    def __init__(self, cfg: NanoConfig):
        super().__init__()
        self.embed_tokens = nn.Embedding(cfg.vocab, cfg.hidden)
        self.layers = nn.ModuleList(TextLayer(cfg) for _ in range(cfg.layers))
        self.norm = RmsNorm(cfg.hidden, cfg.rms_eps)

    states: list | None = None  # in training: a list to which each layer's output is added

    def forward(self, x, rope, mask, past=None):
        presents = []
        for i, layer in enumerate(self.layers):
            x, present = layer(x, rope, mask, None if past is None else past[i])
            presents.append(present)
            if self.states is not None:
                self.states.append(x)
        return self.norm(x), presents


class NanoModel(nn.Module):
    """The whole model. `state_dict()` keys are Hugging Face's (the tied `lm_head.weight` is left out)."""

    def __init__(self, cfg: NanoConfig = NanoConfig()):
        super().__init__()
        self.cfg = cfg
        self.model = nn.Module()
        self.model.vision_model = VisionTower(cfg)
        self.model.connector = Connector(cfg)
        self.model.text_model = TextModel(cfg)
        cos, sin = rope_tables(cfg)
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)
        self.apply(self._init)
        with torch.no_grad():
            pos = self.model.vision_model.embeddings.position_embedding.weight
            pos.copy_(sincos_2d(cfg.grid, cfg.vision_hidden) * 0.3)
            for m in self.modules():
                if isinstance(m, ConvBlock):
                    m.conv2.weight.mul_(0.4)
            for layer in self.model.vision_model.encoder.layers:
                for lin in (layer.self_attn.out_proj, layer.mlp.fc2):
                    lin.weight.mul_((2 * cfg.vision_layers) ** -0.5)
            for layer in self.model.text_model.layers:
                for lin in (layer.self_attn.o_proj, layer.mlp.down_proj):
                    lin.weight.mul_((2 * cfg.layers) ** -0.5)

    @staticmethod
    def _init(m):
        if isinstance(m, nn.Linear):
            nn.init.normal_(m.weight, std=m.weight.shape[1] ** -0.5 * 0.7)
            if m.bias is not None:
                nn.init.zeros_(m.bias)
        elif isinstance(m, nn.Conv2d):
            nn.init.normal_(m.weight, std=m.weight[0].numel() ** -0.5 * 1.2)
            nn.init.zeros_(m.bias)
        elif isinstance(m, nn.Embedding):
            nn.init.normal_(m.weight, std=0.04)

    def patches(self, pixels: torch.Tensor) -> torch.Tensor:
        """[N, 3, S, S] → [N, grid², vision_hidden]."""
        return self.model.vision_model(pixels)

    def image_features(self, pixels: torch.Tensor) -> torch.Tensor:
        """[N, 3, S, S] → [N, image_tokens, hidden]."""
        return self.model.connector(self.patches(pixels))

    def embed(self, ids: torch.Tensor) -> torch.Tensor:
        return self.model.text_model.embed_tokens(ids)

    def decode(self, embeds, positions, mask, past=None):
        """embeds [B, S, H], positions i64 [B, S], mask bool (true = may attend) broadcastable to [B, 1, S, T], or None for a
        single query position. Returns normed hidden states [B, S, H] and the new keys and values of each layer."""
        rope = (self.cos[positions][:, None], self.sin[positions][:, None])
        return self.model.text_model(embeds, rope, mask, past)

    def logits(self, hidden: torch.Tensor) -> torch.Tensor:
        return F.linear(hidden, self.model.text_model.embed_tokens.weight)
