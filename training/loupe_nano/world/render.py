"""Draws any rectangle of a scene at any size: full pictures, overviews and crops are one code path.

A view finer than the picture is drawn at the picture's own resolution and enlarged, as a real crop is. Nothing is
cached here but drawn plates (on the scene, so that many views of one scene share them).
"""
from __future__ import annotations

import math

import numpy as np
from PIL import Image

from .augment import apply_look
from .grounds import GROUNDS, view
from .scene import Scene, SceneObject, Shape, Tag
from .sprites import CELL, SHADOW, sprite
from .tags import MASTER, draw_plate

Region = tuple[float, float, float, float]
#: Maps picture coordinates to output pixels: (x - x0) * sx, (y - y0) * sy.
Frame = tuple[float, float, float, float]


def render(scene: Scene, region: Region | None = None, size: tuple[int, int] = (256, 256), look: bool = True) -> np.ndarray:
    """uint8 [height, width, 3] of `region` (picture pixels, default all) at `size` = (width, height).

    `look` off leaves out blur, noise, compression and exposure.
    """
    x1, y1, x2, y2 = region or (0, 0, scene.width, scene.height)
    drawn = min(size[0], max(1, round(x2 - x1))), min(size[1], max(1, round(y2 - y1)))
    canvas = _compose(scene, (x1, y1, x2, y2), drawn)
    if look:
        canvas = apply_look(canvas, scene, (x1, y1, x2, y2))
    if drawn != tuple(size):
        canvas = np.asarray(Image.fromarray(canvas).resize(size, Image.Resampling.BILINEAR))
    return canvas


def _compose(scene: Scene, region: Region, size: tuple[int, int]) -> np.ndarray:
    x1, y1, x2, y2 = region
    g = scene.ground
    v = view(region, size, min(scene.width, scene.height))
    canvas = np.array(GROUNDS[g.kind](v, g))
    frame = (x1, y1, size[0] / (x2 - x1), size[1] / (y2 - y1))
    for shape in scene.shapes:
        _paint_shape(canvas, frame, shape)
    for tag in scene.strays:
        _paint_tag(canvas, frame, tag)
    for o in scene.objects:
        _paint_object(canvas, frame, scene, o)
    for o in scene.objects:
        _paint_tag(canvas, frame, o.tag)
    return canvas


def _warp(canvas: np.ndarray, frame: Frame, center: tuple[float, float], rotation: float, scale: float, flip: bool,
          image: Image.Image) -> tuple[np.ndarray, np.ndarray] | None:
    """Samples `image`, `scale` picture pixels per image pixel, turned about `center`; (canvas part, samples) or None."""
    x0, y0, sx, sy = frame
    a = math.radians(rotation)
    cos, sin = math.cos(a), math.sin(a)
    half_w, half_h = image.width / 2, image.height / 2
    reach_x = (abs(half_w * cos) + abs(half_h * sin)) * scale * sx
    reach_y = (abs(half_w * sin) + abs(half_h * cos)) * scale * sy
    cx, cy = (center[0] - x0) * sx, (center[1] - y0) * sy
    left, right = max(0, math.floor(cx - reach_x)), min(canvas.shape[1], math.ceil(cx + reach_x))
    top, bottom = max(0, math.floor(cy - reach_y)), min(canvas.shape[0], math.ceil(cy + reach_y))
    if left >= right or top >= bottom:
        return None
    ux, uy = 1 / (scale * sx), 1 / (scale * sy)
    m = -1.0 if flip else 1.0
    a0, b0, d0, e0 = m * cos * ux, m * sin * uy, -sin * ux, cos * uy
    c0 = half_w + a0 * (left - cx) + b0 * (top - cy)
    f0 = half_h + d0 * (left - cx) + e0 * (top - cy)
    warped = image.transform((right - left, bottom - top), Image.Transform.AFFINE, (a0, b0, c0, d0, e0, f0),
                             Image.Resampling.BILINEAR)
    return canvas[top:bottom, left:right], np.asarray(warped)


def _over(part: np.ndarray, source: np.ndarray) -> None:
    """Premultiplied source over, in place."""
    keep = 255 - source[..., 3:].astype(np.uint16)
    part[:] = source[..., :3] + ((part * keep + 127) // 255).astype(np.uint8)


def _level(count: int, shrink: float) -> int:
    """The half-size level nearest to a shrinking factor."""
    return min(count - 1, max(0, round(math.log2(max(shrink, 1e-6)))))


def _hue_matrix(degrees: float, light: float) -> np.ndarray:
    a = math.radians(degrees)
    c, s = math.cos(a), math.sin(a)
    third, root = 1 / 3, math.sqrt(1 / 3)
    m = np.full((3, 3), third * (1 - c)) + np.eye(3) * c
    m += root * s * np.array([[0, -1, 1], [1, 0, -1], [-1, 1, 0]])
    return (m * light).astype(np.float32)


def _paint_object(canvas: np.ndarray, frame: Frame, scene: Scene, o: SceneObject) -> None:
    s = sprite(o.style, o.noun)
    scale = o.size / s.longest
    if scene.shadow > 0:
        a = math.radians(scene.shadow_angle)
        at = o.center[0] + math.cos(a) * o.size * 0.045, o.center[1] + math.sin(a) * o.size * 0.045
        hit = _warp(canvas, frame, at, o.rotation, scale * CELL / SHADOW, o.flip, s.shadow)
        if hit:
            part, cover = hit
            keep = 255 - (cover * scene.shadow).astype(np.uint16)[..., None]
            part[:] = ((part * keep + 127) // 255).astype(np.uint8)
    level = _level(len(s.levels), 1 / (scale * math.sqrt(frame[2] * frame[3])))
    hit = _warp(canvas, frame, o.center, o.rotation, scale * 2**level, o.flip, s.levels[level])
    if not hit:
        return
    part, source = hit
    if o.hue or o.light != 1:
        source = source.copy()
        tinted = source[..., :3].astype(np.float32) @ _hue_matrix(o.hue, o.light).T
        source[..., :3] = np.clip(tinted + 0.5, 0, source[..., 3:])
    _over(part, source)


def plates(scene_tag: Tag) -> tuple[Image.Image, ...]:
    """The drawn levels of a tag, kept on the tag."""
    found = scene_tag.__dict__.get("_levels")
    if found is None:
        found = draw_plate(scene_tag)
        scene_tag.__dict__["_levels"] = found
    return found


def _paint_tag(canvas: np.ndarray, frame: Frame, tag: Tag) -> None:
    x0, y0, sx, sy = frame
    reach = tag.width + tag.height
    cx, cy = (tag.center[0] - x0) * sx, (tag.center[1] - y0) * sy
    if not (-reach * sx < cx < canvas.shape[1] + reach * sx and -reach * sy < cy < canvas.shape[0] + reach * sy):
        return
    levels = plates(tag)
    scale = tag.height / MASTER
    level = _level(len(levels), 1 / (scale * math.sqrt(sx * sy)))
    hit = _warp(canvas, frame, tag.center, tag.rotation, scale * levels[0].height / levels[level].height, False, levels[level])
    if hit:
        _over(*hit)


def _paint_shape(canvas: np.ndarray, frame: Frame, shape: Shape) -> None:
    x0, y0, sx, sy = frame
    cx, cy = (shape.center[0] - x0) * sx, (shape.center[1] - y0) * sy
    reach = shape.size * 0.75
    left, right = max(0, math.floor(cx - reach * sx) - 1), min(canvas.shape[1], math.ceil(cx + reach * sx) + 1)
    top, bottom = max(0, math.floor(cy - reach * sy) - 1), min(canvas.shape[0], math.ceil(cy + reach * sy) + 1)
    if left >= right or top >= bottom:
        return
    x = (np.arange(left, right, dtype=np.float32)[None] + 0.5 - cx) / (sx * shape.size)
    y = (np.arange(top, bottom, dtype=np.float32)[:, None] + 0.5 - cy) / (sy * shape.size)
    a = math.radians(shape.rotation)
    u, w = x * math.cos(a) + y * math.sin(a), y * math.cos(a) - x * math.sin(a)
    if shape.kind == "disc":
        inside = 0.5 - np.hypot(u, w)
    elif shape.kind == "ring":
        inside = 0.1 - np.abs(np.hypot(u, w) - 0.4)
    elif shape.kind == "bar":
        inside = np.minimum(0.5 - np.abs(u), 0.12 - np.abs(w))
    elif shape.kind == "square":
        inside = 0.4 - np.maximum(np.abs(u), np.abs(w))
    elif shape.kind == "triangle":
        inside = np.minimum(0.3 - w, (w * 0.5 + 0.25 - np.abs(u) * 0.866) )
    else:
        inside = np.maximum(np.minimum(0.5 - np.abs(u), 0.13 - np.abs(w)), np.minimum(0.5 - np.abs(w), 0.13 - np.abs(u)))
    cover = np.clip(inside * (shape.size * math.sqrt(sx * sy)) + 0.5, 0, 1)[..., None] * shape.opacity
    part = canvas[top:bottom, left:right]
    part[:] = (part + (np.array(shape.rgb, np.float32) - part) * cover + 0.5).astype(np.uint8)
