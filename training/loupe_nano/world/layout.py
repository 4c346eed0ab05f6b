"""Where objects go: each layout proposes places for the next object; sample.py keeps the first that is free.

Proposals past a layout's own pattern are random, so a crowded picture still fills.
"""
from __future__ import annotations

import math

import numpy as np

TRAIN_LAYOUTS: tuple[str, ...] = ("scatter", "grid", "rows", "clusters")
HELD_OUT_LAYOUTS: tuple[str, ...] = ("ring", "stagger", "arc")
LAYOUTS = TRAIN_LAYOUTS + HELD_OUT_LAYOUTS
TRIES = 48


def proposals(rng: np.random.Generator, layout: str, index: int, count: int, width: int, height: int) -> np.ndarray:
    """float [TRIES, 2] centres for object `index` of `count`, best first."""
    own = TRIES // 2
    u = rng.uniform(0.04, 0.96, (TRIES, 2))
    jitter = rng.normal(0, 1, (own, 2))
    if layout in ("grid", "stagger", "rows"):
        u[:own] = _lattice(rng, layout, count, width / height, own) + jitter * (0.012 if layout != "rows" else 0.006)
    elif layout == "clusters":
        heart = np.array([[0.24, 0.27], [0.75, 0.3], [0.3, 0.75], [0.74, 0.74]])[index % (2 if count < 9 else 4)]
        u[:own] = heart + jitter * np.linspace(0.05, 0.17, own)[:, None]
    elif layout == "ring":
        radius = (0.36, 0.4) if index < 0.7 * count or count < 9 else (0.05, 0.16)
        a = 2 * math.pi * (index * 0.618 + rng.uniform(-0.5, 0.5, own) * np.linspace(0.05, 1, own))
        r = rng.uniform(*radius, own)
        u[:own] = 0.5 + np.stack([np.cos(a) * r, np.sin(a) * r], 1) * 1.05
    elif layout == "arc":
        lane = index % 3
        t = rng.uniform(0.06, 0.94, own)
        u[:own] = np.stack([t, 0.2 + lane * 0.29 + 0.1 * np.sin(t * math.pi * 2)], 1) + jitter * 0.008
    return u * np.array([width, height])


def _lattice(rng: np.random.Generator, layout: str, count: int, aspect: float, n: int) -> np.ndarray:
    spare = 1.3 if layout != "rows" else 1.1
    columns = max(2, math.ceil(math.sqrt(count * spare * aspect)))
    rows = max(2, math.ceil(count * spare / columns))
    cell = rng.permutation(columns * rows)
    cell = np.resize(cell, n)
    r, c = cell // columns, cell % columns
    shift = np.where(r % 2 == 0, -0.22, 0.22) if layout == "stagger" else np.zeros(n)
    return np.stack([(c + 0.5 + shift) / columns, (r + 0.5) / rows], 1)
