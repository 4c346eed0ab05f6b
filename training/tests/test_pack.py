"""A branch of a packed sequence computes what it computes alone."""

import numpy as np
import torch

from loupe_nano.config import NanoConfig
from loupe_nano.image import normalize, ramp
from loupe_nano.model import NanoModel
from loupe_nano.pack import Pack, attention_mask, collate, embed_batch
from loupe_nano.protocol import observation, question
from loupe_nano.tokenizer import NanoTokenizer

CFG = NanoConfig(hidden=64, layers=2, heads=2, kv_heads=1, vision_hidden=64, vision_layers=1, vision_heads=2, vision_mlp=64)


def hidden_of(model, packs):
    batch = collate([p.frozen() for p in packs], CFG.image_tokens)
    pixels = torch.from_numpy(normalize(batch["images"].numpy()))
    x = embed_batch(model, batch, model.image_features(pixels))
    return model.decode(x, batch["positions"], attention_mask(batch["branch"]))[0], batch


def test_packed_mask_equals_separate_forward():
    torch.manual_seed(0)
    tk, model = NanoTokenizer(), NanoModel(CFG)
    picture = ramp(256)
    crop = np.ascontiguousarray(255 - picture)

    def branch(pack, k):
        pack.open()
        pack.add(tk, question(tk, ("Where is the dog?", "What does the tag on the key say?")[k]), 0.0)
        if k:
            pack.add(tk, tk.call((120, 10, 300, 400), "key") + [tk.end], 1.0)
            pack.add(tk, observation(tk, CFG.image_tokens), 0.0, crop)
        pack.add(tk, tk.encode("<answer>K7</answer>") + [tk.end], 1.0)

    both = Pack.begin(tk, CFG.image_tokens, True, picture)
    alone = [Pack.begin(tk, CFG.image_tokens, True, picture) for _ in range(2)]
    for k in range(2):
        branch(both, k)
        branch(alone[k], k)
    packed, batch = hidden_of(model, [both])
    for k in range(2):
        single, _ = hidden_of(model, [alone[k]])
        mine = packed[0][batch["branch"][0] == k + 1]
        assert torch.allclose(mine, single[0, both.shared:], atol=1e-4)


def test_padding_changes_nothing():
    torch.manual_seed(0)
    tk, model = NanoTokenizer(), NanoModel(CFG)
    short = Pack.begin(tk, CFG.image_tokens, True, ramp(256))
    long = Pack.begin(tk, CFG.image_tokens, True, ramp(256))
    long.open()
    long.add(tk, question(tk, "Where is the dog?"), 0.0)
    want, _ = hidden_of(model, [short])
    got, _ = hidden_of(model, [short, long])
    assert torch.allclose(got[0, : want.shape[1]], want[0], atol=1e-4)
