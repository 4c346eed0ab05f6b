"""PIL.ImageFilter: kernels, blurs and ranks."""

import _loupe_pixels as _px

from . import names_missing
from ._modes import BANDS


def _place(image):
    return (image._data, *image.size, len(BANDS[image.mode]))


def _both(radius):
    return tuple(radius) if isinstance(radius, (tuple, list)) else (radius, radius)


class Filter:
    pass


class Kernel(Filter):
    def __init__(self, size, kernel, scale=None, offset=0):
        if size[0] * size[1] != len(kernel):
            raise ValueError("not enough coefficients in kernel")
        if tuple(size) not in ((3, 3), (5, 5)):
            raise ValueError("bad kernel size")
        self._kernel = (sum(kernel) if scale is None else scale, offset, *kernel)

    def filter(self, image):
        return _px.convolve(*_place(image), *self._kernel)


class BuiltinFilter(Kernel):
    def __init__(self):
        side, scale, offset, kernel = self.numbers
        super().__init__((side, side), kernel, scale, offset)


class RankFilter(Filter):
    def __init__(self, size, rank):
        if size % 2 == 0:
            raise ValueError("bad filter size")
        if not 0 <= rank < size * size:
            raise ValueError("bad rank value")
        self.size, self.rank = size, rank

    def filter(self, image):
        return _px.rank(*_place(image), self.size, self.rank)


class MedianFilter(RankFilter):
    def __init__(self, size=3):
        super().__init__(size, size * size // 2)


class MinFilter(RankFilter):
    def __init__(self, size=3):
        super().__init__(size, 0)


class MaxFilter(RankFilter):
    def __init__(self, size=3):
        super().__init__(size, size * size - 1)


class GaussianBlur(Filter):
    def __init__(self, radius=2):
        self.radius = radius

    def filter(self, image):
        return _px.gaussianBlur(*_place(image), *_both(self.radius))


class BoxBlur(Filter):
    def __init__(self, radius):
        if min(_both(radius)) < 0:
            raise ValueError("radius must be >= 0")
        self.radius = radius

    def filter(self, image):
        return _px.boxBlur(*_place(image), *_both(self.radius))


class UnsharpMask(Filter):
    def __init__(self, radius=2, percent=150, threshold=3):
        self.radius, self.percent, self.threshold = radius, percent, threshold

    def filter(self, image):
        soft = _px.gaussianBlur(*_place(image), *_both(self.radius))
        return _px.unsharpMask(image._data, soft, self.percent, self.threshold)


def _ring(middle, around):
    return (around,) * 4 + (middle,) + (around,) * 4


class BLUR(BuiltinFilter):
    numbers = (5, 16, 0, (1,) * 6 + (0, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0) + (1,) * 6)


class CONTOUR(BuiltinFilter):
    numbers = (3, 1, 255, _ring(8, -1))


class DETAIL(BuiltinFilter):
    numbers = (3, 6, 0, (0, -1, 0, -1, 10, -1, 0, -1, 0))


class EDGE_ENHANCE(BuiltinFilter):
    numbers = (3, 2, 0, _ring(10, -1))


class EDGE_ENHANCE_MORE(BuiltinFilter):
    numbers = (3, 1, 0, _ring(9, -1))


class EMBOSS(BuiltinFilter):
    numbers = (3, 1, 128, (-1, 0, 0, 0, 1, 0, 0, 0, 0))


class FIND_EDGES(BuiltinFilter):
    numbers = (3, 1, 0, _ring(8, -1))


class SHARPEN(BuiltinFilter):
    numbers = (3, 16, 0, _ring(32, -2))


class SMOOTH(BuiltinFilter):
    numbers = (3, 13, 0, _ring(5, 1))


class SMOOTH_MORE(BuiltinFilter):
    numbers = (5, 100, 0, (1,) * 5 + (1, 5, 5, 5, 1, 1, 5, 44, 5, 1, 1, 5, 5, 5, 1) + (1,) * 5)


__getattr__ = names_missing("PIL.ImageFilter", {"Color3DLUT", "ModeFilter", "MultibandFilter"})
