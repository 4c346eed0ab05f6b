"""PIL.ImageChops: two pictures, channel by channel."""

import _loupe_pixels as _px

from . import names_missing


def _alike(a, b):
    if a.mode != b.mode:
        raise ValueError("image has wrong mode")
    width, height = min(a.width, b.width), min(a.height, b.height)
    return a.crop((0, 0, width, height)), b.crop((0, 0, width, height))


def difference(image1, image2):
    a, b = _alike(image1, image2)
    return a._new(_px.difference(a._data, b._data))


def multiply(image1, image2):
    a, b = _alike(image1, image2)
    return a._new(_px.multiply(a._data, b._data))


def invert(image):
    return image.point([255 - value for value in range(256)] * len(image.getbands()))


def duplicate(image):
    return image.copy()


__getattr__ = names_missing(
    "PIL.ImageChops",
    {
        "add", "add_modulo", "blend", "composite", "constant", "darker", "hard_light", "lighter", "logical_and",
        "logical_or", "logical_xor", "offset", "overlay", "screen", "soft_light", "subtract", "subtract_modulo",
    },
)  # fmt: skip
