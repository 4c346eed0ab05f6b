"""Views to learn from: overviews, crops around a tag, and sheets full of tags. What a view shows is the world's business."""

import numpy as np

from .world import Scene, crop_region, render, sample_scene, union
from .world.sample import move_tag, sample_ground, sample_look, sample_tag
from .world.vocabulary import TRAIN_FONTS

Rng = np.random.Generator
Region = tuple[float, float, float, float]


def tag_box(rng: Rng, scene: Scene, tag, wobble: float = 1.0) -> Region:
    """A box to ask for around a tag: a little of the object beside it, never exact. In pixels, inside the picture."""
    short = min(scene.width, scene.height)
    side = max(tag.width * rng.uniform(1.2, 1.6), short * rng.uniform(0.085, 0.125))
    slack = max(0.0, side - tag.width) / 2
    cx = tag.center[0] + float(np.clip(rng.normal(0, 0.35 * wobble), -1, 1)) * slack
    cy = tag.center[1] + float(np.clip(rng.normal(0, 0.35 * wobble), -1, 1)) * slack
    side_x, side_y = side * rng.uniform(0.95, 1.1), side * rng.uniform(0.9, 1.05)
    x1, y1 = max(0.0, cx - side_x / 2), max(0.0, cy - side_y / 2)
    x2, y2 = min(scene.width, cx + side_x / 2), min(scene.height, cy + side_y / 2)
    return x1, y1, x2, y2


def look_box(rng: Rng, scene: Scene, o, wobble: float = 1.0) -> Region:
    """A box to ask for around an object with its tag, never exact. In pixels, inside the picture."""
    x1, y1, x2, y2 = union(o.box, o.tag.box)
    reach = 0.012 * max(scene.width, scene.height) * wobble
    x1, y1, x2, y2 = (v + float(rng.normal(0, reach)) for v in (x1, y1, x2, y2))
    return max(0.0, x1), max(0.0, y1), min(scene.width, x2), min(scene.height, y2)


def close_box(rng: Rng, scene: Scene, tag) -> Region:
    """A box to ask for around a tag alone, once a first look has shown where it is. In pixels, inside the picture."""
    side = max(tag.height * rng.uniform(5.0, 7.0), tag.width * rng.uniform(2.0, 2.5))
    cx, cy = (v + float(np.clip(rng.normal(0, 0.07), -0.15, 0.15)) * side for v in tag.center)
    half_x, half_y = side / 2, side * rng.uniform(0.7, 1.0) / 2
    return max(0.0, cx - half_x), max(0.0, cy - half_y), min(scene.width, cx + half_x), min(scene.height, cy + half_y)


def tens(box: Region, scene: Scene) -> tuple[int, int, int, int]:
    """A box in pixels as multiples of ten thousandths, not empty."""
    x1, x2 = (round(v / scene.width * 100) for v in (box[0], box[2]))
    y1, y2 = (round(v / scene.height * 100) for v in (box[1], box[3]))
    x1, y1 = min(max(x1, 0), 99), min(max(y1, 0), 99)
    return x1 * 10, y1 * 10, min(max(x2, x1 + 1), 100) * 10, min(max(y2, y1 + 1), 100) * 10


def from_tens(box: tuple[int, int, int, int], scene: Scene) -> Region:
    return (box[0] * scene.width / 1000, box[1] * scene.height / 1000, box[2] * scene.width / 1000, box[3] * scene.height / 1000)


def executed(box: tuple[int, int, int, int], scene: Scene) -> tuple[int, int, int, int]:
    """The region that rule N9 cuts out for a box in thousandths."""
    return crop_region(from_tens(box, scene), scene.width, scene.height)


def sheet(rng: Rng) -> Scene:
    """A small picture strewn with tags: many glyphs to learn from in one view."""
    side = int(rng.integers(96, 240))
    scene = Scene(side, side, int(rng.integers(2**31)), "train", "sheet", sample_ground(rng, False), [], look=sample_look(rng))
    fonts = tuple(TRAIN_FONTS)
    taken = np.zeros((0, 4))
    for _ in range(60):
        tag = sample_tag(rng, float(rng.uniform(12, 26)), fonts)
        if tag.width > side * 0.8:
            continue
        spots = rng.uniform(0, side, (8, 2))
        half = np.array([tag.width / 2 + 1, tag.height / 2 + 1])
        lo, hi = spots - half, spots + half
        clash = ((lo[:, None] < taken[None, :, 2:]) & (hi[:, None] > taken[None, :, :2])).all(-1).any(1)
        if not clash.any() or (~clash).any():
            x, y = spots[int(np.argmin(clash))]
            move_tag(tag, (float(x), float(y)))
            scene.strays.append(tag)
            taken = np.vstack([taken, tag.box])
    return scene


def tower_views(rng: Rng) -> list[tuple[Scene, Region | None]]:
    """One scene's overview, crops around some of its tags, an odd region, and a sheet of tags."""
    scene = sample_scene(rng, n_objects=(8, 24))
    views: list[tuple[Scene, Region | None]] = [(scene, None)]
    tagged = [o for o in scene.objects if o.tag is not None]
    for i in rng.permutation(len(tagged))[:2]:
        views.append((scene, crop_region(tag_box(rng, scene, tagged[i].tag, 2.0), scene.width, scene.height)))
    o = scene.objects[int(rng.integers(len(scene.objects)))] if scene.objects else None
    if o is not None and rng.random() < 0.5:
        side = float(rng.uniform(0.12, 0.5)) * scene.width
        x, y = o.center[0] + rng.normal(0, 0.15) * side, o.center[1] + rng.normal(0, 0.15) * side
        views.append((scene, crop_region((x - side / 2.5, y - side / 2.5, x + side / 2.5, y + side / 2.5), scene.width, scene.height)))
    views.append((sheet(rng), None))
    extra = sample_scene(rng, n_objects=(12, 28)) if rng.random() < 0.6 else None
    if extra is not None:
        views.append((extra, None))
    return views


def picture(scene: Scene, region: Region | None = None) -> np.ndarray:
    return render(scene, region)
