"""A scene as data: what is where, in pixels of the picture. No pixels here; render.py draws it.

Boxes are (x1, y1, x2, y2) in pixels of the full picture. Angles are degrees, clockwise on screen.
"""
from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

Box = tuple[float, float, float, float]
Rgb = tuple[int, int, int]


@dataclass
class Tag:
    """A plate with writing or dots. `box` is the upright extent of the (slightly turned) plate."""

    kind: str  # text | number | dots
    text: str  # what it shows; for dots the count
    color: str
    ink: str
    plate_rgb: Rgb
    ink_rgb: Rgb
    font: str
    shape: str  # rounded | pill | ticket | square
    center: tuple[float, float]
    height: float
    width: float
    rotation: float
    spacing: float  # letter spacing in plate heights; for dots the pitch in dot diameters
    border: bool
    box: Box


@dataclass
class SceneObject:
    """A noun drawn in one icon style. `box` is the tight extent of its drawn pixels, without the tag."""

    noun: str
    style: str
    center: tuple[float, float]
    size: float  # the longer side of the trimmed icon before turning
    rotation: float
    hue: float  # degrees of hue shift
    light: float  # factor on brightness
    flip: bool
    box: Box
    tag: Tag


@dataclass
class Shape:
    """A small untagged distractor."""

    kind: str  # disc | ring | bar | square | triangle | plus
    center: tuple[float, float]
    size: float
    rotation: float
    rgb: Rgb
    opacity: float


@dataclass
class Ground:
    """The backdrop: a procedural kind, its colours and its own seed."""

    kind: str
    palette: str
    colors: tuple[Rgb, ...]
    seed: int


@dataclass
class Look:
    """How the camera saw it. Lengths in pixels of the full picture."""

    blur: float = 0.0
    jpeg: int = 0  # quality, 0 for none
    noise: float = 0.0  # standard deviation in 1/255
    brightness: float = 1.0
    contrast: float = 1.0


@dataclass
class Scene:
    width: int
    height: int
    seed: int
    split: str
    layout: str
    ground: Ground
    objects: list[SceneObject]
    strays: list[Tag] = field(default_factory=list)  # plates that belong to no object
    shapes: list[Shape] = field(default_factory=list)
    look: Look = field(default_factory=Look)
    shadow: float = 0.3  # opacity of drop shadows
    shadow_angle: float = 60.0
    held_out: tuple[str, ...] = ()

    def find(self, noun: str) -> SceneObject | None:
        return next((o for o in self.objects if o.noun == noun), None)


def whole_box(scene: Scene, box: Box) -> list[int]:
    """The box grown to whole pixels inside the picture, as scene.json keeps it."""
    return [max(0, math.floor(box[0])), max(0, math.floor(box[1])),
            min(scene.width, math.ceil(box[2])), min(scene.height, math.ceil(box[3]))]


def scene_json(scene: Scene, image: str, questions: list[dict[str, Any]]) -> dict[str, Any]:
    """docs/scene-format.md."""
    objects: list[dict[str, Any]] = []
    for o in scene.objects:
        objects.append({"noun": o.noun, "box": whole_box(scene, o.box), "tag": o.tag.text, "tagBox": whole_box(scene, o.tag.box),
                        "tagKind": o.tag.kind, "tagColor": o.tag.color, "inkColor": o.tag.ink, "style": o.style})
    return {
        "image": image, "width": scene.width, "height": scene.height, "objects": objects, "questions": questions,
        "provenance": {"seed": scene.seed, "split": scene.split, "heldOut": list(scene.held_out)},
    }


def crop_region(box: Box, width: int, height: int, min_side: int = 64, context: float = 1.25) -> tuple[int, int, int, int]:
    """The executed crop of an asked box in original pixels: rule N9 of docs/protocol.md."""
    x1, y1, x2, y2 = box
    side = math.floor(max(min_side, context * max(x2 - x1, y2 - y1)) + 0.5)
    w, h = min(side, width), min(side, height)
    left = math.floor((x1 + x2) / 2 - w / 2 + 0.5)
    top = math.floor((y1 + y2) / 2 - h / 2 + 0.5)
    left, top = min(max(left, 0), width - w), min(max(top, 0), height - h)
    return left, top, left + w, top + h


def union(a: Box, b: Box) -> Box:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])
