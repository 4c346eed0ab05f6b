"""PIL.ImageStat: numbers of what is counted in a picture."""

import math

from . import Image


class Stat:
    def __init__(self, image_or_list, mask=None):
        if isinstance(image_or_list, Image.Image):
            self.h = image_or_list.histogram(mask)
        elif isinstance(image_or_list, list):
            self.h = image_or_list
        else:
            raise TypeError("first argument must be image or list")
        self._layers = [self.h[at : at + 256] for at in range(0, len(self.h), 256)]
        self.bands = list(range(len(self._layers)))

    def _each(self, number):
        return [number(layer) for layer in self._layers]

    extrema = property(
        lambda self: self._each(
            lambda layer: (
                next((value for value in range(256) if layer[value]), 255),
                next((value for value in range(255, -1, -1) if layer[value]), 0),
            )
        )
    )
    count = property(lambda self: self._each(sum))
    sum = property(lambda self: self._each(lambda layer: sum(value * n for value, n in enumerate(layer))))
    sum2 = property(lambda self: self._each(lambda layer: sum(value * value * n for value, n in enumerate(layer))))

    def _of_count(self, number):
        found = zip(self.count, self.sum, self.sum2)
        return [number(n, total, squares) if n else 0 for n, total, squares in found]

    mean = property(lambda self: self._of_count(lambda n, total, _: total / n))
    rms = property(lambda self: self._of_count(lambda n, _, squares: math.sqrt(squares / n)))
    var = property(lambda self: self._of_count(lambda n, total, squares: (squares - total**2 / n) / n))
    stddev = property(lambda self: [math.sqrt(value) for value in self.var])

    @property
    def median(self):
        found = []
        for layer in self._layers:
            seen, half = 0, sum(layer) // 2
            for value in range(256):
                seen += layer[value]
                if seen > half:
                    break
            found.append(value)
        return found
