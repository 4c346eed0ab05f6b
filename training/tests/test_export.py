"""The exported graphs compute what the PyTorch model with dequantized weights computes; and whose `world.json` is."""

import json
import sys

import numpy as np
import pytest
import torch
from PIL import Image

from loupe_nano import world_score
from loupe_nano.config import NanoConfig
from loupe_nano.export import VISION, doubt, export, sha256
from loupe_nano.export import main as export_main
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


def test_a_world_says_which_weights_it_was_fitted_on(tmp_path, capsys, monkeypatch):
    torch.manual_seed(2)
    first, second, out = NanoModel(TINY), NanoModel(TINY), tmp_path / "folder"
    export(first, out, "test", "0.0.0")
    assert "not fitted" in capsys.readouterr().err

    (tmp_path / "photos").mkdir()
    Image.new("RGB", (40, 40), "red").save(tmp_path / "photos" / "red.png")
    monkeypatch.setattr(sys, "argv", ["world_score", "--model", str(out), "--photos", str(tmp_path / "photos"), "--train", "40", "--held", "3"])
    world_score.main()
    fitted = json.loads((out / "world.json").read_text())
    assert fitted["visionSha256"] == sha256(out / VISION)
    capsys.readouterr()
    export(first, out, "test", "0.0.0")
    assert capsys.readouterr().err == ""

    export(second, out, "test", "0.0.0")
    assert "BELONGS TO OTHER WEIGHTS" in capsys.readouterr().err
    assert json.loads((out / "world.json").read_text()) == fitted  # told, not taken away

    (out / "world.json").write_text(json.dumps({k: v for k, v in fitted.items() if k != "visionSha256"}))
    assert "unknown on which weights" in (doubt(out) or "")


def test_a_version_has_to_be_given(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["export", "--random", "--out", str(tmp_path / "folder")])
    with pytest.raises(SystemExit):
        export_main()
    assert "--version" in capsys.readouterr().err and not (tmp_path / "folder").exists()
