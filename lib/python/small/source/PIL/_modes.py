"""What modes a picture may have, and which bytes a color is in each."""

from . import missing

BANDS = {
    "1": ("1",),
    "L": ("L",),
    "LA": ("L", "A"),
    "RGB": ("R", "G", "B"),
    "RGBA": ("R", "G", "B", "A"),
    "HSV": ("H", "S", "V"),
}
_OTHERS = {"P", "PA", "I", "F", "CMYK", "YCbCr", "LAB", "La", "RGBa", "RGBX", "I;16", "I;16L", "I;16B", "I;16N"}


def channels(mode):
    if mode in BANDS:
        return len(BANDS[mode])
    if mode in _OTHERS:
        raise missing(f"mode {mode}")
    raise ValueError(f"unrecognized image mode: {mode!r}")


def _byte(value):
    return max(0, min(255, int(value)))


def ink(color, mode):
    """The bytes of a color: of a name, a number or a tuple, as Pillow reads them."""
    if isinstance(color, str):
        from . import ImageColor

        color = ImageColor.getcolor(color, mode)
    count = channels(mode)
    if isinstance(color, (tuple, list)):
        color = tuple(color)
        if count == 1:
            if len(color) != 1:
                raise TypeError("color must be int or single-element tuple")
            color = color[0]
    if isinstance(color, (tuple, list)):
        if len(color) == 1:
            return ink(color[0], mode)
        for value in color:
            if not isinstance(value, int):
                raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
        if count == 2:
            if len(color) != 2:
                raise TypeError("color must be int, or tuple of one or two elements")
            return tuple(map(_byte, color))
        if len(color) not in (3, 4):
            raise TypeError("color must be int, or tuple of one, three or four elements")
        color = tuple(map(_byte, color)) + (255,) * (4 - len(color))
        return color[:count]
    if isinstance(color, float) and count == 1:
        raise TypeError("'float' object cannot be interpreted as an integer")
    if not isinstance(color, int):
        raise TypeError("color must be int or tuple")
    if count == 1:
        return (_byte(color),)
    # The first byte of a number is red, the last one alpha.
    parts = tuple((color >> (8 * at)) & 255 for at in range(4))
    return (parts[0], parts[3]) if count == 2 else parts[:count]
