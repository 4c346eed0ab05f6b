"""Makes training samples in the background and hands them to a trainer through a folder.

    python -m loupe_nano.shards --kind tower --out DIR [--seed N] [--rate SAMPLES_PER_SECOND] [--count SHARDS]

A shard is a pickled list of samples. The trainer keeps a ring of the newest ones in memory (`Ring`) and may use a sample
a few times, so it never waits for drawing. How many shards a generator has made is kept beside them (`KIND-SEED.made`), because
a tidy ring deletes them.
"""

import argparse
import math
import pickle
import time
import zlib
from collections import Counter, deque
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from . import files
from .process import parent_option

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
    place. A `tidy` ring owns its folder: it deletes shards of which nothing is left in it, and of what it finds at its start it
    takes in no more than it holds. Otherwise nothing is deleted, and all that lies there is taken in."""

    def __init__(self, folder: Path, capacity: int, prepare: Callable[[list[dict]], None] | None = None, tidy: bool = False):
        self.folder, self.capacity, self.prepare, self.tidy = Path(folder), capacity, prepare, tidy
        self.samples: list[dict] = []
        self.seen: set[str] = set()
        self.held: deque[tuple[Path, int]] = deque()  # shards that some sample here is from, oldest first, and how many they had
        self.total = 0
        self.at = 0

    def refresh(self, most: int = 1000) -> int:
        """Takes in up to `most` shards not seen yet, oldest first; returns how many samples came."""
        before = self.total
        fresh = [p for p in sorted(self.folder.glob("*.pkl"), key=lambda p: p.stat().st_mtime) if p.name not in self.seen]
        if self.tidy and not self.seen:
            fits = math.ceil(self.capacity / SHARD)
            for path in fresh[:-fits]:
                path.unlink()
            fresh = fresh[-fits:]
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
            if self.tidy:
                self._forget(path, len(shard))
        return self.total - before

    def _forget(self, newest: Path, count: int) -> None:
        """Deletes the shards whose last sample `newest` has driven out."""
        self.held.append((newest, count))
        while sum(n for _, n in self.held) - self.held[0][1] >= self.capacity:
            self.held.popleft()[0].unlink(missing_ok=True)

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


def made_before(folder: Path, begun: str, counter: Path) -> int:
    """How many shards this generator has made, those included that a ring has deleted, or that were made a moment before a kill."""
    there = [int(p.stem.removeprefix(begun)) + 1 for p in folder.glob(f"{begun}*.pkl")]
    return max([int(counter.read_text()) if counter.exists() else 0, *there])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rate", type=float, default=0)
    parser.add_argument("--count", type=int, default=0)
    parent_option(parser)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    begun = f"{args.kind}-{args.seed}-"
    counter = args.out / f"{args.kind}-{args.seed}.made"
    already = made_before(args.out, begun, counter)
    # Taken up again, it draws other scenes than before, and the same ones whenever it is taken up there.
    rng = np.random.default_rng([args.seed, zlib.crc32(args.kind.encode()), already])
    stream, made, start = samples(args.kind, rng), 0, time.time()
    while not args.count or made < args.count:
        shard = [next(stream) for _ in range(SHARD)]
        name = f"{begun}{already + made:05d}"
        temporary = args.out / f"{name}.tmp"
        temporary.write_bytes(pickle.dumps(shard, protocol=5))
        temporary.rename(args.out / f"{name}.pkl")
        made += 1
        files.write(counter, str(already + made))
        if args.rate:
            time.sleep(max(0.0, start + made * SHARD / args.rate - time.time()))


if __name__ == "__main__":
    main()
