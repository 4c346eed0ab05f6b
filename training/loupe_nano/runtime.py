"""Runs an exported folder with Python's onnxruntime: what evaluation and golden fixtures are made with.

Growing keys and values on the CPU, one picture and one question at a time, greedy. The same steps as the app's WASM path.
"""

import json
from pathlib import Path

import numpy as np
import onnxruntime as ort

from .config import NanoConfig
from .tokenizer import NanoTokenizer


def _session(path: Path, threads: int) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


class Folder:
    """An exported model folder, loaded."""

    def __init__(self, path: Path | str, threads: int = 1):
        path = Path(path)
        onnx = path / "onnx"
        self.vision = _session(onnx / "vision_encoder_quantized.onnx", threads)
        self.embedder = _session(onnx / "embed_tokens_quantized.onnx", threads)
        self.decoder = _session(onnx / "decoder_model_merged_quantized.onnx", threads)
        config = json.loads((path / "config.json").read_text())
        text, vision = config["text_config"], config["vision_config"]
        self.cfg = NanoConfig(
            vocab=text["vocab_size"], hidden=text["hidden_size"], layers=text["num_hidden_layers"],
            heads=text["num_attention_heads"], kv_heads=text["num_key_value_heads"], head_dim=text["head_dim"],
            mlp=text["intermediate_size"], context=text["max_position_embeddings"], image_size=vision["image_size"],
            patch=vision["patch_size"], vision_hidden=vision["hidden_size"], vision_layers=vision["num_hidden_layers"],
            vision_heads=vision["num_attention_heads"], vision_mlp=vision["intermediate_size"], shuffle=config["scale_factor"],
        )
        self.tokenizer = NanoTokenizer(file=path / "tokenizer.json")

    def image_features(self, pixels: np.ndarray) -> np.ndarray:
        """f32 [n, 3, S, S] → f32 [n, tokens, hidden]."""
        n, _, s, _ = pixels.shape
        feeds = {"pixel_values": pixels[None], "pixel_attention_mask": np.ones((1, n, s, s), bool)}
        return self.vision.run(["image_features"], feeds)[0]

    def start(self) -> "Sequence":
        return Sequence(self)


class Sequence:
    """One growing token sequence with its keys and values."""

    def __init__(self, folder: Folder):
        self.f = folder
        c = folder.cfg
        self.past = [np.zeros((1, c.kv_heads, 0, c.head_dim), np.float32) for _ in range(2 * c.layers)]
        self.ids: list[int] = []
        self.closest = float("inf")
        names = [f"{i}.{p}" for i in range(c.layers) for p in ("key", "value")]
        self.inputs = [f"past_key_values.{n}" for n in names]

    def append(self, ids: list[int], features: np.ndarray | None = None) -> np.ndarray:
        """Prefills `ids` (image features, f32 [tokens, hidden], stand at `<image>` positions); logits f32 [vocab] after the last."""
        arr = np.array(ids, np.int64)
        embeds = self.f.embedder.run(None, {"input_ids": arr[None]})[0]
        if features is not None:
            embeds[0, arr == self.f.tokenizer.image] = features
        self.ids += list(map(int, ids))
        feeds = dict(zip(self.inputs, self.past))
        feeds["inputs_embeds"] = embeds
        feeds["attention_mask"] = np.ones((1, len(self.ids)), np.int64)
        feeds["num_logits_to_keep"] = np.array(1, np.int64)
        logits, *self.past = self.f.decoder.run(None, feeds)
        return logits[0, -1]

    def fork(self) -> "Sequence":
        """Another sequence that goes on from here (arrays are never written in place)."""
        twin = Sequence(self.f)
        twin.past, twin.ids = list(self.past), list(self.ids)
        return twin

    def greedy(self, logits: np.ndarray, limit: int) -> list[int]:
        """Generates until `<|im_end|>` (kept, and prefilled) or `limit` tokens; `closest` is the least lead of a first choice."""
        out: list[int] = []
        while len(out) < limit and len(self.ids) < self.f.cfg.context:
            token = int(logits.argmax())
            second, first = np.partition(logits, -2)[-2:]
            self.closest = min(self.closest, float(first - second))
            out.append(token)
            logits = self.append([token])
            if token == self.f.tokenizer.end:
                break
        return out
