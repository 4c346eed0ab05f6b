"""From a picture to what the model sees: resizing (N14) and cutting a crop (N9) of docs/protocol.md.

The resize is Pillow's BILINEAR: a separable triangle filter widened by the scale when shrinking (antialiased), in
8-bit fixed point. The app must equal it to ≤ 1/255 mean error; `e2e/fixtures/golden` holds it to that.
"""

import math

import numpy as np
from PIL import Image

from .config import CROP_CONTEXT, CROP_MIN_SIDE, MEAN, STD

Box = tuple[float, float, float, float]


def to_rgb(image: Image.Image) -> Image.Image:
    """Alpha composed over white, then RGB."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        rgba = image.convert("RGBA")
        white = Image.new("RGBA", rgba.size, (255, 255, 255, 255))
        return Image.alpha_composite(white, rgba).convert("RGB")
    return image.convert("RGB")


def squash(image: Image.Image, size: int) -> np.ndarray:
    """u8 [size, size, 3]: the picture resized without keeping its aspect ratio."""
    return np.asarray(to_rgb(image).resize((size, size), Image.Resampling.BILINEAR))


def normalize(rgb: np.ndarray) -> np.ndarray:
    """u8 [..., S, S, 3] → f32 [..., 3, S, S]."""
    x = (rgb.astype(np.float32) / 255 - np.array(MEAN, np.float32)) / np.array(STD, np.float32)
    return np.ascontiguousarray(np.moveaxis(x, -1, -3))


def to_pixels(box_thousandths: Box, width: int, height: int) -> Box:
    """Thousandths of the upright original to its pixels (N7)."""
    x1, y1, x2, y2 = box_thousandths
    return x1 * width / 1000, y1 * height / 1000, x2 * width / 1000, y2 * height / 1000


def _round(v: float) -> int:
    return math.floor(v + 0.5)


def executed_crop(box: Box, width: int, height: int) -> tuple[int, int, int, int]:
    """The region in whole pixels that is cut out for an asked box in pixels (N9)."""
    x1, y1, x2, y2 = box
    side = _round(max(CROP_MIN_SIDE, CROP_CONTEXT * max(x2 - x1, y2 - y1)))
    w, h = min(side, width), min(side, height)
    left = min(max(_round((x1 + x2) / 2 - w / 2), 0), width - w)
    top = min(max(_round((y1 + y2) / 2 - h / 2), 0), height - h)
    return left, top, left + w, top + h


def ramp(size: int) -> np.ndarray:
    """The self-test picture of docs/model-manifest.md, u8 [size, size, 3]."""
    y, x = np.mgrid[0:size, 0:size]
    return np.stack([(x * 7 + y * 3) % 256, (x * 2 + y * 11) % 256, (x * 5 + y * 5) % 256], -1).astype(np.uint8)
