"""One pair of axes: what is on it, kept until it is drawn."""

import re

from PIL import Image

from . import _colors, missing

_FORMAT = re.compile(r"(?P<color>[bgrcmykw]|C\d)|(?P<style>--|-\.|-|:)|(?P<marker>[.,ov^<>sp*hHDdP+xX|_])")


def _styled(fmt):
    """Color, style and marker of a format like `r--` or `bo`."""
    found = {}
    at = 0
    while at < len(fmt):
        match = _FORMAT.match(fmt, at)
        if not match:
            raise ValueError(f"{fmt!r} is not a valid format string (unrecognized character {fmt[at]!r})")
        found[match.lastgroup] = match.group()
        at = match.end()
    return found


def _numbers(values):
    return [float(value) for value in values]


class Axes:
    def __init__(self, figure, box):
        self.figure = figure
        # Left, bottom, width and height as shares of the figure.
        self.box = box
        # Where it stands in a grid: rows, columns, row, column.
        self.cell = None
        self.clear()

    def clear(self):
        self.artists = []
        self.title = self.xlabel = self.ylabel = ""
        self.sizes = {}
        self.visible, self.gridded, self.key = True, False, False
        self.equal = False
        self.limits = [None, None]
        self.ticks = [None, None]
        self.labels = [None, None]
        self._next = 0

    cla = clear

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        raise missing(f"Axes.{name}")

    def _color(self, color):
        if color is None:
            color = f"C{self._next}"
            self._next += 1
        return _colors.rgb(color)

    # What is drawn -------------------------------------------------------------------------------------------------

    def imshow(self, X, cmap=None, vmin=None, vmax=None, interpolation=None, aspect=None, alpha=None, extent=None, **_):
        if extent is not None or aspect == "auto":
            raise missing("imshow() with an extent or a free aspect")
        picture = X if isinstance(X, Image.Image) else _picture(X)
        if picture.mode in ("1", "L"):
            picture = _mapped(picture, cmap or "viridis", vmin, vmax)
        picture = picture.convert("RGBA" if picture.mode == "LA" else picture.mode)
        self.artists.append(("image", picture, interpolation))
        self.equal = True
        self.limits = [(-0.5, picture.width - 0.5), (picture.height - 0.5, -0.5)]

    def plot(self, *args, color=None, linestyle=None, marker=None, linewidth=None, markersize=6, label="", **kw):
        values = list(args)
        while values:
            xs = values.pop(0)
            ys = values.pop(0) if values and not isinstance(values[0], str) else None
            if ys is None:
                xs, ys = range(len(xs)), xs
            style = _styled(values.pop(0)) if values and isinstance(values[0], str) else {}
            drawn = marker or style.get("marker")
            line = linestyle or kw.get("ls") or style.get("style") or ("" if "marker" in style else "-")
            chosen = self._color(color or kw.get("c") or style.get("color"))
            width = linewidth or kw.get("lw") or 1.5
            if len(xs) != len(ys):
                raise ValueError(f"x and y must have same first dimension, but have shapes ({len(xs)},) and ({len(ys)},)")
            points = list(zip(_numbers(xs), _numbers(ys)))
            if line not in ("", " ", "None", "none"):
                self.artists.append(("line", points, chosen, width, line, label))
            if drawn and drawn != "None":
                self.artists.append(("marks", points, chosen, kw.get("ms", markersize), drawn, "" if line else label))

    def scatter(self, x, y, s=36, c=None, color=None, marker="o", label="", **_):
        if c is not None and not isinstance(c, (str, tuple)):
            raise missing("scatter() with a color for each point")
        xs, ys = (list(v) if hasattr(v, "__iter__") else [v] for v in (x, y))
        size = (s if isinstance(s, (int, float)) else s[0]) ** 0.5
        self.artists.append(("marks", list(zip(_numbers(xs), _numbers(ys))), self._color(color or c), size, marker, label))

    def _bars(self, flat, places, lengths, thick, start, color, label, align, edgecolor):
        places = list(places)
        axis = 1 if flat else 0
        if any(isinstance(place, str) for place in places):
            self.ticks[axis], self.labels[axis] = list(range(len(places))), [str(place) for place in places]
            places = range(len(places))
        lengths = list(lengths) if hasattr(lengths, "__iter__") else [lengths] * len(places)
        if len(places) != len(lengths):
            raise ValueError("shape mismatch: objects cannot be broadcast to a single shape.")
        many = isinstance(color, list)
        first = None if many else self._color(color)
        boxes = []
        for index, (place, length) in enumerate(zip(_numbers(places), _numbers(lengths))):
            low = place - thick / 2 if align == "center" else place
            base = start[index] if hasattr(start, "__iter__") else start
            span, across = (low, low + thick), (base, base + length)
            box = (across[0], span[0], across[1], span[1]) if flat else (span[0], across[0], span[1], across[1])
            boxes.append((box, _colors.rgb(color[index % len(color)]) if many else first))
        edge = None if edgecolor is None else _colors.rgb(edgecolor)
        self.artists.append(("bars", boxes, edge, label))
        return boxes

    def bar(self, x, height, width=0.8, bottom=0, *, align="center", color=None, edgecolor=None, label="", **_):
        return self._bars(False, x, height, width, bottom or 0, color, label, align, edgecolor)

    def barh(self, y, width, height=0.8, left=0, *, align="center", color=None, edgecolor=None, label="", **_):
        return self._bars(True, y, width, height, left or 0, color, label, align, edgecolor)

    def hist(self, x, bins=10, range=None, color=None, label="", edgecolor=None, **_):
        values = _numbers(x)
        if isinstance(bins, int):
            low, high = range or (min(values), max(values))
            edges = [low + (high - low) * at / bins for at in builtin_range(bins + 1)]
        else:
            edges = _numbers(bins)
        counts = [0.0] * (len(edges) - 1)
        for value in values:
            for at in builtin_range(len(counts)):
                last = at == len(counts) - 1
                if edges[at] <= value < edges[at + 1] or (last and value == edges[-1]):
                    counts[at] += 1
        chosen = self._color(color)
        boxes = [((edges[at], 0, edges[at + 1], n), chosen) for at, n in enumerate(counts)]
        self.artists.append(("bars", boxes, None if edgecolor is None else _colors.rgb(edgecolor), label))
        return counts, edges, boxes

    def add_patch(self, patch):
        self.artists.append(("patch", patch))
        return patch

    def _ruled(self, kind, place, color, linestyle, linewidth, kw):
        hue = _colors.rgb(kw.get("c", color))
        self.artists.append((kind, float(place), hue, kw.get("lw", linewidth), kw.get("ls", linestyle)))

    def axhline(self, y=0, color="C0", linestyle="-", linewidth=1.5, **kw):
        self._ruled("across", y, color, linestyle, linewidth, kw)

    def axvline(self, x=0, color="C0", linestyle="-", linewidth=1.5, **kw):
        self._ruled("down", x, color, linestyle, linewidth, kw)

    def text(self, x, y, s, fontsize=None, color="k", ha=None, va=None, bbox=None, transform=None, **kw):
        across, down = ha or kw.get("horizontalalignment", "left"), va or kw.get("verticalalignment", "baseline")
        back = None if not bbox else _colors.rgb(bbox.get("facecolor", bbox.get("fc", "C0")))
        size = fontsize or kw.get("size") or 10
        free = transform is not None
        self.artists.append(("text", (float(x), float(y)), str(s), size, _colors.rgb(kw.get("c", color)), across, down, back, free))

    def annotate(self, text, xy, xytext=None, arrowprops=None, color="k", **kw):
        place = xytext or xy
        if arrowprops is not None and xytext is not None:
            hue = _colors.rgb(arrowprops.get("color", "k"))
            self.artists.append(("line", [tuple(map(float, place)), tuple(map(float, xy))], hue, 1.5, "-", ""))
        self.text(*place, text, color=color, **kw)

    # How it looks --------------------------------------------------------------------------------------------------

    def axis(self, arg=None):
        if arg in ("off", False):
            self.visible = False
        elif arg in ("on", True):
            self.visible = True
        elif arg in ("equal", "scaled", "image", "square"):
            self.equal = True
        elif arg not in (None, "tight", "auto"):
            self.limits = [tuple(arg[:2]), tuple(arg[2:])]
        return (*self._limit(0), *self._limit(1))

    def _limit(self, axis):
        from ._drawing import limits_of

        return limits_of(self)[axis]

    def set_axis_off(self):
        self.visible = False

    def set_axis_on(self):
        self.visible = True

    def _titled(self, name, text, fontsize):
        setattr(self, name, str(text))
        self.sizes[name] = fontsize

    def set_title(self, label, fontsize=None, **_):
        self._titled("title", label, fontsize)

    def set_xlabel(self, label, fontsize=None, **_):
        self._titled("xlabel", label, fontsize)

    def set_ylabel(self, label, fontsize=None, **_):
        self._titled("ylabel", label, fontsize)

    def _set_limit(self, axis, low, high):
        if high is None and hasattr(low, "__iter__"):
            low, high = low
        current = self._limit(axis)
        self.limits[axis] = (current[0] if low is None else low, current[1] if high is None else high)
        return self.limits[axis]

    def set_xlim(self, left=None, right=None, **_):
        return self._set_limit(0, left, right)

    def set_ylim(self, bottom=None, top=None, **_):
        return self._set_limit(1, bottom, top)

    def get_xlim(self):
        return self._limit(0)

    def get_ylim(self):
        return self._limit(1)

    def invert_yaxis(self):
        self.limits[1] = self._limit(1)[::-1]

    def set_xticks(self, ticks, labels=None, **_):
        self.ticks[0], self.labels[0] = list(ticks), labels and [str(label) for label in labels]

    def set_yticks(self, ticks, labels=None, **_):
        self.ticks[1], self.labels[1] = list(ticks), labels and [str(label) for label in labels]

    def set_xticklabels(self, labels, **_):
        self.labels[0] = [str(label) for label in labels]

    def set_yticklabels(self, labels, **_):
        self.labels[1] = [str(label) for label in labels]

    def set_aspect(self, aspect, **_):
        self.equal = aspect in ("equal", 1, 1.0)

    def tick_params(self, **_):
        """Ticks look one way here."""

    def grid(self, visible=True, *_, **__):
        self.gridded = visible is not False

    def legend(self, *args, **_):
        if args:
            raise missing("legend() with names: give each line its label")
        self.key = True

    transAxes = "axes"


builtin_range = range


def _picture(rows):
    """Lists of numbers or of colors; fractions reach from 0 to 1 where there are colors."""
    rows = [list(row) for row in rows]
    size = (len(rows[0]), len(rows))
    flat = [value for row in rows for value in row]
    if isinstance(flat[0], (tuple, list)):
        scale = 255 if any(isinstance(value, float) for value in flat[0]) else 1
        return Image.frombytes("RGB", size, bytes(max(0, min(255, round(v * scale))) for c in flat for v in c[:3]))
    low, high = min(flat), max(flat)
    span = (high - low) or 1
    return Image.frombytes("L", size, bytes(round(255 * (value - low) / span) for value in flat))


def _mapped(picture, name, vmin, vmax):
    """From gray to a map's colors, the darkest at its low end."""
    table = _colors.table(name)
    if table is None:
        raise missing(f"the color map {name!r}")
    picture = picture.convert("L")
    low, high = picture.getextrema()
    low, high = low if vmin is None else vmin, high if vmax is None else vmax
    at = [max(0, min(255, int(256 * (value - low) / ((high - low) or 1)))) for value in range(256)]
    return Image.merge("RGB", [picture.point([table[value][band] for value in at]) for band in range(3)])
