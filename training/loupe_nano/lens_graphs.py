"""Two more graphs over the weights of an exported folder, for the lens “what the reading rests on” (docs/lenses.md).

`gradients.onnx` gives the log-probabilities of K chosen next tokens and their gradients with respect to one picture's pixels;
`nudged.onnx` gives the log-probabilities alone, for many versions of that picture at once. Neither holds a large weight: they are external
data that points into the folder's own files, at the bytes where the 8-bit matrices and the convolutions lie. So both belong to
exactly those files, and `write` is called whenever they are written.

The backward pass is written by hand on a tape: standard operators only, any number of positions before and after the picture.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto as T
from onnx import helper as h
from onnx import numpy_helper

from .config import NanoConfig

NAMES = ("gradients", "nudged")
#: Bytes; what is smaller is copied.
LARGE = 4096

Back = Callable[[str], None]


class Tape:
    """Nodes as they are computed, and what has to be computed to go back. A value is the name of a tensor."""

    def __init__(self):
        self.nodes, self.inits, self.back = [], {}, []
        self.grads: dict[str, list[str]] = {}
        self.tracked: set[str] = set()

    # nodes

    def const(self, value, dtype=None) -> str:
        array = np.asarray(value, dtype)
        name = f"c.{array.dtype}.{'x'.join(map(str, array.shape))}.{array.tobytes().hex()}" if array.nbytes <= 64 else f"c{len(self.inits)}"
        self.inits.setdefault(name, numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def ints(self, *values: int) -> str:
        return self.const(values, np.int64)

    def op(self, kind: str, *inputs: str, out: str | None = None, **attrs) -> str:
        out = out or f"{kind}.{len(self.nodes)}"
        self.nodes.append(h.make_node(kind, list(inputs), [out], **attrs))
        return out

    # going back

    def record(self, out: str, sources: list[str], back: Back) -> str:
        """`back` gets the gradient of `out` and gives to the sources; it runs only where a source depends on the pixels."""
        if self.tracked.intersection(sources):
            self.tracked.add(out)
            self.back.append((out, back))
        return out

    def give(self, to: str, grad: Callable[[], str]) -> None:
        if to in self.tracked:
            self.grads.setdefault(to, []).append(grad())

    def run_back(self, seed: dict[str, str]) -> None:
        for name, grad in seed.items():
            self.grads[name] = [grad]
        for out, back in reversed(self.back):
            if out in self.grads:
                back(self.grad(out))

    def grad(self, name: str) -> str:
        given = self.grads[name]
        while len(given) > 1:
            given.append(self.op("Add", given.pop(), given.pop()))
        return given[0]

    # operations with a way back; gradients may have more pictures in front than the values

    def add(self, a: str, b: str) -> str:
        out = self.op("Add", a, b)
        return self.record(out, [a, b], lambda g: [self.give(a, lambda: g), self.give(b, lambda: g)])

    def times(self, a: str, b: str) -> str:
        out = self.op("Mul", a, b)
        return self.record(out, [a, b], lambda g: [
            self.give(a, lambda: self.op("Mul", g, b)), self.give(b, lambda: self.op("Mul", g, a))])

    def reshape(self, x: str, shape: tuple[int, ...], back: tuple[int, ...]) -> str:
        out = self.op("Reshape", x, self.ints(*shape))
        return self.record(out, [x], lambda g: self.give(x, lambda: self.op("Reshape", g, self.ints(*back))))

    def transpose(self, x: str, perm: tuple[int, ...]) -> str:
        out = self.op("Transpose", x, perm=perm)
        inverse = tuple(int(i) for i in np.argsort(perm))
        return self.record(out, [x], lambda g: self.give(x, lambda: self.op("Transpose", g, perm=inverse)))

    def matmul_t(self, x: str, w: str) -> str:
        """x @ wᵀ with a fixed w [out, in]."""
        out = self.op("MatMul", x, self.op("Transpose", w, perm=(1, 0)))
        return self.record(out, [x], lambda g: self.give(x, lambda: self.op("MatMul", g, w)))

    def conv(self, x: str, w: str, b: str, side: int, stride: int) -> str:
        how = dict(kernel_shape=[side] * 2, strides=[stride] * 2, pads=[1 if stride == 1 else 0] * 4)
        out = self.op("Conv", x, w, b, **how)
        return self.record(out, [x], lambda g: self.give(x, lambda: self.op("ConvTranspose", g, w, **how)))

    def relu(self, x: str) -> str:
        out = self.op("Relu", x)
        return self.record(out, [x], lambda g: self.give(x, lambda: self.op("Mul", g, self.op("Sign", out))))

    def gelu(self, x: str) -> str:
        """x Φ(x)."""
        half, one = self.const(0.5, np.float32), self.const(1.0, np.float32)
        root, density = self.const(2**-0.5, np.float32), self.const((2 * np.pi) ** -0.5, np.float32)
        phi = self.op("Mul", half, self.op("Add", one, self.op("Erf", self.op("Mul", x, root))))
        out = self.op("Mul", x, phi)

        def slope() -> str:
            bell = self.op("Exp", self.op("Neg", self.op("Mul", half, self.op("Mul", x, x))))
            return self.op("Add", phi, self.op("Mul", x, self.op("Mul", density, bell)))

        return self.record(out, [x], lambda g: self.give(x, lambda: self.op("Mul", g, slope())))

    def silu(self, x: str) -> str:
        """x σ(x), whose slope is σ + x σ (1 − σ)."""
        gate = self.op("Sigmoid", x)
        out = self.op("Mul", x, gate)

        def slope() -> str:
            rest = self.op("Sub", self.const(1.0, np.float32), gate)
            return self.op("Add", gate, self.op("Mul", out, rest))

        return self.record(out, [x], lambda g: self.give(x, lambda: self.op("Mul", g, slope())))

    def norm(self, x: str, eps: float, weight: str, bias: str | None = None) -> str:
        """Over the last axis: layer normalisation, or without a bias by the root mean square."""
        centred = x if bias is None else self.op("Sub", x, self._mean(x))
        power = self._mean(self.op("Mul", centred, centred))
        root = self.op("Sqrt", self.op("Add", power, self.const(eps, np.float32)))
        unit = self.op("Div", centred, root)
        out = self.op("Mul", unit, weight)
        if bias is not None:
            out = self.op("Add", out, bias)

        def back(g: str) -> str:
            d = self.op("Mul", g, weight)
            along = self.op("Mul", unit, self._mean(self.op("Mul", d, unit)))
            rest = self.op("Sub", d, along)
            if bias is not None:
                rest = self.op("Sub", rest, self._mean(d))
            return self.op("Div", rest, root)

        return self.record(out, [x], lambda g: self.give(x, lambda: back(g)))

    def _mean(self, x: str) -> str:
        return self.op("ReduceMean", x, axes=[-1], keepdims=1)

    def attention(self, q: str, k: str, v: str, scale: float, mask: str | None) -> str:
        """softmax(q kᵀ · scale + mask) v over the last two axes of tensors of five; k and v may have one head where q has several."""
        factor = self.const(scale, np.float32)
        flip = (0, 1, 2, 4, 3)
        scores = self.op("Mul", self.op("MatMul", q, self.op("Transpose", k, perm=flip)), factor)
        p = self.op("Softmax", scores if mask is None else self.op("Add", scores, mask), axis=-1)
        out = self.op("MatMul", p, v)

        def over_heads(grad: str) -> str:
            return self.op("ReduceSum", grad, self.ints(2), keepdims=1)

        def back(g: str) -> None:
            self.give(v, lambda: over_heads(self.op("MatMul", self.op("Transpose", p, perm=flip), g)))
            dp = self.op("MatMul", g, self.op("Transpose", v, perm=flip))
            inner = self.op("ReduceSum", self.op("Mul", dp, p), self.ints(4), keepdims=1)
            ds = self.op("Mul", self.op("Mul", p, self.op("Sub", dp, inner)), factor)
            self.give(q, lambda: self.op("MatMul", ds, k))
            self.give(k, lambda: over_heads(self.op("MatMul", self.op("Transpose", ds, perm=flip), q)))

        return self.record(out, [q, k, v], back)

    def rotate(self, x: str, cos: str, sin: str, half: int) -> str:
        """Half-split rotation of the last axis; the way back turns the other way."""
        def turned(t: str, other_way: bool) -> str:
            a, b = (self.op("Slice", t, self.ints(i * half), self.ints((i + 1) * half), self.ints(-1)) for i in (0, 1))
            plus, minus = ("Add", "Sub") if not other_way else ("Sub", "Add")
            left = self.op(minus, self.op("Mul", a, cos), self.op("Mul", b, sin))
            right = self.op(plus, self.op("Mul", b, cos), self.op("Mul", a, sin))
            return self.op("Concat", left, right, axis=-1)

        return self.record(turned(x, False), [x], lambda g: self.give(x, lambda: turned(g, True)))


class Weights:
    """The folder's own tensors by name, as values on a tape: 8-bit matrices multiplied out, all of it external where it is large."""

    def __init__(self, tape: Tape, folder: Path):
        self.tape, self.found = tape, {}
        for path in ("vision_encoder_quantized.onnx", "decoder_model_merged_quantized.onnx"):
            data = (folder / "onnx" / path).read_bytes()
            for tensor in onnx.load_from_string(data).graph.initializer:
                self.found[tensor.name] = (path, data, tensor)

    def __call__(self, name: str) -> str:
        """A vector or a convolution, as it is stored."""
        path, data, tensor = self.found[name]
        if name in self.tape.inits:
            return name
        raw = tensor.raw_data
        if len(raw) < LARGE:
            self.tape.inits[name] = tensor
            return name
        at = data.find(raw)
        if at < 0:
            raise ValueError(f"{name} is not stored in one piece in {path}")
        pointer = T(name=name, data_type=tensor.data_type, dims=tensor.dims, data_location=T.EXTERNAL)
        for key, value in (("location", path), ("offset", at), ("length", len(raw))):
            pointer.external_data.add(key=key, value=str(value))
        self.tape.inits[name] = pointer
        return name

    def matrix(self, name: str) -> str:
        """f32 [out, in] of an 8-bit matrix with zero point 128 (onnx_graphs.quantize)."""
        t, out = self.tape, f"{name}.f32"
        if any(node.output[0] == out for node in t.nodes):
            return out
        n, blocks, _ = self.found[f"{name}.q8"][2].dims
        whole = t.op("Sub", t.op("Cast", self(f"{name}.q8"), to=T.FLOAT), t.const(128.0, np.float32))
        scale = t.op("Reshape", self(f"{name}.scale"), t.ints(n, blocks, 1))
        return t.op("Reshape", t.op("Mul", whole, scale), t.ints(n, -1), out=out)


def _tower(t: Tape, w: Weights, cfg: NanoConfig, pixels: str) -> str:
    """[N, 3, S, S] → image features [N, tokens, hidden]."""
    p, d = "model.vision_model.", cfg.vision_hidden
    e, x = p + "embeddings.stem.", pixels
    for i in sorted({int(k.split(".")[4]) for k in w.found if k.startswith(e)}):
        b = f"{e}{i}"
        if b + ".weight" in w.found:
            side = w.found[b + ".weight"][2].dims[-1]
            x = t.conv(x, w(b + ".weight"), w(b + ".bias"), side, side)
            continue
        y = t.norm(t.transpose(x, (0, 2, 3, 1)), cfg.ln_eps, w(b + ".norm.weight"), w(b + ".norm.bias"))
        y = t.relu(t.conv(t.transpose(y, (0, 3, 1, 2)), w(b + ".conv1.weight"), w(b + ".conv1.bias"), 3, 1))
        x = t.add(x, t.conv(y, w(b + ".conv2.weight"), w(b + ".conv2.bias"), 3, 1))
    x = t.transpose(t.reshape(x, (0, 0, -1), (0, 0, cfg.grid, cfg.grid)), (0, 2, 1))
    x = t.add(x, w("positions"))

    def linear(x: str, name: str) -> str:
        return t.add(t.matmul_t(x, w.matrix(name)), w(name + ".bias"))

    heads, size = cfg.vision_heads, d // cfg.vision_heads
    for i in range(cfg.vision_layers):
        b = f"{p}encoder.layers.{i}."
        a = t.norm(x, cfg.ln_eps, w(b + "layer_norm1.weight"), w(b + "layer_norm1.bias"))
        q, k, v = (
            t.transpose(t.reshape(linear(a, f"{b}self_attn.{part}_proj"), (0, 0, 1, heads, size), (0, 0, d)), (0, 3, 2, 1, 4))
            for part in "qkv")
        a = t.transpose(t.attention(q, k, v, size**-0.5, None), (0, 3, 2, 1, 4))
        x = t.add(x, linear(t.reshape(a, (0, 0, d), (0, 0, 1, heads, size)), b + "self_attn.out_proj"))
        a = t.norm(x, cfg.ln_eps, w(b + "layer_norm2.weight"), w(b + "layer_norm2.bias"))
        x = t.add(x, linear(t.gelu(linear(a, b + "mlp.fc1")), b + "mlp.fc2"))
    x = t.norm(x, cfg.ln_eps, w(p + "post_layernorm.weight"), w(p + "post_layernorm.bias"))
    side, f = cfg.grid // cfg.shuffle, cfg.shuffle
    x = t.reshape(x, (-1, side, f, side, f * d), (-1, cfg.grid**2, d))
    x = t.reshape(t.transpose(x, (0, 1, 3, 2, 4)), (-1, side * side, f * f * d), (-1, side, side, f, f * d))
    x = t.matmul_t(x, w.matrix("model.connector.modality_projection.proj"))
    return t.add(x, w("places"))


def _decoder(t: Tape, w: Weights, cfg: NanoConfig, x: str) -> str:
    """[N, S, hidden] → the normed state of the last position [N, 1, hidden]."""
    length = t.op("Shape", x, start=1, end=2)
    zero, one = t.const(0, np.int64), t.const(1, np.int64)
    places = t.op("Range", zero, t.op("Squeeze", length), one)
    later = t.op("Less", t.op("Unsqueeze", places, t.ints(1)), t.op("Unsqueeze", places, t.ints(0)))
    mask = t.op("Mul", t.op("Cast", later, to=T.FLOAT), t.const(-1e9, np.float32))
    cos, sin = (t.op("Gather", w(name), places) for name in ("cos_cache", "sin_cache"))
    size, rep, p = cfg.head_dim, cfg.heads // cfg.kv_heads, "model.text_model."
    for i in range(cfg.layers):
        b = f"{p}layers.{i}."
        a = t.norm(x, cfg.rms_eps, w(b + "input_layernorm.weight"))

        def heads(part: str, groups: int) -> str:
            y = t.matmul_t(a, w.matrix(f"{b}self_attn.{part}_proj"))
            y = t.reshape(y, (0, 0, cfg.kv_heads, groups, size), (0, 0, cfg.kv_heads * groups * size))
            return t.transpose(y, (0, 2, 3, 1, 4))

        q, k = (t.rotate(heads(part, groups), cos, sin, size // 2) for part, groups in (("q", rep), ("k", 1)))
        a = t.transpose(t.attention(q, k, heads("v", 1), size**-0.5, mask), (0, 3, 1, 2, 4))
        a = t.reshape(a, (0, 0, cfg.heads * size), (0, 0, cfg.kv_heads, rep, size))
        x = t.add(x, t.matmul_t(a, w.matrix(b + "self_attn.o_proj")))
        a = t.norm(x, cfg.rms_eps, w(b + "post_attention_layernorm.weight"))
        up = t.matmul_t(a, w.matrix(b + "mlp.up_proj"))
        a = t.times(t.silu(t.matmul_t(a, w.matrix(b + "mlp.gate_proj"))), up)
        x = t.add(x, t.matmul_t(a, w.matrix(b + "mlp.down_proj")))
    last = t.op("Slice", x, t.ints(-1), t.ints(2**31 - 1), t.ints(1))
    before = t.op("Sub", length, t.ints(1))
    pads = t.op("Concat", t.ints(0), before, t.ints(0, 0, 0, 0), axis=0)
    t.record(last, [x], lambda g: t.give(x, lambda: t.op("Pad", g, pads)))
    return t.norm(last, cfg.rms_eps, w(p + "norm.weight"))


def _graph(folder: Path, cfg: NanoConfig, back: bool) -> onnx.ModelProto:
    t = Tape()
    w = Weights(t, folder)
    t.tracked.add("pixel_values")
    seen = _tower(t, w, cfg, "pixel_values")
    parts = ["before", "after"]
    if not back:
        count = t.op("Shape", "pixel_values", start=0, end=1)
        shape = t.op("Concat", count, t.ints(1, 1), axis=0)
        parts = [t.op("Expand", part, shape) for part in parts]
    x = t.op("Concat", parts[0], seen, parts[1], axis=1)
    at = t.op("Shape", "before", start=1, end=2)
    end = t.op("Add", at, t.ints(cfg.image_tokens))
    t.record(x, [seen], lambda g: t.give(seen, lambda: t.op("Slice", g, at, end, t.ints(1))))
    state = _decoder(t, w, cfg, x)
    chosen = t.op("Gather", w.matrix("lm_head"), "options")
    logits = t.op("Squeeze", t.matmul_t(state, chosen), t.ints(1))
    logp = t.op("LogSoftmax", logits, axis=-1, out="log_probabilities")
    outputs = [h.make_tensor_value_info("log_probabilities", T.FLOAT, ["pictures", "options"])]
    if back:
        count = t.op("Range", t.const(0, np.int64), t.op("Squeeze", t.op("Shape", "options")), t.const(1, np.int64))
        same = t.op("Equal", t.op("Unsqueeze", count, t.ints(0)), t.op("Unsqueeze", count, t.ints(1)))
        seed = t.op("Sub", t.op("Cast", same, to=T.FLOAT), t.op("Exp", logp))
        t.run_back({state: t.op("Unsqueeze", t.op("MatMul", seed, chosen), t.ints(1))})
        t.op("Identity", t.grad("pixel_values"), out="gradients")
        outputs.append(h.make_tensor_value_info("gradients", T.FLOAT, ["options", 3, cfg.image_size, cfg.image_size]))
    inputs = [
        h.make_tensor_value_info("pixel_values", T.FLOAT, [1 if back else "pictures", 3, cfg.image_size, cfg.image_size]),
        h.make_tensor_value_info("before", T.FLOAT, [1, "positions_before", cfg.hidden]),
        h.make_tensor_value_info("after", T.FLOAT, [1, "positions_after", cfg.hidden]),
        h.make_tensor_value_info("options", T.INT64, ["options"]),
    ]
    used = {name for node in t.nodes for name in node.input}
    kept = [tensor for name, tensor in t.inits.items() if name in used]
    graph = h.make_graph(t.nodes, NAMES[0] if back else NAMES[1], inputs, outputs, kept)
    return h.make_model(graph, opset_imports=[h.make_opsetid("", 17)], ir_version=9, producer_name="loupe-nano")


def write(folder: Path, cfg: NanoConfig) -> list[Path]:
    """Both graphs beside the folder's own, which have to be there already; returns where they are."""
    made = []
    for name in NAMES:
        path = folder / "onnx" / f"{name}.onnx"
        path.write_bytes(_graph(folder, cfg, name == "gradients").SerializeToString())
        made.append(path)
    return made
