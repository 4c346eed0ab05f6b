"""PIL.ImageDraw: shapes and text into a picture."""

import math

import _loupe_pixels as _px

from . import ImageFont, missing
from ._modes import BANDS, ink


def _flat(xy):
    """Numbers of points that may stand in pairs or one after another."""
    if len(xy) > 0 and isinstance(xy[0], (tuple, list)):
        xy = [value for point in xy for value in point]
    if len(xy) % 2:
        raise TypeError("wrong number of coordinates")
    return [int(value) for value in xy], list(xy)


class ImageDraw:
    font = None

    def __init__(self, im, mode=None):
        self._image = im
        self.mode = mode or im.mode
        self._blends = 0
        if self.mode != im.mode:
            if self.mode != "RGBA" or im.mode != "RGB":
                raise ValueError("mode mismatch")
            self._blends = 1
        self.fill = False
        self.fontmode = "1" if self.mode == "1" else "L"

    def __getattr__(self, name):
        if name in ("arc", "bitmap", "chord", "pieslice", "rounded_rectangle", "shape", "im", "draw", "palette"):
            raise missing(f"ImageDraw.{name}")
        raise AttributeError(f"'ImageDraw' object has no attribute '{name}'")

    def _ink(self, color):
        # Without a color white, or in gray, as in Pillow, black.
        return ink(-1 if color is None else color, self.mode)

    def _draw(self, shape, color, *numbers):
        image = self._image
        shape(image._data, *image.size, len(BANDS[image.mode]), self._blends, *color, *numbers)
        image._changed()

    def _filled(self, shape, numbers, fill, outline, width):
        """The inside first, its edge over it; the edge alone, in white, where no color is given."""
        if fill is None and outline is None:
            outline = None if self.fill else self._ink(None)
        inner = None if fill is None else self._ink(fill)
        outer = None if outline is None else self._ink(outline)
        if inner is not None:
            self._draw(shape, inner, 1, 1, *numbers)
        if outer is not None and outer != inner and width != 0:
            self._draw(shape, outer, 0, width, *numbers)

    def _box(self, xy):
        whole, exact = _flat(xy)
        if len(whole) != 4:
            raise TypeError("coordinate list must contain exactly 2 coordinates")
        if exact[2] < exact[0]:
            raise ValueError("x1 must be greater than or equal to x0")
        if exact[3] < exact[1]:
            raise ValueError("y1 must be greater than or equal to y0")
        return whole

    def point(self, xy, fill=None):
        self._draw(_px.points, self._ink(fill), *_flat(xy)[0])

    def line(self, xy, fill=None, width=1, joint=None):
        numbers = _flat(xy)[0]
        if width != 0:
            self._draw(_px.lines, self._ink(fill), width, *numbers)
        if joint == "curve" and width > 4 and len(numbers) > 4:
            raise missing("ImageDraw.line() with joint='curve'")

    def rectangle(self, xy, fill=None, outline=None, width=1):
        self._filled(_px.rectangle, self._box(xy), fill, outline, width)

    def ellipse(self, xy, fill=None, outline=None, width=1):
        self._filled(_px.ellipse, self._box(xy), fill, outline, width)

    def circle(self, xy, radius, fill=None, outline=None, width=1):
        x, y = xy
        self.ellipse((x - radius, y - radius, x + radius, y + radius), fill, outline, width)

    def polygon(self, xy, fill=None, outline=None, width=1):
        numbers = _flat(xy)[0]
        if len(numbers) < 4:
            raise TypeError("coordinate list must contain at least 2 coordinates")
        self._filled(_px.polygon, numbers, fill, outline, width)

    def regular_polygon(self, bounding_circle, n_sides, rotation=0, fill=None, outline=None, width=1):
        *center, radius = bounding_circle
        x, y = center[0] if len(center) == 1 else center
        step = 360.0 / n_sides
        start = 270.0 + 0.5 * step + rotation if n_sides % 2 == 0 else 270.0 + rotation
        angles = [math.radians((start - 180 + 180 + at * step) % 360) for at in range(n_sides)]
        points = [(round(x + radius * math.cos(a), 2), round(y + radius * math.sin(a), 2)) for a in angles]
        self.polygon(points, fill, outline, width)

    # Text: a small font of this module's, so of its size and place, but not pixel for pixel Pillow's.

    def getfont(self):
        return self.font or ImageFont.load_default()

    def _font(self, font, size):
        return font or (ImageFont.load_default(size) if size else self.getfont())

    def _lines(self, xy, text, font, anchor, spacing, align, stroke_width):
        lines = str(text).split("\n")
        step = font.getbbox("A")[3] + stroke_width + spacing
        widths = [font.getlength(line) for line in lines]
        anchor = anchor or "la"
        across, down = anchor
        top = xy[1]
        if down == "m":
            top -= (len(lines) - 1) * step / 2
        elif down in "bd":
            top -= (len(lines) - 1) * step
        for line, width in zip(lines, widths):
            spare = max(widths) - width
            left = xy[0] + (spare / 2 if align == "center" else spare if align == "right" else 0)
            left -= {"l": 0, "m": max(widths) / 2, "r": max(widths)}[across]
            yield left, top + font.above(line, down), line
            top += step

    def text(
        self, xy, text, fill=None, font=None, anchor=None, spacing=4, align="left", direction=None, features=None,
        language=None, stroke_width=0, stroke_fill=None, embedded_color=False, *, font_size=None,
    ):  # fmt: skip
        font = self._font(font, font_size)
        color = self._ink(fill)
        edge = color if stroke_fill is None else self._ink(stroke_fill)
        reach = math.ceil(stroke_width)
        around = [
            (x, y)
            for y in range(-reach, reach + 1)
            for x in range(-reach, reach + 1)
            if 0 < x * x + y * y <= stroke_width * stroke_width
        ]
        for left, top, line in self._lines(xy, text, font, anchor, spacing, align, stroke_width):
            for x, y in around:
                self._letters(line, font, left + x, top + y, edge)
            self._letters(line, font, left, top, color)

    multiline_text = text

    def _letters(self, line, font, left, top, color):
        image = self._image
        count = len(BANDS[image.mode])
        for x, y, size, mask in font.glyphs(line):
            if self.fontmode == "1":
                mask = _px.toBlackAndWhite(mask, *size, 1, False)
            if self._blends and color[3] < 255:
                table = bytes(value * color[3] // 255 for value in range(256))
                mask = _px.lookUp(mask, 1, _px.fromBuffer(table))
            place = (image._data, *image.size, count, mask, *size, int(left + x), int(top + y))
            _px.fillBy(*place, image.mode in ("LA", "RGBA"), *color[:count])
        image._changed()

    def textlength(self, text, font=None, direction=None, features=None, language=None, embedded_color=False, *, font_size=None):
        if "\n" in text:
            raise ValueError("can't measure length of multiline text")
        return self._font(font, font_size).getlength(text)

    def textbbox(
        self, xy, text, font=None, anchor=None, spacing=4, align="left", direction=None, features=None, language=None,
        stroke_width=0, embedded_color=False, *, font_size=None,
    ):  # fmt: skip
        font = self._font(font, font_size)
        boxes = []
        for left, top, line in self._lines(xy, text, font, anchor, spacing, align, stroke_width):
            x0, y0, x1, y1 = font.getbbox(line)
            boxes.append((left + x0, top + y0, left + x1, top + y1))
        x0, y0, x1, y1 = (pick(side) for pick, side in zip((min, min, max, max), zip(*boxes)))
        return (x0 - stroke_width, y0 - stroke_width, x1 + stroke_width, y1 + stroke_width)

    multiline_textbbox = textbbox


def Draw(im, mode=None):
    return ImageDraw(im, mode)


def floodfill(image, xy, value, border=None, thresh=0):
    raise missing("ImageDraw.floodfill")
