"""PIL.ImageFont: one font (Aileron, CC0), in the size in which Pillow has it and scaled to others."""

import base64
import json
import math
import zlib

import _loupe_pixels as _px

from . import missing, names_missing
from ._font import FONT

_MASTERS = None


def _masters():
    """By size: ascent, descent, and for each letter its advance, place and mask."""
    global _MASTERS
    if _MASTERS is None:
        table, masks = base64.b85decode(FONT[0]), zlib.decompress(base64.b85decode(FONT[1]))
        _MASTERS = {int(size): font for size, font in json.loads(zlib.decompress(table)).items()}
        at = 0
        for font in _MASTERS.values():
            for glyph in font["glyphs"].values():
                _, _, _, width, height = glyph
                glyph.append(masks[at : at + width * height])
                at += width * height
    return _MASTERS


class FreeTypeFont:
    def __init__(self, size):
        if size <= 0:
            raise ValueError(f"font size must be greater than 0, not {size}")
        self.size = size
        masters = _masters()
        self._master = masters.get(size) or masters[max(masters)]
        self._scale = 1 if size in masters else size / max(masters)
        self._made = {}

    def __getattr__(self, name):
        if name in ("getmask", "getmask2", "font_variant", "get_variation_names", "set_variation_by_name", "font"):
            raise missing(f"ImageFont.{name}")
        raise AttributeError(f"'FreeTypeFont' object has no attribute '{name}'")

    def getmetrics(self):
        return round(self._master["ascent"] * self._scale), round(self._master["descent"] * self._scale)

    def getname(self):
        return ("Aileron", "Regular")

    def _glyph(self, letter):
        """Advance, x, y (from the ascender), size, mask; a box for a letter that the font has not."""
        if letter in self._made:
            return self._made[letter]
        glyphs = self._master["glyphs"]
        advance, x, y, width, height, bytes_ = glyphs.get(letter) or glyphs["\u25a1"]
        mask = _px.fromBuffer(bytes_) if width * height else None
        if self._scale != 1 and mask is not None:
            wide, high = max(1, round(width * self._scale)), max(1, round(height * self._scale))
            mask = _px.resize(mask, width, height, 1, wide, high, 5, 0, 0, width, height)
            width, height = wide, high
        made = (advance * self._scale, math.floor(x * self._scale), round(y * self._scale), (width, height), mask)
        self._made[letter] = made
        return made

    def glyphs(self, line):
        """Place from the left end and the ascender, size and mask of each letter that leaves a mark."""
        left = 0.0
        for letter in line:
            advance, x, y, size, mask = self._glyph(letter)
            if mask is not None:
                yield round(left) + x, y, size, mask
            left += advance

    def getlength(self, text, *args, **kwargs):
        return float(sum(self._glyph(letter)[0] for letter in text))

    def above(self, line, down):
        """How far the ascender lies from the point that an anchor names."""
        ascent, descent = self.getmetrics()
        if down == "a":
            return 0
        if down == "m":
            return -(ascent + descent) / 2
        if down == "s":
            return -ascent
        if down == "d":
            return -(ascent + descent)
        box = self.getbbox(line)
        return -box[1] if down == "t" else -box[3]

    def getbbox(self, text, *args, **kwargs):
        marks = [(x, y, x + size[0], y + size[1]) for x, y, size, _ in self.glyphs(text)]
        if not marks:
            return (0, 0, int(self.getlength(text)), 0)
        lefts, tops, rights, bottoms = zip(*marks)
        return (min(0, *lefts), min(tops), max(round(self.getlength(text)), *rights), max(bottoms))


ImageFont = FreeTypeFont


def load_default(size=None):
    return FreeTypeFont(10 if size is None else size)


def truetype(font=None, size=10, index=0, encoding="", layout_engine=None):
    """There are no files of fonts here, as on many a machine."""
    raise OSError("cannot open resource")


__getattr__ = names_missing("PIL.ImageFont", {"load", "load_path", "load_default_imagefont", "TransposedFont", "Layout"})
