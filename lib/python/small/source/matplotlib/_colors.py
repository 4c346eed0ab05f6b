"""Colors as Matplotlib writes them, and maps from numbers to colors."""

from PIL import ImageColor

CYCLE = (
    "#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f", "#bcbd22", "#17becf",
)  # fmt: skip
_TAB = ("blue", "orange", "green", "red", "purple", "brown", "pink", "gray", "olive", "cyan")
_LETTERS = {
    "b": (0, 0, 255), "g": (0, 128, 0), "r": (255, 0, 0), "c": (0, 191, 191), "m": (191, 0, 191), "y": (191, 191, 0),
    "k": (0, 0, 0), "w": (255, 255, 255),
}  # fmt: skip


def rgb(color):
    """Three bytes; alpha is left out."""
    if isinstance(color, (tuple, list)):
        return tuple(round(255 * value) for value in color[:3])
    if color in _LETTERS:
        return _LETTERS[color]
    if color.startswith("C") and color[1:].isdigit():
        return ImageColor.getrgb(CYCLE[int(color[1:]) % 10])
    if color.startswith("tab:"):
        return ImageColor.getrgb(CYCLE[_TAB.index(color[4:])])
    try:
        return (round(255 * float(color)),) * 3
    except ValueError:
        pass
    try:
        return ImageColor.getrgb(color)[:3]
    except ValueError:
        raise ValueError(f"{color!r} is not a valid color value") from None


# Points on the way from low to high; what lies between is mixed.
_MAPS = {
    "gray": ("#000000", "#ffffff"),
    "viridis": ("#440154", "#472d7b", "#3b528b", "#2c728e", "#21918c", "#28ae80", "#5ec962", "#addc30", "#fde725"),
    "hot": ("#0b0000", "#ff0000", "#ffff00", "#ffffff"),
    "jet": ("#000080", "#0000ff", "#00ffff", "#80ff80", "#ffff00", "#ff0000", "#800000"),
}
_MAPS["Greys_r"] = _MAPS["grey"] = _MAPS["gray"]
_MAPS["gray_r"] = _MAPS["Greys"] = _MAPS["gray"][::-1]


def table(name):
    """256 colors, or None where the map is not known."""
    if name not in _MAPS:
        return None
    stops = [ImageColor.getrgb(stop) for stop in _MAPS[name]]
    made = []
    for value in range(256):
        at = value / 255 * (len(stops) - 1)
        low = min(int(at), len(stops) - 2)
        made.append(tuple(round(a + (b - a) * (at - low)) for a, b in zip(stops[low], stops[low + 1])))
    return made
