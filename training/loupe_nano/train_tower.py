"""Stage 0: the vision tower learns to say what every quarter of a patch shows.

`python -m loupe_nano.stage tower --out DIR` starts it with its generators. The schedule runs on the clock, so that the run ends
when it must, whatever else the machine does; cut off, the same command goes on where it was kept last (OUT with the ending .state).
"""

import argparse
import time
from pathlib import Path

import numpy as np
import torch

from . import checkpoint, provenance
from .config import MEAN, STD
from .dense import FIELDS, DenseHead
from .device import choose, half
from .model import NanoModel
from .optim import Average, Optimizer
from .process import parent_option
from .progress import Progress
from .shards import Ring


def batch_of(samples: list[dict]) -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
    return pixels_of(torch.as_tensor(np.stack([s["image"] for s in samples]))), {
        k: torch.as_tensor(np.stack([s[k] for s in samples])).long() for k in FIELDS}


def pixels_of(images: torch.Tensor) -> torch.Tensor:
    """u8 [N, S, S, 3] → normalised f32 [N, 3, S, S]."""
    return ((images.float() / 255 - MEAN[0]) / STD[0]).permute(0, 3, 1, 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--init", type=Path)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--batch", type=int, default=48)
    parser.add_argument("--lr", type=float, default=4e-3)
    parser.add_argument("--save-every", type=float, default=240, help="seconds")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tidy", action="store_true", help="delete shards that were read and have left the ring")
    parent_option(parser)
    args = parser.parse_args()
    choose()
    torch.manual_seed(args.seed)
    model, head = NanoModel(), DenseHead(NanoModel().cfg)
    before = {"stage": "tower", "provenance": provenance.TOWER}
    if args.init:
        model, before, extra = checkpoint.load(args.init)
        head.load_state_dict({k.removeprefix("head."): v for k, v in extra.items() if k.startswith("head.")})
    tower = model.model.vision_model
    named = [("tower." + n, p) for n, p in tower.named_parameters()] + [("head." + n, p) for n, p in head.named_parameters()]
    optimizer = Optimizer(named, args.lr, args.lr / 3, args.minutes * 60)
    both = torch.nn.ModuleDict({"t": tower, "h": head})
    average = Average(both, 0.995)
    ring = Ring(args.data, 22000, tidy=args.tidy)
    ring.wait({None: 512})
    held, held_labels = batch_of(ring.samples[:96])
    ring.samples = ring.samples[96:]
    progress = Progress(args.out, both=both, optimizer=optimizer, average=average)
    step, seen = progress.step, progress.pictures
    rng = np.random.default_rng([args.seed, step])
    saved = time.time()
    start = saved - progress.spent
    mean: dict[str, float] = {}

    def save() -> None:
        twin = NanoModel(model.cfg)
        twin.load_state_dict(model.state_dict())
        twin.model.vision_model.load_state_dict({k[2:]: v for k, v in average.shadow.items() if k.startswith("t.")})
        extra = {"head." + k[2:]: v for k, v in average.shadow.items() if k.startswith("h.")}
        note = {"provenance": provenance.trained("tower", before), "stage": "tower", "pictures": seen}
        checkpoint.save(twin, args.out, note, extra, half=True)
        with torch.no_grad():
            h = DenseHead(model.cfg)
            h.load_state_dict({k.removeprefix("head."): v for k, v in extra.items()})
            loss, parts = h.loss(twin.patches(held), held_labels)
        print("held", f"{float(loss):.3f}", {k: round(v, 3) for k, v in parts.items()}, flush=True)

    while (now := time.time()) - start < args.minutes * 60:
        pixels, labels = batch_of(ring.draw(rng, args.batch))
        with half():
            x = tower(pixels)
            loss, parts = head.loss(x, labels)
        loss.backward()
        norm = optimizer.step(now - start)
        average.update(both)
        step, seen = step + 1, seen + args.batch
        for k, v in {"loss": float(loss.detach()), "norm": norm, **parts}.items():
            mean[k] = mean.get(k, v) * 0.95 + v * 0.05
        if step % 20 == 0:
            fresh = ring.refresh(1)
            print(f"{now - start:6.0f}s step {step} {seen / (now - start):.1f}/s ring {len(ring.samples)} of {ring.total} +{fresh}",
                  {k: round(v, 3) for k, v in mean.items()}, flush=True)
        if now - saved > args.save_every:
            saved = now
            progress.keep(step, seen, now - start)
            save()
    save()
    progress.done()


if __name__ == "__main__":
    main()
