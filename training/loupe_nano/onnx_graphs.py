"""The three ONNX graphs of a model folder, written node by node with 8-bit weights.

Not a trace of the PyTorch code: fused ops of onnxruntime (GroupQueryAttention with rotation, SkipSimplifiedLayerNormalization,
MatMulNBits) are named directly, so that the same files run on its WASM and WebGPU kernels. Names and shapes are those of
hub repositories (embed_tokens, vision_encoder, decoder_model_merged).
"""

import numpy as np
import onnx
from onnx import TensorProto as T
from onnx import helper as h
from onnx import numpy_helper

from .config import NanoConfig

BLOCK = 32
MS = "com.microsoft"


def quantize(w: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weight f32 [out, in] → u8 [out, in / 32, 32] with zero point 128, and scales f32 [out, in / 32]."""
    blocks = w.reshape(w.shape[0], -1, BLOCK)
    scale = np.abs(blocks).max(-1) / 127
    q = np.round(blocks / np.maximum(scale, 1e-12)[..., None])
    return (np.clip(q, -127, 127) + 128).astype(np.uint8), scale.astype(np.float32)


def dequantize(w: np.ndarray) -> np.ndarray:
    """What the 8-bit weight is worth: f32 [out, in]."""
    q, scale = quantize(w)
    return ((q.astype(np.float32) - 128) * scale[..., None]).reshape(w.shape)


class Graph:
    """Nodes and initializers under construction. Methods return the name of what they computed."""

    def __init__(self):
        self.nodes, self.inits, self.count = [], [], 0

    def const(self, name: str, value: np.ndarray) -> str:
        if all(i.name != name for i in self.inits):
            self.inits.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def op(self, kind: str, inputs: list[str], outputs: int | list[str] = 1, domain: str = "", **attrs):
        self.count += 1
        name = f"{kind}_{self.count}"
        outs = outputs if isinstance(outputs, list) else [f"{name}.{i}" for i in range(outputs)]
        self.nodes.append(h.make_node(kind, inputs, outs, name=name, domain=domain, **attrs))
        return outs[0] if len(outs) == 1 else outs

    def linear(self, x: str, name: str, weight: np.ndarray, bias: np.ndarray | None = None, out: str | None = None) -> str:
        """x @ weightᵀ (+ bias), the weight in 8 bits."""
        q, scale = quantize(weight)
        n, k = weight.shape
        inputs = [x, self.const(f"{name}.q8", q), self.const(f"{name}.scale", scale.reshape(-1))]
        outs = [out] if out and bias is None else 1
        y = self.op("MatMulNBits", inputs, outs, MS, K=k, N=n, bits=8, block_size=BLOCK, accuracy_level=0)
        if bias is None:
            return y
        return self.op("Add", [y, self.const(f"{name}.bias", bias)], [out] if out else 1)

    def model(self, name: str, inputs: list, outputs: list) -> onnx.ModelProto:
        graph = h.make_graph(self.nodes, name, inputs, outputs, self.inits)
        opsets = [h.make_opsetid("", 17), h.make_opsetid(MS, 1)]
        return h.make_model(graph, opset_imports=opsets, ir_version=9, producer_name="loupe-nano")


def embed_tokens(w: dict[str, np.ndarray], cfg: NanoConfig) -> onnx.ModelProto:
    """input_ids i64 [B, S] → inputs_embeds f32 [B, S, hidden] (the values of the 8-bit head, kept in f32)."""
    g = Graph()
    table = g.const("embed", dequantize(w["model.text_model.embed_tokens.weight"]))
    g.op("Gather", [table, "input_ids"], ["inputs_embeds"], axis=0)
    return g.model(
        "embed_tokens",
        [h.make_tensor_value_info("input_ids", T.INT64, ["batch_size", "sequence_length"])],
        [h.make_tensor_value_info("inputs_embeds", T.FLOAT, ["batch_size", "sequence_length", cfg.hidden])],
    )


def vision_encoder(w: dict[str, np.ndarray], cfg: NanoConfig) -> onnx.ModelProto:
    """pixel_values f32 [B, n, 3, S, S] (and pixel_attention_mask, always full) → image_features f32 [B·n, tokens, hidden]."""
    g, d, s = Graph(), cfg.vision_hidden, cfg.image_size
    p = "model.vision_model."
    x = g.op("Reshape", ["pixel_values", g.const("pixels.shape", np.array([-1, 3, s, s], np.int64))])
    e = p + "embeddings."

    def conv(x: str, name: str, stride: int) -> str:
        weight = w[name + ".weight"]
        side, pad = weight.shape[-1], 1 if stride == 1 else 0
        inputs = [x, g.const(name + ".weight", weight), g.const(name + ".bias", w[name + ".bias"])]
        return g.op("Conv", inputs, kernel_shape=[side] * 2, strides=[stride] * 2, pads=[pad] * 4)

    for i in sorted({int(k.split(".")[4]) for k in w if k.startswith(e + "stem.")}):
        b = f"{e}stem.{i}"
        if b + ".weight" in w:
            x = conv(x, b, w[b + ".weight"].shape[-1])
            continue
        weights = [g.const(f"{b}.norm.{part}", w[f"{b}.norm.{part}"]) for part in ("weight", "bias")]
        y = g.op("Transpose", [x], perm=[0, 2, 3, 1])
        y = g.op("LayerNormalization", [y, *weights], axis=-1, epsilon=cfg.ln_eps)
        y = conv(g.op("Transpose", [y], perm=[0, 3, 1, 2]), b + ".conv1", 1)
        x = g.op("Add", [x, conv(g.op("Relu", [y]), b + ".conv2", 1)])
    x = g.op("Reshape", [x, g.const("patches.shape", np.array([0, d, -1], np.int64))])
    x = g.op("Transpose", [x], perm=[0, 2, 1])
    x = g.op("Add", [x, g.const("positions", w[e + "position_embedding.weight"][None])])

    def norm(x: str, name: str) -> str:
        weights = [g.const(name + ".weight", w[name + ".weight"]), g.const(name + ".bias", w[name + ".bias"])]
        return g.op("LayerNormalization", [x, *weights], axis=-1, epsilon=cfg.ln_eps)

    def linear(x: str, name: str) -> str:
        return g.linear(x, name, w[name + ".weight"], w[name + ".bias"])

    for i in range(cfg.vision_layers):
        b = f"{p}encoder.layers.{i}."
        a = norm(x, b + "layer_norm1")
        qkv = [linear(a, f"{b}self_attn.{k}_proj") for k in "qkv"]
        a = g.op("MultiHeadAttention", qkv, domain=MS, num_heads=cfg.vision_heads)
        x = g.op("Add", [x, linear(a, b + "self_attn.out_proj")])
        a = linear(norm(x, b + "layer_norm2"), b + "mlp.fc1")
        a = linear(g.op("Gelu", [a], domain=MS), b + "mlp.fc2")
        x = g.op("Add", [x, a])
    x = norm(x, p + "post_layernorm")
    side, f = cfg.grid // cfg.shuffle, cfg.shuffle
    x = g.op("Reshape", [x, g.const("shuffle.in", np.array([-1, f, side, f * d], np.int64))])
    x = g.op("Transpose", [x], perm=[0, 2, 1, 3])
    x = g.op("Reshape", [x, g.const("shuffle.out", np.array([-1, side * side, f * f * d], np.int64))])
    c = "model.connector.modality_projection.proj"
    x = g.linear(x, c, w[c + ".weight"])
    g.op("Add", [x, g.const("places", w["model.connector.position"][None])], ["image_features"])
    return g.model(
        "vision_encoder",
        [
            h.make_tensor_value_info("pixel_values", T.FLOAT, ["batch_size", "num_images", 3, s, s]),
            h.make_tensor_value_info("pixel_attention_mask", T.BOOL, ["batch_size", "num_images", s, s]),
        ],
        [h.make_tensor_value_info("image_features", T.FLOAT, ["total_images", cfg.image_tokens, cfg.hidden])],
    )


def decoder(w: dict[str, np.ndarray], cfg: NanoConfig, cos: np.ndarray, sin: np.ndarray) -> onnx.ModelProto:
    """inputs_embeds f32 [B, S, hidden], attention_mask i64 [B, P + S], past keys and values f32 [B, kvHeads, P, headDim] →
    logits f32 [B, S or num_logits_to_keep, vocab] and the present keys and values. Positions follow from the mask's length."""
    g, p = Graph(), "model.text_model."
    one = g.const("one", np.array(1, np.int64))
    axis = g.const("axis", np.array([1], np.int64))
    lengths = g.op("Sub", [g.op("ReduceSum", ["attention_mask", axis], keepdims=0), one])
    seqlens = g.op("Cast", [lengths], to=T.INT32)
    total = g.op("Gather", [g.op("Shape", ["attention_mask"]), one], axis=0)
    total = g.op("Cast", [total], to=T.INT32)
    cache = [g.const("cos_cache", cos), g.const("sin_cache", sin)]

    def skip_norm(x: str, skip: str, name: str) -> tuple[str, str]:
        """The normed sum and the sum itself."""
        self_outs = [f"{name}.normed", "", "", f"{name}.sum"]
        ins = [x, skip, g.const(name + ".weight", w[name + ".weight"])]
        g.op("SkipSimplifiedLayerNormalization", ins, self_outs, MS, epsilon=cfg.rms_eps)
        return self_outs[0], self_outs[3]

    def linear(x: str, name: str) -> str:
        return g.linear(x, name, w[name + ".weight"])

    first = f"{p}layers.0.input_layernorm"
    x = "inputs_embeds"
    a = g.op("SimplifiedLayerNormalization", [x, g.const(first + ".weight", w[first + ".weight"])], axis=-1, epsilon=cfg.rms_eps)
    for i in range(cfg.layers):
        b = f"{p}layers.{i}."
        qkv = [linear(a, f"{b}self_attn.{k}_proj") for k in "qkv"]
        past = [f"past_key_values.{i}.key", f"past_key_values.{i}.value"]
        outs = [f"layers.{i}.attention", f"present.{i}.key", f"present.{i}.value"]
        attrs = dict(num_heads=cfg.heads, kv_num_heads=cfg.kv_heads, do_rotary=1, rotary_interleaved=0)
        g.op("GroupQueryAttention", [*qkv, *past, seqlens, total, *cache], outs, MS, **attrs)
        a, x = skip_norm(x, linear(outs[0], b + "self_attn.o_proj"), b + "post_attention_layernorm")
        gate = linear(a, b + "mlp.gate_proj")
        gate = g.op("Mul", [gate, g.op("Sigmoid", [gate])])
        a = linear(g.op("Mul", [gate, linear(a, b + "mlp.up_proj")]), b + "mlp.down_proj")
        after = f"{p}layers.{i + 1}.input_layernorm" if i + 1 < cfg.layers else p + "norm"
        a, x = skip_norm(x, a, after)
    start = g.op("Unsqueeze", [g.op("Neg", ["num_logits_to_keep"]), g.const("zero1", np.array([0], np.int64))])
    end = g.const("end", np.array([2**31 - 1], np.int64))
    a = g.op("Slice", [a, start, end, axis])
    name = p + "embed_tokens"
    g.linear(a, "lm_head", w[name + ".weight"], out="logits")
    kv = ["batch_size", cfg.kv_heads]
    pasts, presents = [], []
    for i in range(cfg.layers):
        for part in ("key", "value"):
            pasts.append(h.make_tensor_value_info(
                f"past_key_values.{i}.{part}", T.FLOAT, [*kv, "past_sequence_length", cfg.head_dim]))
            presents.append(h.make_tensor_value_info(
                f"present.{i}.{part}", T.FLOAT, [*kv, "total_sequence_length", cfg.head_dim]))
    inputs = [
        h.make_tensor_value_info("inputs_embeds", T.FLOAT, ["batch_size", "sequence_length", cfg.hidden]),
        h.make_tensor_value_info("attention_mask", T.INT64, ["batch_size", "total_sequence_length"]),
        h.make_tensor_value_info("num_logits_to_keep", T.INT64, []),
        *pasts,
    ]
    logits = h.make_tensor_value_info("logits", T.FLOAT, ["batch_size", "kept_length", cfg.vocab])
    return g.model("decoder_model_merged", inputs, [logits, *presents])
