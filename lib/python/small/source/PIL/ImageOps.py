"""PIL.ImageOps: the operations that are made of others."""

from . import Image, names_missing
from ._constants import Resampling, Transpose


def _border(border):
    if not isinstance(border, tuple):
        return (border,) * 4
    return border * 2 if len(border) == 2 else border


def crop(image, border=0):
    left, top, right, bottom = _border(border)
    return image.crop((left, top, image.width - right, image.height - bottom))


def expand(image, border=0, fill=0):
    left, top, right, bottom = _border(border)
    out = Image.new(image.mode, (left + image.width + right, top + image.height + bottom), fill)
    out.paste(image, (left, top))
    return out


def flip(image):
    return image.transpose(Transpose.FLIP_TOP_BOTTOM)


def mirror(image):
    return image.transpose(Transpose.FLIP_LEFT_RIGHT)


def grayscale(image):
    return image.convert("L")


def _lut(image, lut):
    if image.mode not in ("L", "RGB"):
        raise OSError(f"not supported for mode {image.mode}")
    if image.mode == "RGB" and len(lut) == 256:
        lut = lut * 3
    return image.point(lut)


def invert(image):
    lut = list(range(255, -1, -1))
    return image.point(lut) if image.mode == "1" else _lut(image, lut)


def posterize(image, bits):
    mask = ~(2 ** (8 - bits) - 1)
    return _lut(image, [value & mask for value in range(256)])


def solarize(image, threshold=128):
    return _lut(image, [value if value < threshold else 255 - value for value in range(256)])


def _cut(counts, share, order):
    """That share of what was counted taken away, from one end."""
    rest = int(sum(counts) * share // 100)
    for value in order:
        taken = min(rest, counts[value])
        counts[value] -= taken
        rest -= taken
        if rest <= 0:
            break


def autocontrast(image, cutoff=0, ignore=None, mask=None, preserve_tone=False):
    counts = (image.convert("L") if preserve_tone else image).histogram(mask)
    lut = []
    for layer in range(0, len(counts), 256):
        layer_counts = counts[layer : layer + 256]
        for value in [] if ignore is None else [ignore] if isinstance(ignore, int) else ignore:
            layer_counts[value] = 0
        if cutoff:
            low, high = cutoff if isinstance(cutoff, tuple) else (cutoff, cutoff)
            whole = layer_counts[:]
            _cut(layer_counts, low, range(256))
            # The share is of all there was.
            rest = int(sum(whole) * high // 100)
            for value in range(255, -1, -1):
                taken = min(rest, layer_counts[value])
                layer_counts[value] -= taken
                rest -= taken
                if rest <= 0:
                    break
        used = [value for value in range(256) if layer_counts[value]]
        lo, hi = (used[0], used[-1]) if used else (255, 0)
        if hi <= lo:
            lut.extend(range(256))
            continue
        scale = 255.0 / (hi - lo)
        lut.extend(max(0, min(255, int(value * scale + -lo * scale))) for value in range(256))
    return _lut(image, lut)


def equalize(image, mask=None):
    counts = image.histogram(mask)
    lut = []
    for layer in range(0, len(counts), 256):
        used = [count for count in counts[layer : layer + 256] if count]
        step = (sum(used) - used[-1]) // 255 if len(used) > 1 else 0
        if not step:
            lut.extend(range(256))
            continue
        n = step // 2
        for value in range(256):
            lut.append(n // step)
            n += counts[layer + value]
    return _lut(image, lut)


def contain(image, size, method=Resampling.BICUBIC):
    ratio, wanted = image.width / image.height, size[0] / size[1]
    if ratio != wanted:
        if ratio > wanted:
            high = round(image.height / image.width * size[0])
            size = (size[0], high) if high != size[1] else size
        else:
            wide = round(image.width / image.height * size[1])
            size = (wide, size[1]) if wide != size[0] else size
    return image.resize(size, resample=method)


def cover(image, size, method=Resampling.BICUBIC):
    ratio, wanted = image.width / image.height, size[0] / size[1]
    if ratio < wanted:
        size = (size[0], round(image.height / image.width * size[0]))
    elif ratio > wanted:
        size = (round(image.width / image.height * size[1]), size[1])
    return image.resize(size, resample=method)


def pad(image, size, method=Resampling.BICUBIC, color=None, centering=(0.5, 0.5)):
    resized = contain(image, size, method)
    if resized.size == tuple(size):
        return resized
    out = Image.new(image.mode, size, color)
    across, down = (max(0, min(share, 1)) for share in centering)
    if resized.width != size[0]:
        out.paste(resized, (round((size[0] - resized.width) * across), 0))
    else:
        out.paste(resized, (0, round((size[1] - resized.height) * down)))
    return out


def scale(image, factor, resample=Resampling.BICUBIC):
    if factor <= 0:
        raise ValueError("the factor must be greater than 0")
    if factor == 1:
        return image.copy()
    return image.resize((round(factor * image.width), round(factor * image.height)), resample=resample)


def fit(image, size, method=Resampling.BICUBIC, bleed=0.0, centering=(0.5, 0.5)):
    across, down = (share if 0.0 <= share <= 1.0 else 0.5 for share in centering)
    bleed = bleed if 0.0 <= bleed < 0.5 else 0.0
    cut = (bleed * image.width, bleed * image.height)
    live = (image.width - cut[0] * 2, image.height - cut[1] * 2)
    ratio, wanted = live[0] / live[1], size[0] / size[1]
    if ratio == wanted:
        wide, high = live
    elif ratio >= wanted:
        wide, high = wanted * live[1], live[1]
    else:
        wide, high = live[0], live[0] / wanted
    left = cut[0] + (live[0] - wide) * across
    top = cut[1] + (live[1] - high) * down
    return image.resize(size, method, box=(left, top, left + wide, top + high))


def exif_transpose(image, *, in_place=False):
    """Pictures are upright here."""
    return None if in_place else image.copy()


__getattr__ = names_missing("PIL.ImageOps", {"colorize", "deform"})
