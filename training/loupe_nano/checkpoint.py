"""Checkpoints: one safetensors file whose metadata holds the configuration and how it came to be.

The tensor names are Hugging Face's, so `Idefics3ForConditionalGeneration` loads them (see tests/test_model.py).
"""

import json
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save_file

from .config import NanoConfig
from .model import NanoModel


def save(model: NanoModel, path: Path | str, note: dict, extra: dict[str, torch.Tensor] | None = None, half: bool = False) -> None:
    """Writes the weights (fp16 if `half`), the configuration and `note`; `extra` tensors get the prefix `extra.`."""
    tensors = {k: v.detach().clone() for k, v in model.state_dict().items()}
    tensors |= {f"extra.{k}": v.detach().clone() for k, v in (extra or {}).items()}
    if half:
        tensors = {k: v.half() for k, v in tensors.items()}
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".tmp")
    save_file({k: v.contiguous() for k, v in tensors.items()}, fresh,
              {"config": json.dumps(model.cfg.as_dict()), "note": json.dumps(note), "format": "pt"})
    fresh.replace(path)


def keep(path: Path, state: dict) -> None:
    """Everything a trainer needs to go on after a kill; the file is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".tmp")
    torch.save(state, fresh)
    fresh.replace(path)


def kept(path: Path) -> dict | None:
    return torch.load(path, weights_only=False) if path.exists() else None


def load(path: Path | str) -> tuple[NanoModel, dict, dict[str, torch.Tensor]]:
    """The model in f32, its note and the extra tensors."""
    with safe_open(str(path), "pt") as f:
        meta = f.metadata()
        tensors = {k: f.get_tensor(k).float() for k in f.keys()}
    model = NanoModel(NanoConfig(**json.loads(meta["config"])))
    extra = {k.removeprefix("extra."): tensors.pop(k) for k in list(tensors) if k.startswith("extra.")}
    fresh = {k for k in model.state_dict() if k not in tensors}
    if fresh - {"model.connector.position"}:
        raise ValueError(f"{path} lacks {sorted(fresh)}")
    model.load_state_dict(tensors, strict=False)
    return model, json.loads(meta["note"]), extra
