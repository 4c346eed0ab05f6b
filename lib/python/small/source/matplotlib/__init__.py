"""A small Matplotlib: pyplot's pictures, lines, bars and words, drawn by the small Pillow."""

import sys

__version__ = "3.11.0"
SMALL = "the small Matplotlib"
HINT = "Only a part of Matplotlib is loaded here; the full libraries can be loaded in the page's settings."


class NotInSmallMatplotlib(NotImplementedError, AttributeError):
    """Names what is missing. An AttributeError too, so that hasattr() says no."""


def missing(name):
    return NotInSmallMatplotlib(f"{name} is not in {SMALL}. {HINT}")


def use(backend, *, force=True):
    """There is one way to show."""


rcParams = {"figure.figsize": [6.4, 4.8], "figure.dpi": 100.0}

print(f"This is {SMALL}. {HINT}", file=sys.stderr)
