"""The least whole way of the supervised stages: lessons are drawn, a model learns from them, is kept, exported and asked."""

import pickle

import numpy as np
import torch
import torch.nn as nn
from PIL import Image

from loupe_nano import checkpoint
from loupe_nano.agent import Looker
from loupe_nano.config import NanoConfig
from loupe_nano.dense import DenseHead
from loupe_nano.export import export
from loupe_nano.guides import Places, Pointing, Presence, Reading
from loupe_nano.model import NanoModel
from loupe_nano.pack import Loss
from loupe_nano.runtime import Folder
from loupe_nano.shards import Ring, samples
from loupe_nano.tokenizer import NanoTokenizer
from loupe_nano.train_vlm import micro_batch


def test_lessons_are_learnt_kept_exported_and_asked(tmp_path):
    torch.manual_seed(0)
    rng = np.random.default_rng(3)
    stream = samples("zoom", rng)
    runs = [s for s in (next(stream) for _ in range(8)) if s["kind"] == "zoom" and len(s["aims"])]
    drawn = [min(runs, key=lambda s: len(s["ids"]))]
    (tmp_path / "shards").mkdir()
    (tmp_path / "shards" / "0.pkl").write_bytes(pickle.dumps(drawn))
    ring = Ring(tmp_path / "shards", 10)
    assert ring.refresh() == 1

    model = NanoModel(NanoConfig())
    tk = NanoTokenizer(model.cfg.vocab)
    loss_of = Loss(tk)
    parts = nn.ModuleDict({"model": model, "head": DenseHead(model.cfg), "presence": Presence(tk), "reading": Reading(model.cfg),
                           "places": Places(model.cfg, loss_of)})
    pointing = Pointing(model, tk)
    optimizer = torch.optim.AdamW(parts.parameters(), 2e-3)
    losses = []
    for _ in range(8):
        loss, told = micro_batch(model, parts["head"], parts["presence"], parts["reading"], pointing, parts["places"], loss_of,
                                 ring.samples, 0.3)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(float(loss.detach()))
    assert losses[-1] < 0.7 * losses[0]
    assert {"box", "text", "acc", "aimed", "points"} <= told.keys()

    kept = tmp_path / "model.safetensors"
    checkpoint.save(model, kept, {"provenance": "A test."}, {}, half=True)
    again, note, _ = checkpoint.load(kept)
    sheet = export(again, tmp_path / "folder", note["provenance"], "0.0.1")
    assert sheet["provenance"] == "A test."
    run = Looker(Folder(tmp_path / "folder", 1), Image.fromarray(drawn[0]["images"][0])).ask("What does the tag on the dog say?")
    assert run.turns[0].tokens
