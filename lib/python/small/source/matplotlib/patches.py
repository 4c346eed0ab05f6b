"""matplotlib.patches: shapes over a picture."""

import math

from . import missing


class Patch:
    def __init__(self, edgecolor=None, facecolor=None, color=None, fill=True, linewidth=None, alpha=None, label="", **kw):
        self.edge = color or edgecolor or kw.get("ec")
        self.face = color or facecolor or kw.get("fc") or "C0"
        self.fill = fill and self.face != "none"
        self.width = linewidth if linewidth is not None else kw.get("lw", 1)
        self.alpha, self.label = alpha, label


class Rectangle(Patch):
    def __init__(self, xy, width, height, angle=0.0, **kw):
        super().__init__(**kw)
        if angle:
            raise missing("Rectangle with an angle")
        (x, y) = xy
        self.points = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]


class Polygon(Patch):
    def __init__(self, xy, closed=True, **kw):
        super().__init__(**kw)
        self.points = [tuple(point) for point in xy]


class Ellipse(Patch):
    def __init__(self, xy, width, height, angle=0.0, **kw):
        super().__init__(**kw)
        (x, y) = xy
        turn = math.radians(angle)
        around = [(width / 2 * math.cos(at * math.pi / 36), height / 2 * math.sin(at * math.pi / 36)) for at in range(72)]
        cos, sin = math.cos(turn), math.sin(turn)
        self.points = [(x + a * cos - b * sin, y + a * sin + b * cos) for a, b in around]


class Circle(Ellipse):
    def __init__(self, xy, radius=5, **kw):
        super().__init__(xy, 2 * radius, 2 * radius, **kw)


def __getattr__(name):
    if name in ("Arc", "Arrow", "ConnectionPatch", "FancyArrow", "FancyArrowPatch", "FancyBboxPatch", "PathPatch", "Wedge"):
        raise missing(f"matplotlib.patches.{name}")
    raise AttributeError(f"module 'matplotlib.patches' has no attribute '{name}'")
