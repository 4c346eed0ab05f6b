"""Makes training samples in the background and hands them to a trainer through a folder.

    python -m loupe_nano.shards --kind tower --out DIR [--seed N] [--rate SAMPLES_PER_SECOND] [--count SHARDS]

A shard is a pickled list of samples. The trainer keeps a ring of the newest ones in memory (`Ring`) and may use a sample
a few times, so it never waits for drawing.
"""

import argparse
import os
import pickle
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

SHARD = 128


def tower_samples(rng: np.random.Generator) -> Iterator[dict]:
    from .views import picture, tower_views
    from .world import dense_labels

    while True:
        for scene, region in tower_views(rng):
            labels = dense_labels(scene, region)
            yield {"image": picture(scene, region), **{k: v.astype(np.int8) for k, v in labels.items()}}


def samples(kind: str, rng: np.random.Generator) -> Iterator[dict]:
    if kind == "tower":
        return tower_samples(rng)
    from .lessons import crop_samples, direct_samples, perception_samples, sheet_samples, zoom_samples
    from .syntax import syntax_samples

    return {"perception": perception_samples, "crops": crop_samples, "sheets": sheet_samples, "syntax": syntax_samples,
            "zoom": zoom_samples, "direct": direct_samples}[kind](rng)


class Ring:
    """The newest samples of a folder, at most `capacity`, drawn at random. `prepare` changes the samples of a shard once, in
    place."""

    def __init__(self, folder: Path, capacity: int, prepare: Callable[[list[dict]], None] | None = None):
        self.folder, self.capacity, self.prepare = Path(folder), capacity, prepare
        self.samples: list[dict] = []
        self.seen: set[str] = set()
        self.total = 0
        self.at = 0

    def refresh(self, most: int = 1000) -> int:
        """Takes in up to `most` shards not seen yet, oldest first; returns how many samples came."""
        before = self.total
        fresh = [p for p in sorted(self.folder.glob("*.pkl"), key=lambda p: p.stat().st_mtime) if p.name not in self.seen]
        for path in fresh[-most:] if not self.samples else fresh[:most]:
            self.seen.add(path.name)
            shard = pickle.loads(path.read_bytes())
            if self.prepare:
                self.prepare(shard)
            for sample in shard:
                if len(self.samples) < self.capacity:
                    self.samples.append(sample)
                else:
                    self.samples[self.at % self.capacity] = sample
                    self.at += 1
                self.total += 1
        return self.total - before

    def wait(self, least: dict[str | None, int]) -> None:
        """Takes in what comes until there are so many samples of each kind."""
        while True:
            self.refresh()
            there = Counter(s.get("kind") for s in self.samples)
            if all(there[kind] >= n for kind, n in least.items()):
                return
            time.sleep(2)

    def draw(self, rng: np.random.Generator, n: int, kind: str | None = None) -> list[dict]:
        """`n` samples with repetition, all of one kind if given."""
        if kind is not None:
            out: list[dict] = []
            for _ in range(200 * n):
                sample = self.samples[int(rng.integers(len(self.samples)))]
                if sample["kind"] == kind:
                    out.append(sample)
                    if len(out) == n:
                        break
            return out
        return [self.samples[i] for i in rng.integers(len(self.samples), size=n)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rate", type=float, default=0)
    parser.add_argument("--count", type=int, default=0)
    parser.add_argument("--with-parent", action="store_true", help="stops when the process that started it is gone")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    begun = f"{args.kind}-{args.seed}-"
    already = len(list(args.out.glob(f"{begun}*.pkl")))
    # Taken up again, it draws other scenes than before, and the same ones whenever it is taken up there.
    rng = np.random.default_rng([args.seed, zlib.crc32(args.kind.encode()), already])
    stream, made, start, parent = samples(args.kind, rng), 0, time.time(), os.getppid()
    while (not args.count or made < args.count) and not (args.with_parent and os.getppid() != parent):
        shard = [next(stream) for _ in range(SHARD)]
        name = f"{begun}{already + made:05d}"
        temporary = args.out / f"{name}.tmp"
        temporary.write_bytes(pickle.dumps(shard, protocol=5))
        temporary.rename(args.out / f"{name}.pkl")
        made += 1
        if args.rate:
            time.sleep(max(0.0, start + made * SHARD / args.rate - time.time()))


if __name__ == "__main__":
    main()
