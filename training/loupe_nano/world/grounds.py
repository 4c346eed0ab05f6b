"""Procedural grounds: a kind paints any rectangle of the picture at any resolution, edges smoothed to the pixel.

A kind is a function of a View and a Ground. Space: pixels of the full picture divided by its shorter side ("units").
"""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PIL import Image

from .scene import Ground, Rgb

Field = np.ndarray  # float32 [h, w], 0..1


@dataclass(frozen=True)
class View:
    """Sample points of one rendering: units at pixel centres, and the units one pixel spans."""

    x: np.ndarray  # float32 [1, w]
    y: np.ndarray  # float32 [h, 1]
    dx: float
    dy: float

    @property
    def pixel(self) -> float:
        return max(self.dx, self.dy)


def view(region: tuple[float, float, float, float], size: tuple[int, int], unit: float) -> View:
    x1, y1, x2, y2 = region
    dx, dy = (x2 - x1) / size[0], (y2 - y1) / size[1]
    x = (x1 + (np.arange(size[0], dtype=np.float32) + 0.5) * dx) / unit
    y = (y1 + (np.arange(size[1], dtype=np.float32) + 0.5) * dy) / unit
    return View(x[None], y[:, None], dx / unit, dy / unit)


def _wave(t: np.ndarray, duty: float, width: float) -> np.ndarray:
    """Periodic bar: 1 in the middle `duty` of each period, edges `width` periods wide."""
    away = np.abs(t - np.floor(t) - 0.5)
    return np.clip((duty / 2 - away) / max(width, 1e-4) + 0.5, 0, 1)


def _spline(at: np.ndarray, cells: int) -> np.ndarray:
    """Cubic B-spline weights [n, cells] of positions in cells, periodic."""
    base = np.floor(at).astype(int)
    f = (at - base).astype(np.float32)
    weights = np.zeros((len(at), cells), np.float32)
    rows = np.arange(len(at))
    for k, w in enumerate(((1 - f) ** 3 / 6, (3 * f**3 - 6 * f**2 + 4) / 6, (-3 * f**3 + 3 * f**2 + 3 * f + 1) / 6, f**3 / 6)):
        weights[rows, (base + k - 1) % cells] += w
    return weights


@lru_cache(maxsize=64)
def _lattice(seed: int, cells: int) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((cells, cells)).astype(np.float32)


def noise(v: View, seed: int, step_x: float, step_y: float | None = None) -> np.ndarray:
    """Smooth noise, mean 0, deviation about 0.5, features of `step` units; fades where a pixel spans a feature."""
    step_y = step_x if step_y is None else step_y
    fade = min(1.0, step_x / (1.5 * v.dx), step_y / (1.5 * v.dy)) ** 2
    cells = 48
    return (_spline(v.y[:, 0] / step_y, cells) @ (_lattice(seed, cells) * (fade * 1.0)) @ _spline(v.x[0] / step_x, cells).T)


def fractal(v: View, seed: int, step: float, octaves: int, stretch: float = 1.0) -> np.ndarray:
    total = np.zeros((), np.float32)
    for k in range(octaves):
        total = total + noise(v, seed + k, step / 2**k, step * stretch / 2**k) * (0.62**k)
    return total


def _shade(t: Field, stops: tuple[Rgb, ...], shape: tuple[int, int] | None = None) -> np.ndarray:
    """Maps 0..1 through evenly spaced colours to uint8 [h, w, 3]."""
    at = np.linspace(0, 1, 256)
    ramp = np.stack([np.interp(at, np.linspace(0, 1, len(stops)), [s[c] for s in stops]) for c in range(3)], 1)
    index = (np.clip(t, 0, 1) * 255 + 0.5).astype(np.uint8)
    if shape is not None:
        index = np.broadcast_to(index, shape)
    image = Image.fromarray(np.ascontiguousarray(index))
    image.putpalette((ramp + 0.5).astype(np.uint8).tobytes())
    return np.asarray(image.convert("RGB"))


def _rng(g: Ground) -> np.random.Generator:
    return np.random.default_rng(g.seed)


def _size(v: View) -> tuple[int, int]:
    return v.y.shape[0], v.x.shape[1]


def _soft(a: Rgb, b: Rgb, t: float) -> Rgb:
    return tuple(round(p + (q - p) * t) for p, q in zip(a, b))  # type: ignore[return-value]


def flat(v: View, g: Ground) -> np.ndarray:
    return _shade(noise(v, g.seed, 0.9) * 0.18 + 0.5, (_soft(g.colors[0], g.colors[1], 0.1), _soft(g.colors[0], g.colors[1], 0.6)), _size(v))


def gradient(v: View, g: Ground) -> np.ndarray:
    r = _rng(g)
    a = r.uniform(0, 2 * np.pi)
    t = 0.5 + ((v.x - 0.7) * np.cos(a) + (v.y - 0.5) * np.sin(a)) * 0.6
    return _shade(t.astype(np.float32), (g.colors[0], g.colors[1], g.colors[2]))


def stripes(v: View, g: Ground) -> np.ndarray:
    r = _rng(g)
    a, period, duty = r.uniform(0, np.pi), r.uniform(0.05, 0.16), r.uniform(0.3, 0.6)
    t = (v.x * np.cos(a) + v.y * np.sin(a)) / period
    return _shade(_wave(t, duty, v.pixel / period) * r.uniform(0.5, 1), (g.colors[0], g.colors[1]))


def checks(v: View, g: Ground) -> np.ndarray:
    r = _rng(g)
    period = r.uniform(0.1, 0.26)
    sx = _wave(v.x / period, 0.5, v.dx / period) * 2 - 1
    sy = _wave(v.y / period, 0.5, v.dy / period) * 2 - 1
    return _shade((0.5 + 0.5 * sx * sy) * r.uniform(0.5, 1), (g.colors[0], g.colors[1]))


def gingham(v: View, g: Ground) -> np.ndarray:
    r = _rng(g)
    period = r.uniform(0.07, 0.16)
    sx, sy = _wave(v.x / period, 0.5, v.dx / period), _wave(v.y / period, 0.5, v.dy / period)
    return _shade((sx + sy) * 0.5, (g.colors[0], g.colors[1], g.colors[2]))


def polka(v: View, g: Ground) -> np.ndarray:
    r = _rng(g)
    period = r.uniform(0.06, 0.14)
    a = r.choice([0.0, np.pi / 4, 0.4])
    u = (v.x * np.cos(a) + v.y * np.sin(a)) / period
    w = (v.y * np.cos(a) - v.x * np.sin(a)) / period
    away = np.hypot(u - np.round(u), w - np.round(w))
    t = np.clip((r.uniform(0.14, 0.3) - away) / (v.pixel / period) + 0.5, 0, 1)
    return _shade(t, (g.colors[0], g.colors[int(r.integers(1, 3))]))


def clouds(v: View, g: Ground) -> np.ndarray:
    return _shade(fractal(v, g.seed, _rng(g).uniform(0.2, 0.6), 5) * 0.5 + 0.5, (g.colors[0], g.colors[1], g.colors[2]))


def wood(v: View, g: Ground) -> np.ndarray:
    r = _rng(g)
    rings = noise(v, g.seed, 1.2, 0.14) * 5 + v.y * r.uniform(6, 14)
    grain = np.abs(rings - np.round(rings)) * 2
    fibre = noise(v, g.seed + 1, 0.5, 0.006) * 0.45
    board = r.uniform(0.16, 0.3)
    row = np.floor(v.y / board)
    tone = (np.modf(np.abs(np.sin(row * 12.9898 + g.seed % 97) * 43758.5453))[0] - 0.5) * 0.3
    seam = _wave(v.y / board + 0.5, 0.012, v.dy / board)
    return _shade((0.35 + grain * 0.3 + fibre * 0.25 + tone + seam * 0.4).astype(np.float32), (g.colors[0], g.colors[1], g.colors[2], g.colors[2]))


def paper(v: View, g: Ground) -> np.ndarray:
    t = noise(v, g.seed, 0.012) * 0.22 + noise(v, g.seed + 1, 0.005) * 0.2 + noise(v, g.seed + 2, 0.5) * 0.25 + 0.4
    return _shade(t, (g.colors[0], _soft(g.colors[0], g.colors[1], 0.7)))


def ruled(v: View, g: Ground) -> np.ndarray:
    r = _rng(g)
    period = r.uniform(0.045, 0.08)
    line = _wave(v.y / period, 0.04, v.dy / period)
    if r.random() < 0.6:
        line = np.maximum(line, _wave(v.x / period, 0.04, v.dx / period))
    return _shade(line * 0.8 + noise(v, g.seed, 0.6) * 0.06, (g.colors[0], g.colors[1], g.colors[2]), _size(v))


def tiles(v: View, g: Ground) -> np.ndarray:
    r = _rng(g)
    period = r.uniform(0.14, 0.3)
    u, w = v.x / period, v.y / period
    tone = np.modf(np.abs(np.sin(np.floor(u) * 12.9898 + np.floor(w) * 78.233 + g.seed % 89) * 43758.5453))[0]
    grout = np.maximum(_wave(u + 0.5, 0.05, v.dx / period), _wave(w + 0.5, 0.05, v.dy / period))
    return _shade((0.1 + tone * 0.35 + noise(v, g.seed, 0.08) * 0.05) * (1 - grout) + grout * 0.95, (g.colors[0], g.colors[1], g.colors[2]))


def grass(v: View, g: Ground) -> np.ndarray:
    t = noise(v, g.seed, 0.006, 0.03) * 0.5 + noise(v, g.seed + 1, 0.01, 0.05) * 0.4 + fractal(v, g.seed + 2, 0.4, 2) * 0.3 + 0.5
    return _shade(t, (g.colors[0], g.colors[1], g.colors[2]))


def bokeh(v: View, g: Ground) -> np.ndarray:
    r = _rng(g)
    base = _shade(noise(v, g.seed, 0.6) * 0.5 + 0.5, (g.colors[1], g.colors[2]), _size(v))
    out = base.astype(np.float32)
    for _ in range(int(r.integers(14, 30))):
        cx, cy, radius = r.uniform(0, 1.8), r.uniform(0, 1.8), r.uniform(0.03, 0.12)
        color = np.array(g.colors[int(r.choice([0, 0, 3]))], np.float32)
        strength = r.uniform(0.15, 0.45)
        columns = np.nonzero(np.abs(v.x[0] - cx) < radius * 1.3)[0]
        rows = np.nonzero(np.abs(v.y[:, 0] - cy) < radius * 1.3)[0]
        if len(columns) == 0 or len(rows) == 0:
            continue
        part = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
        away = np.hypot(v.x[:, part[1]] - cx, v.y[part[0]] - cy) / radius
        cover = (np.clip((1 - away) / max(v.pixel / radius, 0.18) + 0.5, 0, 1) * strength)[..., None]
        out[part] += (color - out[part]) * cover
    return (out + 0.5).astype(np.uint8)


def waves(v: View, g: Ground) -> np.ndarray:
    r = _rng(g)
    period, swing, length = r.uniform(0.07, 0.15), r.uniform(0.01, 0.03), r.uniform(0.12, 0.3)
    t = (v.y + np.sin(v.x * 2 * np.pi / length) * swing) / period
    return _shade(_wave(t, r.uniform(0.35, 0.6), v.pixel / period * 1.3), (g.colors[0], g.colors[1]))


def contours(v: View, g: Ground) -> np.ndarray:
    r = _rng(g)
    height = fractal(v, g.seed, r.uniform(0.35, 0.6), 3) * r.uniform(4, 7)
    gy, gx = np.gradient(height)
    slope = np.maximum(np.hypot(gx, gy), 1e-3)
    away = np.abs(height - np.round(height)) / slope
    width = 0.0022 / v.pixel
    line = np.clip(width - away + 0.5, 0, 1) * min(1.0, width * 2)
    level = np.clip((np.round(height) + 4) / 10, 0, 1)
    return _shade(level * 0.35 + line * 0.5, (g.colors[0], g.colors[1], g.colors[2]))


def terrazzo(v: View, g: Ground) -> np.ndarray:
    out = np.broadcast_to(np.array(g.colors[0], np.float32), (*_size(v), 3)).copy()
    step = _rng(g).uniform(0.03, 0.06)
    for k, color in ((0, g.colors[1]), (1, g.colors[2]), (2, _soft(g.colors[2], g.colors[3], 0.6))):
        bump = noise(v, g.seed + k, step * (1 - 0.2 * k), step * (1 - 0.2 * k))
        cover = np.clip((bump - 0.72) / max(v.pixel / step * 0.9, 0.02) + 0.5, 0, 1)[..., None]
        out += (np.array(color, np.float32) - out) * cover
    return (out + 0.5).astype(np.uint8)


def bricks(v: View, g: Ground) -> np.ndarray:
    r = _rng(g)
    height = r.uniform(0.07, 0.12)
    w = v.y / height
    row = np.floor(w)
    u = v.x / (height * 2.4) + (row % 2) * 0.5
    tone = np.modf(np.abs(np.sin(np.floor(u) * 12.9898 + row * 78.233 + g.seed % 83) * 43758.5453))[0]
    seam = np.maximum(_wave(u + 0.5, 0.03, v.dx / (height * 2.4)), _wave(w + 0.5, 0.07, v.dy / height))
    return _shade((0.45 + tone * 0.4 + noise(v, g.seed, 0.05) * 0.08) * (1 - seam), (g.colors[0], g.colors[1], g.colors[2]))


def hills(v: View, g: Ground) -> np.ndarray:
    r = _rng(g)
    t = np.zeros(_size(v), np.float32)
    for k in range(4):
        crest = 0.12 + 0.25 * k + 0.07 * np.sin(v.x * r.uniform(2, 6) + r.uniform(0, 6)) + 0.02 * np.sin(v.x * r.uniform(7, 13))
        t += np.clip((v.y - crest) / v.dy + 0.5, 0, 1) * 0.25
    return _shade(t, (g.colors[0], g.colors[1], g.colors[2]))


TRAIN_GROUNDS: dict[str, Callable[[View, Ground], np.ndarray]] = {
    "flat": flat, "gradient": gradient, "stripes": stripes, "checks": checks, "gingham": gingham, "polka": polka,
    "clouds": clouds, "wood": wood, "paper": paper, "ruled": ruled, "tiles": tiles, "grass": grass, "bokeh": bokeh,
}
HELD_OUT_GROUNDS: dict[str, Callable[[View, Ground], np.ndarray]] = {
    "waves": waves, "contours": contours, "terrazzo": terrazzo, "bricks": bricks, "hills": hills,
}
GROUNDS = {**TRAIN_GROUNDS, **HELD_OUT_GROUNDS}
