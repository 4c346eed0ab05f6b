"""matplotlib.pyplot: figures, and show() for each that is open."""

import _loupe

from . import missing, rcParams
from ._axes import Axes
from ._drawing import render
from .patches import Circle, Polygon, Rectangle  # noqa: F401 (plt.Rectangle)

_figures = []


class Figure:
    def __init__(self, figsize=None, dpi=None, facecolor="w", **_):
        self.figsize = tuple(figsize or rcParams["figure.figsize"])
        self.dpi = float(dpi or rcParams["figure.dpi"])
        self.facecolor = facecolor
        self.axes = []
        self.title, self.title_size = "", 12
        self.current = None
        # Where the axes begin and end, as shares of the figure, and the gaps between them as shares of one.
        self.spans = {"left": 0.125, "right": 0.9, "bottom": 0.11, "top": 0.88, "wspace": 0.2, "hspace": 0.2}

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        raise missing(f"Figure.{name}")

    def place(self, rows, columns, row, column):
        spans = self.spans
        wide = (spans["right"] - spans["left"]) / (columns + spans["wspace"] * (columns - 1))
        high = (spans["top"] - spans["bottom"]) / (rows + spans["hspace"] * (rows - 1))
        left = spans["left"] + column * wide * (1 + spans["wspace"])
        bottom = spans["top"] - high - row * high * (1 + spans["hspace"])
        return (left, bottom, wide, high)

    def add_axes(self, box):
        self.current = Axes(self, tuple(box))
        self.axes.append(self.current)
        return self.current

    def add_subplot(self, *args):
        rows, columns, index = (int(digit) for digit in str(args[0])) if len(args) == 1 else args or (1, 1, 1)
        return self._at(rows, columns, *divmod(index - 1, columns))

    def _at(self, *cell):
        """The axes in a cell of a grid: rows, columns, row, column."""
        for axes in self.axes:
            if axes.cell == cell:
                self.current = axes
                return axes
        made = self.add_axes(self.place(*cell))
        made.cell = cell
        return made

    def _place_again(self):
        for axes in self.axes:
            if axes.cell:
                axes.box = self.place(*axes.cell)

    def subplots(self, nrows=1, ncols=1, squeeze=True, **_):
        made = [[self._at(nrows, ncols, row, at) for at in range(ncols)] for row in range(nrows)]
        if squeeze and nrows == ncols == 1:
            return made[0][0]
        if squeeze and nrows == 1:
            return AxesGrid(made[0])
        if squeeze and ncols == 1:
            return AxesGrid(row[0] for row in made)
        return AxesGrid(AxesGrid(row) for row in made)

    def gca(self):
        return self.current or self.add_subplot(1, 1, 1)

    def suptitle(self, t, fontsize=None, **_):
        self.title, self.title_size = str(t), fontsize or 12

    def tight_layout(self, pad=1.08, **_):
        """As wide as words and ticks leave room for, by about what they take (in pixels at 100 dots an inch)."""
        gap = pad * 10 / 72
        wide, high = self.figsize
        seen = any(axes.visible for axes in self.axes)
        left = (0.36 if seen else 0) + (0.2 if any(axes.ylabel for axes in self.axes) and seen else 0)
        below = (0.22 if seen else 0) + (0.2 if any(axes.xlabel for axes in self.axes) and seen else 0)
        above = max((0.22 * len(axes.title.split("\n")) if axes.title else 0 for axes in self.axes), default=0)
        rows = max((axes.cell[0] for axes in self.axes if axes.cell), default=1)
        columns = max((axes.cell[1] for axes in self.axes if axes.cell), default=1)
        spans = {"left": (gap + left) / wide, "right": 1 - gap / wide}
        spans |= {"bottom": (gap + below) / high, "top": 1 - (gap + above + (0.2 if self.title else 0)) / high}
        one = (wide * (spans["right"] - spans["left"]) - (columns - 1) * (gap + left)) / columns
        tall = (high * (spans["top"] - spans["bottom"]) - (rows - 1) * (gap + below + above)) / rows
        spans |= {"wspace": (gap + left) / one, "hspace": (gap + below + above) / tall}
        self.subplots_adjust(**spans)

    def subplots_adjust(self, **spans):
        self.spans.update(spans)
        self._place_again()

    def savefig(self, fname, dpi=None, bbox_inches=None, format=None, **_):
        dpi, self.dpi = self.dpi, float(dpi or self.dpi)
        try:
            render(self, bbox_inches == "tight").save(fname, format or (None if isinstance(fname, str) else "PNG"))
        finally:
            self.dpi = dpi

    def show(self):
        show()


class AxesGrid(list):
    """What is an array of NumPy's there."""

    def __getitem__(self, key):
        if isinstance(key, tuple):
            row, column = key
            return self[row][column]
        return super().__getitem__(key)

    def flatten(self):
        return AxesGrid(axes for row in self for axes in (row if isinstance(row, list) else [row]))

    ravel = flatten
    flat = property(flatten)
    shape = property(lambda self: (len(self), len(self[0])) if isinstance(self[0], list) else (len(self),))


def figure(num=None, figsize=None, dpi=None, **kw):
    made = Figure(figsize, dpi, **kw)
    _figures.append(made)
    return made


def gcf():
    return _figures[-1] if _figures else figure()


def gca():
    return gcf().gca()


def subplots(nrows=1, ncols=1, *, squeeze=True, figsize=None, dpi=None, **_):
    made = figure(figsize=figsize, dpi=dpi)
    return made, made.subplots(nrows, ncols, squeeze)


def subplot(*args, **_):
    return gcf().add_subplot(*args)


def axes(box=None, **_):
    return gcf().add_subplot(1, 1, 1) if box is None else gcf().add_axes(box)


def close(fig=None):
    if fig in ("all", None):
        _figures[:] = [] if fig == "all" else _figures[:-1]
    elif fig in _figures:
        _figures.remove(fig)


def clf():
    gcf().axes.clear()
    gcf().current = None


def cla():
    gca().clear()


def show(*args, **kwargs):
    """Each figure that is open, cut to what is drawn on it; then they are closed, as in a notebook."""
    open_, _figures[:] = _figures[:], []
    for made in open_:
        if not made.axes:
            continue
        picture = render(made, True).convert("RGBA")
        _loupe.show(picture.width, picture.height, picture.tobytes())


def savefig(fname, **kw):
    gcf().savefig(fname, **kw)


def tight_layout(**_):
    gcf().tight_layout()


def subplots_adjust(**spans):
    gcf().subplots_adjust(**spans)


def suptitle(t, **kw):
    gcf().suptitle(t, **kw)


def ion():
    """What is drawn shows with show()."""


ioff = ion


def _on_axes(name):
    def act(*args, **kwargs):
        return getattr(gca(), name)(*args, **kwargs)

    act.__name__ = name
    return act


for _name in ("annotate", "axhline", "axis", "axvline", "bar", "barh", "grid", "hist", "imshow", "legend", "plot", "scatter", "text", "tick_params"):  # fmt: skip
    globals()[_name] = _on_axes(_name)
for _name in ("title", "xlabel", "ylabel", "xlim", "ylim", "xticks", "yticks"):
    globals()[_name] = _on_axes(f"set_{_name}")

_ABSENT = {
    "arrow", "boxplot", "colorbar", "contour", "contourf", "cm", "draw", "errorbar", "fill", "fill_between", "get_cmap",
    "hexbin", "hist2d", "hlines", "imread", "imsave", "matshow", "pause", "pcolormesh", "pie", "polar", "quiver",
    "rc", "stackplot", "stem", "step", "streamplot", "style", "violinplot", "vlines",
}  # fmt: skip


def __getattr__(name):
    if name in _ABSENT:
        raise missing(f"matplotlib.pyplot.{name}")
    raise AttributeError(f"module 'matplotlib.pyplot' has no attribute '{name}'")
