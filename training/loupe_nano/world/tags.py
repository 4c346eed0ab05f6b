"""Tags: the drawing of a plate with its writing or dots, at one master height, and where its glyphs lie.

A plate is drawn once per scene and warped into every view of it. Glyphs come from a cache by font and letter.
"""
from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from .scene import Tag
from .sprites import ASSETS

MASTER = 64  # plate height in the master drawing, pixels
PAD = 12  # room for the shadow around it
CAP = 0.65  # cap height of glyphs, in plate heights
DOT = 0.44  # dot diameter, in plate heights


@dataclass(frozen=True)
class Mark:
    """A glyph or dot: its extent about the plate's centre, in plate heights."""

    text: str  # '' for a dot
    box: tuple[float, float, float, float]


@lru_cache(maxsize=None)
def _font(name: str) -> tuple[ImageFont.FreeTypeFont, float]:
    """The font at the size whose capitals are CAP × MASTER high."""
    path = str(ASSETS / "fonts" / f"{name}.ttf")
    probe = ImageFont.truetype(path, 200)
    _, top, _, bottom = probe.getbbox("H", anchor="ls")
    size = 200 * CAP * MASTER / (bottom - top)
    return ImageFont.truetype(path, size), size


@lru_cache(maxsize=None)
def _glyph(name: str, char: str) -> tuple[Image.Image, int, int, float]:
    """Coverage mask, its left and top about the baseline origin, and the advance, in master pixels."""
    font, _ = _font(name)
    left, top, right, bottom = font.getbbox(char, anchor="ls")
    mask = Image.new("L", (right - left + 2, bottom - top + 2))
    ImageDraw.Draw(mask).text((1 - left, 1 - top), char, 255, font, anchor="ls")
    return mask, left - 1, top - 1, font.getlength(char)


def marks(tag: Tag) -> list[Mark]:
    """Glyphs or dots of a tag, left to right."""
    if tag.kind == "dots":
        n = int(tag.text)
        pitch = DOT * tag.spacing
        return [Mark("", ((i - (n - 1) / 2) * pitch - DOT / 2, -DOT / 2, (i - (n - 1) / 2) * pitch + DOT / 2, DOT / 2))
                for i in range(n)]
    out: list[Mark] = []
    x = 0.0
    for char in tag.text:
        mask, left, top, advance = _glyph(tag.font, char)
        out.append(Mark(char, ((x + left + 1) / MASTER, top / MASTER + CAP / 2,
                               (x + left + mask.width - 1) / MASTER, (top + mask.height) / MASTER + CAP / 2)))
        x += advance + tag.spacing * MASTER
    middle = (out[0].box[0] + out[-1].box[2]) / 2
    return [Mark(m.text, (m.box[0] - middle, m.box[1], m.box[2] - middle, m.box[3])) for m in out]


def content_width(tag: Tag) -> float:
    """Width of the writing in plate heights."""
    found = marks(tag)
    return found[-1].box[2] - found[0].box[0]


def plate_box(tag: Tag) -> tuple[float, float, float, float]:
    a = math.radians(tag.rotation)
    w = (abs(tag.width * math.cos(a)) + abs(tag.height * math.sin(a))) / 2
    h = (abs(tag.width * math.sin(a)) + abs(tag.height * math.cos(a))) / 2
    x, y = tag.center
    return x - w, y - h, x + w, y + h


def draw_plate(tag: Tag) -> tuple[Image.Image, ...]:
    """Premultiplied levels (RGBX, halving) of the plate at MASTER height with PAD around, shadow baked in."""
    width = max(8, round(tag.width / tag.height * MASTER))
    full = (width + 2 * PAD, MASTER + 2 * PAD)
    image = _shadow(*full)
    draw = ImageDraw.Draw(image)
    rect = (PAD, PAD, PAD + width - 1, PAD + MASTER - 1)
    fill, ink = (*tag.plate_rgb, 255), (*tag.ink_rgb, 255)
    radius = {"rounded": MASTER * 0.24, "pill": MASTER * 0.5, "ticket": MASTER * 0.12, "square": MASTER * 0.06}[tag.shape]
    draw.rounded_rectangle(rect, radius, fill)
    if tag.border:
        inset = MASTER * 0.05
        draw.rounded_rectangle((rect[0] + inset, rect[1] + inset, rect[2] - inset, rect[3] - inset),
                               max(1, radius - inset), None, ink, round(MASTER * 0.04))
    if tag.shape == "ticket":
        r = MASTER * 0.13
        for x in (rect[0], rect[2]):
            draw.ellipse((x - r, PAD + MASTER / 2 - r, x + r, PAD + MASTER / 2 + r), (0, 0, 0, 0))
    cx, cy = full[0] / 2, full[1] / 2
    if tag.kind == "dots":
        for m in marks(tag):
            draw.ellipse((cx + m.box[0] * MASTER, cy + m.box[1] * MASTER, cx + m.box[2] * MASTER, cy + m.box[3] * MASTER), ink)
    else:
        solid = Image.new("RGBX", (1, 1), ink)
        for m in marks(tag):
            mask = _glyph(tag.font, m.text)[0]
            image.paste(solid.resize(mask.size), (round(cx + m.box[0] * MASTER) - 1, round(cy + m.box[1] * MASTER)), mask)
    levels = [image]
    while levels[-1].height >= 16:
        levels.append(levels[-1].reduce(2))
    return tuple(levels)


@lru_cache(maxsize=256)
def _shadow_bytes(width: int, height: int) -> Image.Image:
    f = 4
    x = np.arange(width // f + 1, dtype=np.float32) * f
    y = np.arange(height // f + 1, dtype=np.float32) * f

    def side(v: np.ndarray, length: int, shift: float) -> np.ndarray:
        inside = np.minimum(v - PAD - shift, length - PAD - shift - v) / PAD
        t = np.clip(inside * 0.55 + 0.5, 0, 1)
        return t * t * (3 - 2 * t)

    alpha = side(y, height, 5.0)[:, None] * side(x, width, 0.0)[None] * 90
    a = Image.fromarray(alpha.astype(np.uint8)).resize((width, height), Image.Resampling.BILINEAR)
    return Image.merge("RGBX", (Image.new("L", a.size), Image.new("L", a.size), Image.new("L", a.size), a))


def _shadow(width: int, height: int) -> Image.Image:
    return _shadow_bytes(width, height).copy()
