"""The exported graphs compute what the PyTorch model with dequantized weights computes."""

import numpy as np
import pytest
import torch

from loupe_nano.config import NanoConfig
from loupe_nano.export import export
from loupe_nano.image import normalize, ramp
from loupe_nano.model import NanoModel
from loupe_nano.onnx_graphs import dequantize
from loupe_nano.protocol import prefix, question
from loupe_nano.runtime import Folder

TINY = NanoConfig(vocab=1024, hidden=64, layers=2, heads=4, kv_heads=2, head_dim=32, mlp=96,
                  vision_hidden=64, vision_layers=2, vision_heads=2, vision_mlp=96)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    torch.manual_seed(1)
    model, out = NanoModel(TINY), tmp_path_factory.mktemp("folder")
    sheet = export(model, out, "test", "0.0.0")
    with torch.no_grad():
        for name, p in model.named_parameters():
            if p.ndim == 2 and "position" not in name:
                p.copy_(torch.from_numpy(dequantize(p.numpy())))
    return model, Folder(out), sheet


def test_vision_features_agree(tiny):
    model, folder, _ = tiny
    pixels = normalize(np.stack([ramp(256), 255 - ramp(256)]))
    want = model.image_features(torch.from_numpy(pixels)).detach().numpy()
    assert np.abs(folder.image_features(pixels) - want).max() < 1e-3


def test_prefill_and_continuation_logits_agree(tiny):
    model, folder, _ = tiny
    tk = folder.tokenizer
    ids = prefix(tk, TINY.image_tokens, True) + question(tk, "Where is the dog?")
    pixels = normalize(ramp(256)[None])
    features = folder.image_features(pixels)[0]
    seq = folder.start()
    first = seq.append(ids, features)
    more = tk.call((120, 0, 560, 1000), "dog")
    last = seq.append(more)

    every = torch.tensor([ids + more])
    with torch.no_grad():
        x = model.embed(every)
        x[0, every[0] == tk.image] = torch.from_numpy(features)
        n = every.shape[1]
        hidden, _ = model.decode(x, torch.arange(n)[None], torch.ones(n, n, dtype=torch.bool).tril())
        logits = model.logits(hidden)[0].numpy()
    assert np.abs(first - logits[len(ids) - 1]).max() < 1e-3
    assert np.abs(last - logits[-1]).max() < 1e-3


def test_manifest_names_every_file(tiny):
    _, _, sheet = tiny
    assert {f["role"] for f in sheet["files"]} >= {"decoder", "vision", "embed", "tokenizer", "self-test", "world"}
    assert sum(f["bytes"] for f in sheet["files"]) <= 12_000_000
