"""From a figure to a picture."""

import math

from PIL import Image, ImageDraw, ImageFont

from . import _colors

BLACK = (0, 0, 0)


def limits_of(axes):
    """What is shown of x and of y: as set, or all there is with a margin of a twentieth."""
    xs, ys, grounded = [], [], [False, False]
    for kind, *rest in axes.artists:
        if kind in ("line", "marks"):
            xs += [x for x, _ in rest[0]]
            ys += [y for _, y in rest[0]]
        elif kind == "bars":
            for (x0, y0, x1, y1), _ in rest[0]:
                xs += [x0, x1]
                ys += [y0, y1]
            boxes = [box for box, _ in rest[0]]
            grounded[1] |= all(box[1] == 0 for box in boxes)
            grounded[0] |= all(box[0] == 0 for box in boxes)
        elif kind == "across":
            ys.append(rest[0])
        elif kind == "down":
            xs.append(rest[0])
    made = []
    for axis, values in enumerate((xs, ys)):
        if axes.limits[axis] is not None:
            made.append(axes.limits[axis])
            continue
        low, high = (min(values), max(values)) if values else (0.0, 1.0)
        margin = (high - low) * 0.05 or abs(high) * 0.05 or 0.05
        made.append((low if grounded[axis] and low == 0 else low - margin, high + margin) if values else (0.0, 1.0))
    return made


def _ticks(low, high):
    low, high = min(low, high), max(low, high)
    rough = (high - low) / 7 or 1
    power = 10 ** math.floor(math.log10(rough))
    step = next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= rough)
    first = math.ceil(low / step - 1e-9)
    return [at * step for at in range(first, math.floor(high / step + 1e-9) + 1)], step


def _named(value, step):
    """As many digits as tell one step from the next."""
    digits = 0
    while digits < 6 and abs(step * 10**digits - round(step * 10**digits)) > 1e-6:
        digits += 1
    return f"{value:.{digits}f}"


class Canvas:
    """The figure's pixels, and the box around all that was drawn."""

    def __init__(self, figure):
        self.dpi = figure.dpi
        self.size = tuple(max(1, int(side * figure.dpi)) for side in figure.figsize)
        self.image = Image.new("RGB", self.size, _colors.rgb(figure.facecolor))
        self.draw = ImageDraw.Draw(self.image)
        self.used = None

    def pixels(self, points):
        return points * self.dpi / 72

    def font(self, points):
        named = {"xx-small": 5.8, "x-small": 6.9, "small": 8.3, "medium": 10, "large": 12, "x-large": 14.4, "xx-large": 17.3}
        return ImageFont.load_default(max(6, round(self.pixels(named.get(points, points)))))

    def use(self, x0, y0, x1, y1):
        box = (x0, y0, x1, y1)
        if self.used is None:
            self.used = box
        else:
            self.used = tuple(pick(a, b) for pick, a, b in zip((min, min, max, max), self.used, box))

    def words(self, x, y, text, points, color=BLACK, anchor="ms", back=None):
        font = self.font(points)
        box = self.draw.textbbox((x, y), text, font=font, anchor=anchor)
        if back is not None:
            self.draw.rectangle((box[0] - 4, box[1] - 4, box[2] + 4, box[3] + 4), fill=back, outline=BLACK)
        self.draw.text((x, y), text, fill=color, font=font, anchor=anchor)
        self.use(*box)
        return box

    def upright(self, x, y, text, points):
        """From below to above, its right side at x, its middle at y."""
        font = self.font(points)
        box = font.getbbox(text)
        mask = Image.new("L", (box[2] + 1, box[3] + 1), 0)
        ImageDraw.Draw(mask).text((0, 0), text, fill=255, font=font)
        mask = mask.crop((0, box[1], *mask.size)).rotate(90, expand=True)
        place = (int(x - mask.width), int(y - mask.height / 2))
        self.image.paste(BLACK, (*place, place[0] + mask.width, place[1] + mask.height), mask)
        self.use(*place, x, place[1] + mask.height)


def render(figure, tight):
    canvas = Canvas(figure)
    for axes in figure.axes:
        _axes(canvas, axes)
    if figure.title:
        canvas.words(canvas.size[0] / 2, canvas.size[1] * 0.02, figure.title, figure.title_size, anchor="ma")
    if not tight or canvas.used is None:
        return canvas.image
    pad = round(canvas.dpi / 10)
    x0, y0, x1, y1 = canvas.used
    box = (math.floor(x0) - pad, math.floor(y0) - pad, math.ceil(x1) + pad, math.ceil(y1) + pad)
    out = Image.new("RGB", (box[2] - box[0], box[3] - box[1]), _colors.rgb(figure.facecolor))
    out.paste(canvas.image, (-box[0], -box[1]))
    return out


def _axes(canvas, axes):
    width, height = canvas.size
    left, bottom, wide, high = axes.box
    x0, y0, w, h = left * width, (1 - bottom - high) * height, wide * width, high * height
    xlim, ylim = limits_of(axes)
    if axes.equal:
        across, down = abs(xlim[1] - xlim[0]), abs(ylim[1] - ylim[0])
        scale = min(w / across, h / down)
        x0, y0, w, h = x0 + (w - across * scale) / 2, y0 + (h - down * scale) / 2, across * scale, down * scale
    frame = tuple(round(value) for value in (x0, y0, x0 + w, y0 + h))

    def at(x, y):
        return (
            frame[0] + (x - xlim[0]) / (xlim[1] - xlim[0]) * (frame[2] - frame[0]),
            frame[3] - (y - ylim[0]) / (ylim[1] - ylim[0]) * (frame[3] - frame[1]),
        )

    canvas.use(*frame)
    # What lies beyond the frame is cut off with it.
    layer = canvas.image.crop((frame[0], frame[1], frame[2] + 1, frame[3] + 1))
    pen = ImageDraw.Draw(layer)

    def on_layer(x, y):
        px, py = at(x, y)
        return px - frame[0], py - frame[1]

    words = []
    if axes.visible and axes.gridded:
        for axis, limit in enumerate((xlim, ylim)):
            for tick in _axis_ticks(axes, axis, limit)[0]:
                px, py = on_layer(tick, tick)
                ends = (px, 0, px, layer.height) if axis == 0 else (0, py, layer.width, py)
                pen.line(ends, fill=(176, 176, 176))
    for kind, *rest in axes.artists:
        if kind == "text":
            words.append(rest)
        else:
            _ARTISTS[kind](canvas, layer, pen, on_layer, *rest)
    canvas.image.paste(layer, frame[:2])
    for place, text, points, color, across, down, back, free in words:
        x, y = (frame[0] + place[0] * (frame[2] - frame[0]), frame[3] - place[1] * (frame[3] - frame[1])) if free else at(*place)
        anchor = {"left": "l", "center": "m", "right": "r"}[across] + {"top": "t", "center": "m", "bottom": "b"}.get(down, "s")
        canvas.words(x, y, text, points, color, anchor, back)
    _frame(canvas, axes, frame, at, (xlim, ylim))


def _axis_ticks(axes, axis, limit):
    if axes.ticks[axis] is not None:
        ticks = axes.ticks[axis]
        step = abs(ticks[1] - ticks[0]) if len(ticks) > 1 and ticks[1] != ticks[0] else 1
    else:
        ticks, step = _ticks(*limit)
    names = axes.labels[axis] or [_named(tick, step) for tick in ticks]
    low, high = min(limit), max(limit)
    shown = [(tick, name) for tick, name in zip(ticks, names) if low <= tick <= high]
    return [tick for tick, _ in shown], [name for _, name in shown]


def _frame(canvas, axes, frame, at, limits):
    x0, y0, x1, y1 = frame
    top = y0
    if axes.visible:
        canvas.draw.rectangle(frame, outline=BLACK)
        reach = round(canvas.pixels(3.5))
        low, left = y1 + reach, x0 - reach
        for tick, name in zip(*_axis_ticks(axes, 0, limits[0])):
            x = at(tick, limits[1][0])[0]
            canvas.draw.line((x, y1, x, y1 + reach), fill=BLACK)
            low = max(low, canvas.words(x, y1 + reach + canvas.pixels(3.5), name, 10, anchor="ma")[3])
        for tick, name in zip(*_axis_ticks(axes, 1, limits[1])):
            y = at(limits[0][0], tick)[1]
            canvas.draw.line((x0 - reach, y, x0, y), fill=BLACK)
            left = min(left, canvas.words(x0 - reach - canvas.pixels(3.5), y, name, 10, anchor="rm")[0])
        if axes.xlabel:
            canvas.words((x0 + x1) / 2, low + canvas.pixels(4), axes.xlabel, axes.sizes.get("xlabel") or 10, anchor="ma")
        if axes.ylabel:
            canvas.upright(left - canvas.pixels(4), (y0 + y1) / 2, axes.ylabel, axes.sizes.get("ylabel") or 10)
    if axes.title:
        lines = axes.title.split("\n")
        points = axes.sizes.get("title") or 12
        for index, line in enumerate(reversed(lines)):
            y = top - canvas.pixels(6) - index * canvas.pixels(14)
            canvas.words((x0 + x1) / 2, y, line, points, anchor="ms")
    if axes.key:
        _key(canvas, axes, frame)


def _key(canvas, axes, frame):
    rows = []
    for kind, *rest in axes.artists:
        label = rest[-1].label if kind == "patch" else rest[-1]
        if kind in ("line", "marks", "bars", "patch") and label and not label.startswith("_"):
            hue = rest[0][0][1] if kind == "bars" else _colors.rgb(rest[0].face) if kind == "patch" else rest[1]
            rows.append((label, hue))
    if not rows:
        return
    font, step, pad = canvas.font(10), round(canvas.pixels(14)), round(canvas.pixels(6))
    wide = round(max(font.getlength(label) for label, _ in rows)) + 3 * pad + round(canvas.pixels(20))
    x1, y0 = frame[2] - pad, frame[1] + pad
    box = (x1 - wide, y0, x1, y0 + step * len(rows) + pad)
    canvas.draw.rectangle(box, fill=(255, 255, 255), outline=(204, 204, 204))
    for index, (label, hue) in enumerate(rows):
        y = y0 + pad / 2 + step * (index + 0.5)
        x = box[0] + pad
        canvas.draw.line((x, y, x + canvas.pixels(20), y), fill=hue, width=max(2, round(canvas.pixels(1.5))))
        canvas.draw.text((x + canvas.pixels(20) + pad, y), label, fill=BLACK, font=font, anchor="lm")


def _image(canvas, layer, pen, at, picture, interpolation):
    x0, y0 = at(-0.5, -0.5)
    x1, y1 = at(picture.width - 0.5, picture.height - 0.5)
    size = (max(1, round(abs(x1 - x0)) + 1), max(1, round(abs(y1 - y0)) + 1))
    grown = size[0] / picture.width
    near = interpolation in ("nearest", "none") or (interpolation is None and (grown >= 3 or grown in (1, 2)))
    named = {"bilinear": Image.BILINEAR, "bicubic": Image.BICUBIC, "lanczos": Image.LANCZOS}
    drawn = picture.resize(size, Image.NEAREST if near else named.get(interpolation, Image.HAMMING))
    place = (round(min(x0, x1)), round(min(y0, y1)))
    if drawn.mode == "RGBA":
        layer.paste(drawn, place, drawn)
    else:
        layer.paste(drawn.convert("RGB"), place)


def _dashes(points, style, unit):
    """Pieces of a line; all of it where it is drawn through."""
    pattern = {"--": (3.7, 1.6), "dashed": (3.7, 1.6), ":": (1, 1.65), "dotted": (1, 1.65), "-.": (6.4, 1.6)}.get(style)
    if pattern is None:
        return [points]
    pieces, left, on = [], pattern[0] * unit, True
    for (ax, ay), (bx, by) in zip(points, points[1:]):
        length, done = math.hypot(bx - ax, by - ay), 0.0
        while length - done > 1e-9:
            go = min(left, length - done)
            ends = [(ax + (bx - ax) * part / length, ay + (by - ay) * part / length) for part in (done, done + go)]
            if on:
                pieces.append(ends)
            done, left = done + go, left - go
            if left <= 1e-9:
                on = not on
                left = pattern[0 if on else 1] * unit
    return pieces


def _line(canvas, layer, pen, at, points, color, width, style, label=""):
    wide = max(1, round(canvas.pixels(width)))
    for piece in _dashes([at(*point) for point in points], style, wide):
        if len(piece) > 1:
            pen.line(piece, fill=color, width=wide)


def _marks(canvas, layer, pen, at, points, color, size, marker, label=""):
    reach = max(1, canvas.pixels(size) / 2) * (0.5 if marker == "." else 0.2 if marker == "," else 1)
    for point in points:
        x, y = at(*point)
        if marker in "sD":
            pen.rectangle((x - reach, y - reach, x + reach, y + reach), fill=color)
        elif marker in "x+X":
            ends = ((-1, -1, 1, 1), (-1, 1, 1, -1)) if marker in "xX" else ((-1, 0, 1, 0), (0, -1, 0, 1))
            for a, b, c, d in ends:
                pen.line((x + a * reach, y + b * reach, x + c * reach, y + d * reach), fill=color, width=2)
        elif marker == "^":
            pen.polygon([(x, y - reach), (x - reach, y + reach), (x + reach, y + reach)], fill=color)
        elif marker == "v":
            pen.polygon([(x, y + reach), (x - reach, y - reach), (x + reach, y - reach)], fill=color)
        else:
            pen.ellipse((x - reach, y - reach, x + reach, y + reach), fill=color)


def _bars(canvas, layer, pen, at, boxes, edge, label):
    for (x0, y0, x1, y1), color in boxes:
        (ax, ay), (bx, by) = at(x0, y0), at(x1, y1)
        pen.rectangle((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)), fill=color, outline=edge)


def _patch(canvas, layer, pen, at, patch):
    points = [at(*point) for point in patch.points]
    share = 1 if patch.alpha is None else patch.alpha
    wide = round(canvas.pixels(patch.width))
    if patch.fill:
        over = ImageDraw.Draw(layer, "RGBA")
        over.polygon(points, fill=(*_colors.rgb(patch.face), round(255 * share)))
    if patch.edge not in (None, "none") and wide > 0:
        hue = _colors.rgb(patch.edge)
        for from_, to in zip(points, points[1:] + points[:1]):
            pen.line((*from_, *to), fill=hue, width=wide)


def _across(canvas, layer, pen, at, y, color, width, style):
    py = at(0, y)[1]
    wide = max(1, round(canvas.pixels(width)))
    for piece in _dashes([(0, py), (layer.width, py)], style, wide):
        pen.line(piece, fill=color, width=wide)


def _down(canvas, layer, pen, at, x, color, width, style):
    px = at(x, 0)[0]
    wide = max(1, round(canvas.pixels(width)))
    for piece in _dashes([(px, 0), (px, layer.height)], style, wide):
        pen.line(piece, fill=color, width=wide)


_ARTISTS = {"image": _image, "line": _line, "marks": _marks, "bars": _bars, "patch": _patch, "across": _across, "down": _down}
