"""Writes a model folder (docs/model-manifest.md) from a checkpoint.

    python -m loupe_nano.export --checkpoint checkpoints/stage-b.safetensors --version 1.2.0 --out ../public/models/loupe-nano

`--random` exports freshly initialised weights (for work on the engine). A `world.json` that is there already is kept, whatever
weights it was fitted on; where they are others than those exported, or none says which, that is told on stderr, and
`python -m loupe_nano.world_score` fits it anew.
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import onnx
import torch

from . import checkpoint, lens_graphs
from .config import CROP_CONTEXT, CROP_MIN_SIDE, MEAN, STD, NanoConfig, hf_config
from .image import normalize, ramp
from .model import NanoModel
from .onnx_graphs import decoder, embed_tokens, vision_encoder
from .protocol import SYSTEM_PLAIN, SYSTEM_TOOLS, prefix, question
from .runtime import Folder
from .tokenizer import SPECIAL, NanoTokenizer

VISION = "onnx/vision_encoder_quantized.onnx"
UNFITTED = 1e9  # the threshold of a world.json that was never fitted

TEMPLATE = (
    "{%- if messages[0]['role'] != 'system' -%}<|im_start|>system\n"
    "{% if tools %}" + SYSTEM_TOOLS + "{% else %}" + SYSTEM_PLAIN + "{% endif %}<|im_end|>\n{% endif -%}"
    "{%- for message in messages -%}<|im_start|>{{ message['role'] }}\n"
    "{% if message['content'] is string %}{{ message['content'] }}"
    "{% else %}{% for part in message['content'] %}"
    "{% if part['type'] == 'image' %}<image>{% else %}{{ part['text'] }}{% endif %}{% endfor %}{% endif %}"
    "<|im_end|>\n{% endfor -%}"
    "{%- if add_generation_prompt -%}<|im_start|>assistant\n{% endif -%}"
)

ROLES = (
    ("onnx/decoder_model_merged_quantized.onnx", "decoder"),
    (VISION, "vision"),
    ("onnx/embed_tokens_quantized.onnx", "embed"),
    ("tokenizer.json", "tokenizer"),
    ("tokenizer_config.json", "other"),
    ("chat_template.jinja", "chat-template"),
    ("config.json", "config"),
    ("generation_config.json", "other"),
    ("preprocessor_config.json", "preprocessor"),
    ("processor_config.json", "other"),
    ("self-test.json", "self-test"),
    ("world.json", "world"),
    ("onnx/gradients.onnx", "gradients"),
    ("onnx/nudged.onnx", "nudged"),
)


def _write(path: Path, value: dict | str) -> None:
    path.write_text(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def small_files(out: Path, cfg: NanoConfig, tk: NanoTokenizer) -> None:
    """Everything but the weights, the self-test, `world.json` and the manifest."""
    ids = tk.special_ids()
    stop = ids["<|im_end|>"]
    (out / "tokenizer.json").write_text(json.dumps(tk.json, ensure_ascii=False, separators=(",", ":")))
    _write(out / "tokenizer_config.json", {
        "tokenizer_class": "PreTrainedTokenizerFast", "processor_class": "Idefics3Processor",
        "model_max_length": cfg.context, "bos_token": None, "eos_token": "<|im_end|>", "pad_token": "<|im_end|>",
        "additional_special_tokens": list(SPECIAL), "clean_up_tokenization_spaces": False, "add_bos_token": False,
        "chat_template": TEMPLATE,
    })
    _write(out / "chat_template.jinja", TEMPLATE)
    config = hf_config(cfg, ids)
    config["transformers.js_config"] = {"kv_cache_dtype": {"q8": "float32"}, "dtype": "q8"}
    _write(out / "config.json", config)
    _write(out / "generation_config.json", {
        "bos_token_id": ids["<|im_start|>"], "eos_token_id": stop, "pad_token_id": stop, "do_sample": False})
    edge = {"longest_edge": cfg.image_size}
    _write(out / "preprocessor_config.json", {
        "image_processor_type": "Idefics3ImageProcessor", "processor_class": "Idefics3Processor",
        "do_convert_rgb": True, "do_resize": False, "do_image_splitting": False, "do_rescale": True,
        "do_normalize": True, "do_pad": True, "rescale_factor": 1 / 255, "resample": 2,
        "size": edge, "max_image_size": edge, "image_mean": list(MEAN), "image_std": list(STD)})
    _write(out / "processor_config.json", {"processor_class": "Idefics3Processor", "image_seq_len": cfg.image_tokens})


def self_test(folder: Folder) -> dict:
    """The known answer: the ramp picture under a fixed question."""
    tk, cfg = folder.tokenizer, folder.cfg
    ids = prefix(tk, cfg.image_tokens, True) + question(tk, "What does the tag on the dog say?")
    features = folder.image_features(normalize(ramp(cfg.image_size))[None])[0]
    logits = folder.start().append(ids, features)
    top = np.argsort(-logits)[:16]
    return {"tokens": ids, "image": "ramp", "topToken": int(top[0]),
            "logits": [[int(i), round(float(logits[i]), 5)] for i in top], "tolerance": 0.05}


def manifest(out: Path, cfg: NanoConfig, provenance: str, version: str) -> dict:
    files = []
    for path, role in ROLES:
        data = (out / path).read_bytes()
        files.append({"path": path, "role": role, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()})
    return {
        "format": "loupe-model/1", "id": "loupe-nano", "name": "Loupe Nano", "version": version, "family": "idefics3",
        "protocol": "nano-1", "frame": "thousandths", "license": "Apache-2.0", "provenance": provenance,
        "image": {"size": cfg.image_size, "tokens": cfg.image_tokens, "resample": "bilinear", "mean": list(MEAN), "std": list(STD)},
        "context": cfg.context, "stop": ["<|im_end|>"],
        "crop": {"minSide": CROP_MIN_SIDE, "context": CROP_CONTEXT},
        "decoder": {"layers": cfg.layers, "kvHeads": cfg.kv_heads, "headDim": cfg.head_dim, "hidden": cfg.hidden, "vocab": cfg.vocab},
        "files": files,
    }


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def doubt(out: Path) -> str | None:
    """Why the folder's `world.json` may not say what is outside the world of its weights; None where it was fitted on them."""
    world = json.loads((out / "world.json").read_text())
    fit = "fit it with `python -m loupe_nano.world_score`"
    if world["threshold"] >= UNFITTED:
        return f"world.json is not fitted: no picture counts as outside the model's world; {fit}."
    if "visionSha256" not in world:
        return f"world.json was kept, and it is unknown on which weights it was fitted; if on others than these, {fit}."
    if world["visionSha256"] != sha256(out / VISION):
        return f"world.json was kept, but it BELONGS TO OTHER WEIGHTS: what it says of pictures is wrong now; {fit}."
    return None


def seal(out: Path, cfg: NanoConfig, provenance: str, version: str) -> dict:
    """Writes the self-test and the manifest over the files that lie there; returns the manifest."""
    _write(out / "self-test.json", self_test(Folder(out)))
    sheet = manifest(out, cfg, provenance, version)
    _write(out / "manifest.json", sheet)
    return sheet


def export(model: NanoModel, out: Path, provenance: str, version: str) -> dict:
    """Writes the whole folder; returns the manifest."""
    (out / "onnx").mkdir(parents=True, exist_ok=True)
    cfg, tk = model.cfg, NanoTokenizer(model.cfg.vocab)
    w = {k: v.detach().numpy() for k, v in model.state_dict().items()}
    graphs = {
        "embed_tokens": embed_tokens(w, cfg),
        "vision_encoder": vision_encoder(w, cfg),
        "decoder_model_merged": decoder(w, cfg, model.cos.numpy(), model.sin.numpy()),
    }
    for name, graph in graphs.items():
        onnx.save(graph, str(out / "onnx" / f"{name}_quantized.onnx"))
    lens_graphs.write(out, cfg)
    small_files(out, cfg, tk)
    if not (out / "world.json").exists():
        k = 32
        _write(out / "world.json", {"mean": [0.0] * cfg.hidden, "projection": np.eye(k, cfg.hidden).tolist(), "scale": [1.0] * k,
                                    "threshold": UNFITTED, "measured": {"note": "not fitted: nothing counts as outside"}})
    if told := doubt(out):
        print(f"{out}: {told}", file=sys.stderr)
    return seal(out, cfg, provenance, version)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path)
    parser.add_argument("--random", action="store_true")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--version", required=True, help="what the manifest is to say, as 1.2.0")
    args = parser.parse_args()
    if args.random:
        torch.manual_seed(0)
        model, provenance = NanoModel(), "Untrained: random weights, for work on the engine."
    else:
        model, note, _ = checkpoint.load(args.checkpoint)
        provenance = note["provenance"]
    sheet = export(model, args.out, provenance, args.version)
    print(f"{sum(f['bytes'] for f in sheet['files']) / 1e6:.2f} MB in {args.out}")


if __name__ == "__main__":
    main()
