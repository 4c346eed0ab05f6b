"""The graphs of gradients and of nudged pictures against PyTorch's own, over an exported folder."""

import numpy as np
import onnxruntime as ort
import torch

from loupe_nano import protocol
from loupe_nano.config import NanoConfig
from loupe_nano.export import export
from loupe_nano.model import NanoModel
from loupe_nano.onnx_graphs import dequantize
from loupe_nano.tokenizer import NanoTokenizer


def test_gradients_are_those_of_autograd(tmp_path):
    torch.manual_seed(3)
    model = NanoModel(NanoConfig()).eval().requires_grad_(False)
    export(model, tmp_path, "Untrained.", "0.0.1")
    for name, part in model.named_modules():
        if isinstance(part, torch.nn.Linear) or name.endswith("embed_tokens"):
            part.weight.data = torch.from_numpy(dequantize(part.weight.numpy()))
    tk = NanoTokenizer(1024)
    head = protocol.prefix(tk, 64, True)
    ids = head + protocol.question(tk, "What does the tag on the dog say?") + tk.encode("<think>")
    at = head.index(tk.image)
    pixels = (torch.rand(1, 3, 256, 256) * 2 - 1).requires_grad_(True)
    x = model.embed(torch.tensor([ids]))
    before, after = x[:, :at], x[:, at + 64:]
    options = torch.tensor([300, 7, 512])

    def read(pixels):
        whole = torch.cat([before.expand(len(pixels), -1, -1), model.image_features(pixels), after.expand(len(pixels), -1, -1)], 1)
        mask = torch.ones(len(ids), len(ids), dtype=torch.bool).tril()[None, None]
        state, _ = model.decode(whole, torch.arange(len(ids))[None], mask)
        return (state[:, -1] @ model.model.text_model.embed_tokens.weight[options].T).log_softmax(-1)

    wanted = read(pixels)
    gradients = torch.stack([torch.autograd.grad(wanted[0, k], pixels, retain_graph=True)[0][0] for k in range(len(options))])
    feed = {"before": before.numpy(), "after": after.numpy(), "options": options.numpy()}

    def run(name, pixels):
        return ort.InferenceSession(str(tmp_path / "onnx" / f"{name}.onnx")).run(None, {**feed, "pixel_values": pixels})

    logp, grads = run("gradients", pixels.detach().numpy())
    assert np.abs(logp - wanted.detach().numpy()).max() < 1e-4
    assert np.abs(grads - gradients.numpy()).max() < 1e-4 * float(gradients.abs().max())

    two = torch.cat([pixels.detach(), pixels.detach() + 0.05])
    (nudged,) = run("nudged", two.numpy())
    assert np.abs(nudged - read(two).numpy()).max() < 1e-4
    # Both hold next to no weights: they point into the files beside them.
    assert sum((tmp_path / "onnx" / f"{name}.onnx").stat().st_size for name in ("gradients", "nudged")) < 500_000
