"""Icon sprites: one sheet a style, cut into trimmed premultiplied images with half-size levels, loaded on first use.

Not SVG: icons were rasterised ahead by scripts/build_assets.py.
"""
from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter

from .vocabulary import NOUNS, STYLES

ASSETS = Path(__file__).resolve().parents[2] / "assets"
CELL = 256
SHADOW = 64  # side of the shadow mask's icon, in its own pixels
SHADOW_PAD = 16


@dataclass(frozen=True)
class Sprite:
    """Levels are premultiplied RGB and alpha kept in PIL's RGBX (so that PIL leaves the numbers alone)."""

    width: int  # of level 0, pixels
    height: int
    levels: tuple[Image.Image, ...]
    shadow: Image.Image  # L: the blurred alpha; SHADOW / CELL of level 0, padded by SHADOW_PAD
    mask: np.ndarray  # bool [64, 64]: the whole cell at quarter size, grown by a little
    outline: np.ndarray  # float32 [n, 2]: outermost pixels of each row, about the centre, level-0 pixels

    @property
    def longest(self) -> int:
        return max(self.width, self.height)


def _sprite(cell: Image.Image) -> Sprite:
    rgba = np.asarray(cell, np.float32)
    alpha = rgba[..., 3:]
    premultiplied = np.concatenate([rgba[..., :3] * alpha / 255, alpha], -1)
    seen = alpha[..., 0] > 12
    rows = np.nonzero(seen.any(1))[0]
    columns = np.nonzero(seen.any(0))[0]
    left, right = seen.argmax(1)[rows], CELL - seen[:, ::-1].argmax(1)[rows]
    half = CELL / 2
    outline = np.concatenate([np.stack([left, rows], 1), np.stack([right, rows], 1),
                              np.stack([left, rows + 1], 1), np.stack([right, rows + 1], 1)]) - half
    levels = []
    level = np.clip(premultiplied + 0.5, 0, 255)
    while level.shape[0] >= 8:
        levels.append(Image.fromarray(level.astype(np.uint8)))
        n = level.shape[0] // 2
        level = level.reshape(n, 2, n, 2, 4).mean((1, 3))
    small = Image.fromarray(alpha[..., 0].astype(np.uint8)).resize((SHADOW, SHADOW), Image.Resampling.BOX)
    padded = Image.new("L", (SHADOW + 2 * SHADOW_PAD,) * 2)
    padded.paste(small, (SHADOW_PAD, SHADOW_PAD))
    return Sprite(
        width=int(columns[-1] - columns[0] + 1), height=int(rows[-1] - rows[0] + 1),
        levels=tuple(_as_rgbx(im) for im in levels), shadow=padded.filter(ImageFilter.GaussianBlur(3.5)),
        mask=np.asarray(small.filter(ImageFilter.MaxFilter(5))) > 64, outline=outline.astype(np.float32))


def _as_rgbx(image: Image.Image) -> Image.Image:
    return Image.frombytes("RGBX", image.size, image.tobytes())


@lru_cache(maxsize=None)
def sheet(style: str) -> Image.Image:
    if style not in STYLES:
        raise KeyError(f"unknown icon style {style!r}")
    return Image.open(ASSETS / "sprites" / f"{style}.webp").convert("RGBA")


@lru_cache(maxsize=None)
def sprite(style: str, noun: str) -> Sprite:
    at = NOUNS.index(noun)
    x, y = at % 8 * CELL, at // 8 * CELL
    return _sprite(sheet(style).crop((x, y, x + CELL, y + CELL)))


def drawn_box(style: str, noun: str, center: tuple[float, float], size: float, rotation: float, flip: bool):
    """Tight extent of the turned icon in picture pixels."""
    s = sprite(style, noun)
    points = s.outline * (size / s.longest)
    if flip:
        points = points * np.array([-1, 1], np.float32)
    a = np.deg2rad(rotation)
    x = points[:, 0] * np.cos(a) - points[:, 1] * np.sin(a) + center[0]
    y = points[:, 0] * np.sin(a) + points[:, 1] * np.cos(a) + center[1]
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())
