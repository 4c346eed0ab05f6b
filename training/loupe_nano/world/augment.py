"""What the camera and the file format did to a picture: blur, exposure, grain, JPEG. Decided by the scene's Look.

Lengths follow the resolution of the view, so that an overview and a crop of one scene agree.
"""
from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageFilter

from .scene import Scene


def apply_look(canvas: np.ndarray, scene: Scene, region: tuple[float, float, float, float]) -> np.ndarray:
    """uint8 [h, w, 3] in and out."""
    look = scene.look
    scale = canvas.shape[1] / (region[2] - region[0])
    image: Image.Image | None = None
    if look.brightness != 1 or look.contrast != 1:
        lut = np.clip(((np.arange(256) - 128) * look.contrast + 128) * look.brightness + 0.5, 0, 255).astype(np.uint8)
        image = Image.fromarray(canvas).point(list(lut) * 3)
    if look.blur * scale > 0.3:
        image = (image or Image.fromarray(canvas)).filter(ImageFilter.GaussianBlur(look.blur * scale))
    if look.noise * scale > 0.7:
        flat = np.asarray(image) if image is not None else canvas
        rng = np.random.default_rng((scene.seed, int(region[0]), int(region[1]), canvas.shape[1]))
        grain = _GRAIN[:flat.size] if flat.size <= _GRAIN.size else np.resize(_GRAIN, flat.size)
        grain = np.roll(grain, int(rng.integers(_GRAIN.size))) if flat.size == _GRAIN.size else grain
        level = look.noise * min(1.0, scale)
        image = Image.fromarray(np.clip(flat + grain.reshape(flat.shape) * level + 0.5, 0, 255).astype(np.uint8))
    if look.jpeg and scale > 0.5:
        buffer = io.BytesIO()
        (image or Image.fromarray(canvas)).save(buffer, "JPEG", quality=look.jpeg)
        image = Image.open(buffer)
    return canvas if image is None else np.array(image)


_GRAIN = np.random.default_rng(1).standard_normal(1 << 18).astype(np.float32)
