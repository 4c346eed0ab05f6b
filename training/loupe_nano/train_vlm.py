"""Stages A, B and B's twin without tools (`direct`): the whole model learns from packed lessons, the tower's dense labels going on beside them.

`python -m loupe_nano.stage a --out DIR` starts it with its generators. As in the tower's training the schedule runs on the clock;
cut off, the same command goes on where it was kept last (OUT with the ending .state).
"""

import argparse
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn

from . import checkpoint, provenance
from .dense import FIELDS, DenseHead
from .device import choose, half
from .guides import Places, Pointing, Presence, Reading
from .model import NanoModel, waves
from .optim import Average, Optimizer
from .pack import Loss, attention_mask, collate, embed_batch
from .process import parent_option
from .progress import Progress
from .shards import Ring
from .tokenizer import NanoTokenizer
from .train_tower import pixels_of

#: What one step is made of: (kind of sample, how many).
STEPS = {"a": (("syntax", 5), ("overview", 8), ("crop", 10)), "b": (("zoom", 4), ("overview", 8), ("crop", 14)),
         "direct": (("overview", 16), ("crop", 14))}
#: The same on a still tower, where a crop costs a fifth.
STILL_STEPS = {"a": (("syntax", 8), ("overview", 6), ("crop", 16)), "b": (("zoom", 4), ("overview", 8), ("crop", 48)),
               "direct": (("overview", 16), ("crop", 32))}


def smooth_coordinates(model: NanoModel, tk: NanoTokenizer) -> None:
    """A start at which neighbouring coordinates look alike."""
    rows = waves(torch.arange(0, 1001, 10) / 1000.0, model.cfg.hidden) * 0.06
    with torch.no_grad():
        for v, row in zip(range(0, 1001, 10), rows):
            model.model.text_model.embed_tokens.weight[tk.coordinate(v)] = row


class Still:
    """A tower that does not learn: each picture passes it once, when its shard is read, and is kept as patches."""

    def __init__(self, model: NanoModel):
        self.model = model

    @torch.no_grad()
    def __call__(self, samples: list[dict], most: int = 32) -> None:
        images = torch.as_tensor(np.concatenate([s["images"] for s in samples]))
        with half():
            patches = torch.cat([self.model.patches(pixels_of(part)).bfloat16() for part in images.split(most)])
        for sample, mine in zip(samples, patches.split([len(s["images"]) for s in samples])):
            sample["images"] = mine.clone()


def micro_batch(model, head, presence, reading, pointing, places, loss_of, samples, dense: float) -> tuple[torch.Tensor, dict[str, float]]:
    batch = collate(samples, model.cfg.image_tokens)
    labels = {k: torch.as_tensor(np.concatenate([s[k] for s in samples])).long() for k in FIELDS}
    mask = attention_mask(batch["branch"])
    still = batch["images"].dtype == torch.bfloat16
    kind = samples[0]["kind"]
    runs = kind in ("zoom", "syntax")
    chooses = kind == "syntax"
    learns = not still and not runs
    with half():
        with torch.set_grad_enabled(learns):
            patches = batch["images"] if still else model.patches(pixels_of(batch["images"]))
        features = model.model.connector(patches)
        states: list = []
        model.model.text_model.states = states
        hidden, _ = model.decode(embed_batch(model, batch, features), batch["positions"], mask)
        loss, parts = loss_of(hidden, model.model.text_model.embed_tokens.weight, batch)
        dense_loss, dense_parts = head.loss(patches, labels) if learns else (0.0, {})
        legible, parts["read"] = reading.loss(features, labels)
    shown = presence.loss(features, model.model.text_model.embed_tokens.weight, labels["noun"])
    if kind != "overview":
        looked = pointing.read(batch, mask, labels["glyph"])
        loss = loss + 0.2 * looked
        parts["looked"] = float(looked.detach())
    if runs:
        again = pointing.repeat(batch, mask)
        aimed = pointing.aim(batch, mask)
        loss = loss + 0.2 * again + 0.25 * aimed
        parts |= {"again": float(again.detach()), "aimed": float(aimed.detach())}
    if kind != "crop":
        counts = torch.tensor([len(s["images"]) for s in samples])
        starts = torch.tensor([int(s["slots"][0][0]) for s in samples])
        first = labels["noun"][counts.cumsum(0) - counts]
        pointed = pointing.loss(batch, mask, first, starts)
        centre, write = places.loss(states, batch, first, pointing.noun_of, model.model.text_model.embed_tokens.weight)
        hop, copy = pointing.hop(batch, mask, chooses), pointing.copy(batch, mask, chooses)
        names = places.names(states, batch, pointing.noun_of, model.model.text_model.embed_tokens.weight)
        parts["names"] = float(names.detach())
        loss = loss + 0.3 * names + 0.25 * pointed + 0.1 * hop + 0.2 * copy + 0.3 * centre + 0.3 * write
        parts |= {"points": float(pointed.detach()), "hop": float(hop.detach()), "copy": float(copy.detach()), "centre": float(centre.detach()), "write": float(write.detach())}
    parts |= {k: v for k, v in dense_parts.items() if k in ("noun", "glyph", "count")} | {"shown": float(shown.detach())}
    return loss + dense * (dense_loss + shown + legible), parts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stage", choices=tuple(STEPS), required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--init", type=Path, required=True)
    parser.add_argument("--tower-of", type=Path, help="take the tower from this checkpoint instead of --init")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--lr", type=float, default=3e-3)
    parser.add_argument("--tower", type=float, default=0.6, help="the tower's share of the rate; 0: a still tower, each picture passes it once")
    parser.add_argument("--dense", type=float, default=0.3, help="weight of the dense labels")
    parser.add_argument("--save-every", type=float, default=300, help="seconds")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tidy", action="store_true", help="delete shards that were read and have left the ring")
    parent_option(parser)
    args = parser.parse_args()
    choose()
    torch.manual_seed(args.seed)
    model, note, extra = checkpoint.load(args.init)
    tower_of = None
    if args.tower_of:
        other, tower_of, others = checkpoint.load(args.tower_of)
        model.model.vision_model.load_state_dict(other.model.vision_model.state_dict())
        extra |= {k: v for k, v in others.items() if k.startswith("head.")}
    tk = NanoTokenizer(model.cfg.vocab)
    head, presence, reading = DenseHead(model.cfg), Presence(tk), Reading(model.cfg)
    head.load_state_dict({k.removeprefix("head."): v for k, v in extra.items() if k.startswith("head.")})
    if "presence.scale" in extra:
        presence.load_state_dict({k.removeprefix("presence."): v for k, v in extra.items() if k.startswith("presence.")})
    else:
        smooth_coordinates(model, tk)
    if "reading.proj.weight" in extra:
        reading.load_state_dict({k.removeprefix("reading."): v for k, v in extra.items() if k.startswith("reading.")})
    pointing = Pointing(model, tk)
    loss_of = Loss(tk)
    places = Places(model.cfg, loss_of)
    if "places.centre.weight" in extra:
        places.load_state_dict({k.removeprefix("places."): v for k, v in extra.items() if k.startswith("places.")}, strict=False)
    every = nn.ModuleDict({"model": model, "head": head, "presence": presence, "reading": reading, "places": places})
    model.model.vision_model.requires_grad_(args.tower > 0)
    optimizer = Optimizer(every.named_parameters(), args.lr, args.lr / 2, args.minutes * 60, "vision_model", args.tower)
    average = Average(every, 0.99)
    still, steps = args.tower == 0, STEPS
    if still:
        ring, steps = Ring(args.data, 40000, Still(model), args.tidy), STILL_STEPS
    else:
        ring = Ring(args.data, 14000, tidy=args.tidy)
    ring.wait({kind: 64 for kind, _ in steps[args.stage]})
    progress = Progress(args.out, every=every, optimizer=optimizer, average=average)
    step, pictures = progress.step, progress.pictures
    rng = np.random.default_rng([args.seed, step])
    saved = time.time()
    start = saved - progress.spent
    mean: dict[str, float] = {}

    def save() -> None:
        twin = NanoModel(model.cfg)
        twin.load_state_dict({k.removeprefix("model."): v for k, v in average.shadow.items() if k.startswith("model.")}, strict=False)
        kept = {k: v for k, v in average.shadow.items() if k.startswith(("head.", "presence.", "reading.", "places."))}
        about = {"provenance": provenance.trained(args.stage, note, tower_of), "stage": args.stage, "pictures": note.get("pictures", 0) + pictures}
        checkpoint.save(twin, args.out, about, kept, half=True)
        print(f"saved {args.out}", flush=True)

    while (now := time.time()) - start < args.minutes * 60:
        for kind, count in steps[args.stage]:
            samples = ring.draw(rng, count, kind)
            loss, parts = micro_batch(model, head, presence, reading, pointing, places, loss_of, samples, args.dense)
            loss.backward()
            pictures += sum(len(s["images"]) for s in samples)
            for k, v in {"loss": float(loss.detach()), **parts}.items():
                if v:
                    name = f"{kind[0]}.{k}"
                    mean[name] = mean.get(name, v) * 0.95 + v * 0.05
        norm = optimizer.step(now - start)
        average.update(every)
        step += 1
        if step % 20 == 0:
            ring.refresh(8)  # as much as comes: what is drawn often is learnt by heart
            print(f"{now - start:5.0f}s {step} {pictures / (now - start):.0f}/s ring {len(ring.samples)}/{ring.total} norm {norm:.1f} "
                  + " ".join(f"{k} {v:.3f}" for k, v in mean.items()), flush=True)
        if now - saved > args.save_every:
            saved = now
            progress.keep(step, pictures, now - start)
            save()
    save()
    progress.done()


if __name__ == "__main__":
    main()
