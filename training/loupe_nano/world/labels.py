"""Dense labels of a view: for each cell of a grid, what its centre shows. Used to pre-train the vision tower.

Not boxes: an object counts where its (slightly grown) silhouette is, a glyph where its own box is.
"""
from __future__ import annotations

import math

import numpy as np

from .render import Region
from .scene import Scene, SceneObject, Tag
from .sprites import CELL, sprite
from .tags import marks
from .vocabulary import ALPHABET, COLOR_NAMES, NOUNS

LEGIBLE = 9.0  # plate height in view pixels from which glyphs and dots are labelled


def dense_labels(scene: Scene, region: Region | None = None, grid: int = 32, size: int = 256) -> dict[str, np.ndarray]:
    """int64 [grid, grid] by name, for `region` rendered at `size` × `size`.

    noun: 0 ground, 1.. NOUNS (a tag over an object still counts as plate and as the object beneath). plate, ink:
    0 none, 1.. COLOR_NAMES. glyph: 0 none, 1.. ALPHABET. dot: 0 or 1. count: on a plate of dots,
    how many it has. Glyphs, dots and counts only on plates ≥ LEGIBLE high.
    """
    x1, y1, x2, y2 = region or (0, 0, scene.width, scene.height)
    out = {name: np.zeros((grid, grid), np.int64) for name in ("noun", "glyph", "plate", "ink", "dot", "count")}
    x = x1 + (np.arange(grid) + 0.5) * (x2 - x1) / grid
    y = y1 + (np.arange(grid) + 0.5) * (y2 - y1) / grid
    scale = size / max(1e-6, y2 - y1)
    for o in scene.objects:
        _label_object(out["noun"], x, y, o)
    for tag in [*scene.strays, *(o.tag for o in scene.objects)]:
        _label_tag(out, x, y, tag, tag.height * scale >= LEGIBLE)
    return out


def _span(values: np.ndarray, low: float, high: float) -> slice:
    return slice(int(np.searchsorted(values, low)), int(np.searchsorted(values, high, "right")))


def _label_object(noun: np.ndarray, x: np.ndarray, y: np.ndarray, o: SceneObject) -> None:
    columns, rows = _span(x, o.box[0], o.box[2]), _span(y, o.box[1], o.box[3])
    if columns.start >= columns.stop or rows.start >= rows.stop:
        return
    s = sprite(o.style, o.noun)
    u, v = _local(x[columns], y[rows], o.center, o.rotation)
    k = s.longest / o.size * 64 / CELL
    if o.flip:
        u = -u
    i = np.clip(np.floor(u * k + 32).astype(int), 0, 63)
    j = np.clip(np.floor(v * k + 32).astype(int), 0, 63)
    part = noun[rows, columns]
    part[s.mask[j, i]] = NOUNS.index(o.noun) + 1


def _label_tag(out: dict[str, np.ndarray], x: np.ndarray, y: np.ndarray, tag: Tag, legible: bool) -> None:
    columns, rows = _span(x, tag.box[0], tag.box[2]), _span(y, tag.box[1], tag.box[3])
    if columns.start >= columns.stop or rows.start >= rows.stop:
        return
    u, v = _local(x[columns], y[rows], tag.center, tag.rotation)
    u, v = u / tag.height, v / tag.height
    on = (np.abs(u) <= tag.width / tag.height / 2) & (np.abs(v) <= 0.5)
    out["plate"][rows, columns][on] = COLOR_NAMES.index(tag.color) + 1
    out["ink"][rows, columns][on] = COLOR_NAMES.index(tag.ink) + 1
    if not legible:
        return
    if tag.kind == "dots":
        out["count"][rows, columns][on] = int(tag.text)
    for m in marks(tag):
        a, b, c, d = m.box
        if m.text:
            out["glyph"][rows, columns][(u >= a) & (u <= c) & (v >= b) & (v <= d)] = ALPHABET.index(m.text) + 1
        else:
            out["dot"][rows, columns][np.hypot(u - (a + c) / 2, v) <= (c - a) / 2] = 1


def _local(x: np.ndarray, y: np.ndarray, center: tuple[float, float], rotation: float) -> tuple[np.ndarray, np.ndarray]:
    a = math.radians(rotation)
    dx, dy = (x - center[0])[None], (y - center[1])[:, None]
    return dx * math.cos(a) + dy * math.sin(a), dy * math.cos(a) - dx * math.sin(a)
