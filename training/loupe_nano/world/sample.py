"""Draws scenes at random: sizes, style, ground, layout, tags, distractors and look.

Everything comes from one generator, so a seed gives the same scene again. Train and test differ by the pools that
vocabulary.py, palettes.py, grounds.py and layout.py call held out.
"""
from __future__ import annotations

import math

import numpy as np

from .grounds import HELD_OUT_GROUNDS, TRAIN_GROUNDS
from .layout import HELD_OUT_LAYOUTS, TRAIN_LAYOUTS, proposals
from .palettes import HELD_OUT_PALETTES, TRAIN_PALETTES, PALETTES
from .scene import Box, Ground, Look, Rgb, Scene, SceneObject, Shape, Tag, union
from .sprites import drawn_box
from .tags import content_width, plate_box, DOT
from .vocabulary import (ALPHABET, COLORS, COLOR_NAMES, HELD_OUT_FONTS, INKS, LETTERS, NOUNS, TRAIN_FONTS,
                         TRAIN_STYLES, UNSEEN_STYLES)

Rng = np.random.Generator
SIZES = ((1, 1), (4, 3), (3, 2), (16, 10), (16, 9), (3, 4), (2, 3), (10, 16), (9, 16))


def _pick(rng: Rng, pool):
    pool = tuple(pool)
    return pool[int(rng.integers(len(pool)))]


def sample_scene(rng: Rng, split: str = "train", n_objects: tuple[int, int] = (6, 24), held_out_fraction: float = 1.0,
                 unseen_style: bool = False) -> Scene:
    """A scene of `n_objects` (both ends included) different nouns.

    split 'test' draws fonts, grounds, palettes and layouts from the held-out pools in `held_out_fraction` of scenes.
    `unseen_style` draws every icon from the style that training never shows.
    """
    held = split == "test" and rng.random() < held_out_fraction
    seed = int(rng.integers(2**31))
    width, height = _picture_size(rng)
    ground = sample_ground(rng, held)
    layout = _pick(rng, HELD_OUT_LAYOUTS if held else TRAIN_LAYOUTS)
    styles = UNSEEN_STYLES if unseen_style else (
        (_pick(rng, TRAIN_STYLES),) if rng.random() < 0.6 else TRAIN_STYLES)
    fonts = tuple(HELD_OUT_FONTS if held else TRAIN_FONTS)
    if rng.random() < 0.5:
        fonts = (_pick(rng, fonts),)
    scene = Scene(width, height, seed, split, layout, ground, [], look=sample_look(rng),
                  shadow=float(rng.choice([0.0, 0.2, 0.3, 0.42])), shadow_angle=float(rng.uniform(30, 150)))
    _place(rng, scene, int(rng.integers(n_objects[0], n_objects[1] + 1)), styles, fonts)
    scene.shapes = sample_shapes(rng, scene)
    names = (("font", "ground", "palette", "layout") if held else ()) + (("style",) if unseen_style else ())
    scene.held_out = names
    return scene


def _picture_size(rng: Rng) -> tuple[int, int]:
    """Both sides within 1024..2048, so a tag of ordinary height stays under 6 px in a 256 px overview."""
    a, b = _pick(rng, SIZES)
    longest = 2048 / max(a, b) * min(a, b)
    short = rng.uniform(1024, max(1025, min(1536, longest)))
    w, h = (short * a / min(a, b), short * b / min(a, b))
    return min(2048, round(w)), min(2048, round(h))


def sample_ground(rng: Rng, held: bool) -> Ground:
    kind = _pick(rng, HELD_OUT_GROUNDS if held else TRAIN_GROUNDS)
    palette = _pick(rng, HELD_OUT_PALETTES if held else TRAIN_PALETTES)
    shift = rng.uniform(-10, 10, 3)
    colors = tuple(tuple(int(np.clip(c + s, 0, 255)) for c, s in zip(color, shift)) for color in PALETTES[palette])
    return Ground(kind, palette, colors, int(rng.integers(2**31)))  # type: ignore[arg-type]


def sample_look(rng: Rng) -> Look:
    return Look(
        blur=float(rng.uniform(0.4, 1.1)) if rng.random() < 0.3 else 0.0,
        jpeg=int(rng.integers(45, 92)) if rng.random() < 0.35 else 0,
        noise=float(rng.uniform(1, 6)) if rng.random() < 0.3 else 0.0,
        brightness=float(rng.uniform(0.85, 1.12)) if rng.random() < 0.5 else 1.0,
        contrast=float(rng.uniform(0.85, 1.12)) if rng.random() < 0.5 else 1.0,
    )


def tag_text(rng: Rng, kind: str) -> str:
    if kind == "dots":
        return str(int(rng.integers(1, 7)))
    if kind == "number":
        digits = int(rng.choice([1, 2, 3], p=[0.25, 0.5, 0.25]))
        return str(int(rng.integers(0 if digits == 1 else 10 ** (digits - 1), 10**digits)))
    n = int(rng.choice([1, 2, 3], p=[0.2, 0.45, 0.35]))
    while True:
        text = "".join(ALPHABET[int(i)] for i in rng.integers(len(ALPHABET), size=n))
        if any(c in LETTERS for c in text):
            return text


def _vary(rng: Rng, color: str) -> Rgb:
    return tuple(int(np.clip(c + d, 0, 255)) for c, d in zip(COLORS[color], rng.uniform(-14, 14, 3)))  # type: ignore[return-value]


def sample_tag(rng: Rng, height: float, fonts: tuple[str, ...], kind: str | None = None) -> Tag:
    """A tag at the origin; place it with `move_tag`."""
    kind = kind or str(rng.choice(["text", "number", "dots"], p=[0.5, 0.26, 0.24]))
    color = _pick(rng, COLOR_NAMES)
    ink = _pick(rng, INKS[color])
    tag = Tag(kind, tag_text(rng, kind), color, ink, _vary(rng, color), _vary(rng, ink), _pick(rng, fonts),
              _pick(rng, ("rounded", "rounded", "pill", "ticket", "square")), (0.0, 0.0), height, 0.0,
              float(rng.uniform(-4, 4)) if rng.random() < 0.6 else 0.0,
              float(rng.uniform(1.35, 1.9)) if kind == "dots" else float(rng.uniform(0.0, 0.07)),
              bool(rng.random() < 0.25), (0.0, 0.0, 0.0, 0.0))
    wide = content_width(tag)
    if kind == "dots":  # the plate's width must not give the count away
        wide = max(wide, DOT * (1 + 1.35 * (int(rng.integers(1, 7)) - 1)))
    tag.width = height * max(1.0, wide + rng.uniform(0.5, 0.9))
    return tag


def move_tag(tag: Tag, center: tuple[float, float]) -> Tag:
    tag.center = center
    tag.box = plate_box(tag)
    return tag


def _tag_height(rng: Rng, short: int, size: float) -> float:
    """Under 6 px of a 256 px overview but for one in eight; at least about 17 px in a crop of an object `size` long."""
    high = min(28.0, (20 if rng.random() < 0.88 else 28) * short / 1024)
    return float(rng.uniform(min(high, max(12.0, 0.1 * size)), high))


def _tag_spot(rng: Rng, box: Box, tag: Tag) -> tuple[float, float]:
    """Near or over the object's edge: below, above, a corner or a side."""
    x1, y1, x2, y2 = box
    w, h = tag.width / 2, tag.height / 2
    bite = rng.uniform(-0.35, 0.9) * tag.height
    slide = rng.uniform(-0.5, 0.5) * max(0.0, (x2 - x1) - tag.width)
    spot = str(rng.choice(["below", "above", "corner", "side"], p=[0.45, 0.2, 0.25, 0.1]))
    if spot == "below":
        return (x1 + x2) / 2 + slide, y2 + h - bite
    if spot == "above":
        return (x1 + x2) / 2 + slide, y1 - h + bite
    if spot == "corner":
        x = x2 - w * rng.uniform(0.2, 1) if rng.random() < 0.6 else x1 + w * rng.uniform(0.2, 1)
        y = y2 - h * rng.uniform(-0.6, 1) if rng.random() < 0.6 else y1 + h * rng.uniform(-0.6, 1)
        return x, y
    side = 1 if rng.random() < 0.5 else -1
    return (x2 + w - bite if side > 0 else x1 - w + bite), (y1 + y2) / 2 + rng.uniform(-0.3, 0.3) * (y2 - y1)


def _tag_kinds(rng: Rng, count: int) -> list[str]:
    """Half text; at least two numbers and two plates of dots in nearly every scene, so that every kind can be asked."""
    sure = ["number", "number", "number", "dots", "dots"] if count > 6 else ["number", "number", "dots", "dots"]
    rest = rng.choice(["text", "number", "dots"], max(0, count - len(sure)), p=[0.64, 0.19, 0.17]).tolist()
    kinds = [*sure, *rest]
    return [kinds[i] for i in rng.permutation(len(kinds))]


def _place(rng: Rng, scene: Scene, wanted: int, styles: tuple[str, ...], fonts: tuple[str, ...]) -> None:
    """Fills the layout's spots greedily, each object with its tag, none touching another; shrinks when crowded."""
    width, height = scene.width, scene.height
    longer = max(width, height)
    nouns = [NOUNS[i] for i in rng.permutation(len(NOUNS))[:wanted]]
    cell = math.sqrt(width * height / wanted)
    largest = min(0.135 * longer, 0.78 * cell)
    taken = np.zeros((0, 4))
    kinds = _tag_kinds(rng, wanted)
    for attempt, noun in enumerate(nouns):
        size = float(rng.uniform(min(0.09 * longer, largest * 0.9), largest))
        style = _pick(rng, styles)
        rotation = float(rng.uniform(-12, 12)) if rng.random() < 0.7 else 0.0
        flip = bool(rng.random() < 0.3)
        tag = sample_tag(rng, _tag_height(rng, min(width, height), size), fonts, kinds[attempt])
        for shrink in (1.0, 0.8, 0.66):
            size = max(size * shrink, 0.085 * longer)
            box = drawn_box(style, noun, (0.0, 0.0), size, rotation, flip)
            move_tag(tag, _tag_spot(rng, box, tag))
            foot = union(box, tag.box)
            spots = proposals(rng, scene.layout, attempt, wanted, width, height)
            gap = 0.008 * longer
            x1, y1, x2, y2 = spots[:, 0] + foot[0], spots[:, 1] + foot[1], spots[:, 0] + foot[2], spots[:, 1] + foot[3]
            free = (x1 > gap) & (y1 > gap) & (x2 < width - gap) & (y2 < height - gap)
            if len(taken):
                free &= ~((x1[:, None] < taken[None, :, 2] + gap) & (x2[:, None] > taken[None, :, 0] - gap)
                          & (y1[:, None] < taken[None, :, 3] + gap) & (y2[:, None] > taken[None, :, 1] - gap)).any(1)
            if free.any():
                break
        else:
            continue
        x, y = (float(v) for v in spots[int(np.argmax(free))])
        move_tag(tag, (tag.center[0] + x, tag.center[1] + y))
        placed = (box[0] + x, box[1] + y, box[2] + x, box[3] + y)
        scene.objects.append(SceneObject(
            noun, style, (x, y), size, rotation, float(rng.uniform(-14, 14)) if rng.random() < 0.25 else 0.0,
            float(rng.uniform(0.88, 1.1)) if rng.random() < 0.25 else 1.0, flip, placed, tag))
        taken = np.vstack([taken, union(placed, tag.box)])
    _strays(rng, scene, taken, fonts)


def _strays(rng: Rng, scene: Scene, taken: np.ndarray, fonts: tuple[str, ...]) -> None:
    """Plates that belong to nothing, clear of every object so that no tag is in doubt."""
    if rng.random() > 0.3:
        return
    for _ in range(int(rng.integers(1, 4))):
        tag = sample_tag(rng, _tag_height(rng, min(scene.width, scene.height), 0.0), fonts)
        spots = np.stack([rng.uniform(0.04, 0.96, 24) * scene.width, rng.uniform(0.04, 0.96, 24) * scene.height], 1)
        gap = 0.03 * max(scene.width, scene.height) + tag.width / 2
        clear = ((spots[:, :1] < taken[None, :, 0] - gap) | (spots[:, :1] > taken[None, :, 2] + gap)
                 | (spots[:, 1:] < taken[None, :, 1] - gap) | (spots[:, 1:] > taken[None, :, 3] + gap)).all(1)
        if clear.any():
            x, y = spots[int(np.argmax(clear))]
            move_tag(tag, (float(x), float(y)))
            scene.strays.append(tag)
            taken = np.vstack([taken, tag.box])


def sample_shapes(rng: Rng, scene: Scene) -> list[Shape]:
    """Confetti under everything else."""
    if rng.random() < 0.45:
        return []
    kinds = ("disc", "ring", "bar", "square", "triangle", "plus")
    if rng.random() < 0.5:
        kinds = (_pick(rng, kinds),)
    own = rng.random() < 0.6
    longer = max(scene.width, scene.height)
    out = []
    for _ in range(int(rng.integers(6, 31))):
        rgb = _pick(rng, scene.ground.colors[1:]) if own else _vary(rng, _pick(rng, COLOR_NAMES))
        out.append(Shape(_pick(rng, kinds), (float(rng.uniform(0, scene.width)), float(rng.uniform(0, scene.height))),
                         float(rng.uniform(0.006, 0.022) * longer), float(rng.uniform(0, 360)), rgb, float(rng.uniform(0.5, 1))))
    return out
