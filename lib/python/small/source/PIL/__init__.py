"""A small Pillow: the part of it that code about pictures mostly uses, over functions in JavaScript.

Where it does something it does what Pillow does. What it has not says so by name.
"""

import sys

__version__ = "13.0.0"
SMALL = "the small Pillow"
HINT = "Only a part of Pillow is loaded here; the full libraries can be loaded in the page's settings."


class UnidentifiedImageError(OSError):
    pass


class NotInSmallPillow(NotImplementedError, AttributeError):
    """Names what is missing. An AttributeError too, so that hasattr() says no."""


def missing(name):
    return NotInSmallPillow(f"{name} is not in {SMALL}. {HINT}")


def names_missing(module, names):
    """A module's __getattr__: what Pillow has and this one has not says so, anything else is no attribute at all."""

    def lookup(name):
        if name in names:
            raise missing(f"{module}.{name}")
        raise AttributeError(f"module '{module}' has no attribute '{name}'")

    return lookup


_ABSENT = {
    "ExifTags", "FontFile", "ImageCms", "ImageDraw2", "ImageFile", "ImageGrab", "ImageMath", "ImageMode", "ImageMorph",
    "ImagePalette", "ImagePath", "ImageSequence", "ImageShow", "ImageTk", "ImageTransform", "ImageWin",
    "JpegImagePlugin", "PngImagePlugin", "TiffImagePlugin", "features",
}  # fmt: skip


def __getattr__(name):
    if name in _ABSENT:
        raise missing(f"PIL.{name}")
    raise AttributeError(f"module 'PIL' has no attribute '{name}'")


print(f"This is {SMALL}. {HINT}", file=sys.stderr)
