"""PIL.Image: pictures whose pixels stay in JavaScript's memory."""

import builtins
import io
import math
import operator
import os

import _loupe_pixels as _px

from . import UnidentifiedImageError, _png, missing, names_missing
from ._constants import SUPPORT, Dither, Resampling, Transform, Transpose
from ._modes import BANDS, channels, ink

for _enum in (Transpose, Transform, Resampling, Dither):
    globals().update({member.name: member for member in _enum})


def _index(value):
    return operator.index(value)


class PixelAccess:
    """What load() gives: pixels by [x, y]."""

    def __init__(self, image):
        self._image = image

    def __getitem__(self, xy):
        return self._image.getpixel(xy)

    def __setitem__(self, xy, color):
        self._image.putpixel(xy, color)


class Image:
    format = None
    format_description = None

    def __init__(self):
        self._hold("L", (0, 0), None)
        self.info = {}

    def _hold(self, mode, size, data):
        self._mode, self._size, self._data = mode, size, data
        # A copy in Python's memory, made when single pixels are asked for and kept up to date until the picture changes.
        self._read = None

    def _new(self, data, size=None, mode=None):
        made = Image()
        made._hold(mode or self._mode, size or self._size, data)
        made.info = self.info.copy()
        return made

    mode = property(lambda self: self._mode)
    size = property(lambda self: self._size)
    width = property(lambda self: self._size[0])
    height = property(lambda self: self._size[1])
    readonly = 0

    def __getattr__(self, name):
        if name in _ABSENT_METHODS:
            raise missing(f"Image.{name}")
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def __eq__(self, other):
        if self.__class__ is not other.__class__:
            return False
        return (self.mode, self.size, self.tobytes()) == (other.mode, other.size, other.tobytes())

    __hash__ = None

    def __repr__(self):
        return f"<PIL.Image.Image image mode={self.mode} size={self.width}x{self.height} at 0x{id(self):X}>"

    def _changed(self):
        self._read = None

    # Reading and writing -------------------------------------------------------------------------------------------

    def tobytes(self, encoder_name="raw", *args):
        if encoder_name != "raw" or (args and args[0] not in (self.mode, "raw")):
            raise missing(f"Image.tobytes({encoder_name!r}, …)")
        data = _px.packBits(self._data, *self.size) if self.mode == "1" else self._data
        return data.to_bytes()

    def load(self):
        return PixelAccess(self)

    def verify(self):
        return None

    def close(self):
        return None

    def show(self, title=None):
        import sys

        print("Image.show() opens no window here: use plt.imshow() and plt.show().", file=sys.stderr)

    def save(self, fp, format=None, **params):
        name = fp if isinstance(fp, (str, os.PathLike)) else getattr(fp, "name", "")
        extension = os.path.splitext(os.fspath(name))[1].lower() if isinstance(name, (str, os.PathLike)) else ""
        if not format:
            if extension not in (".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff"):
                raise ValueError(f"unknown file extension: {extension}")
            format = extension[1:]
        if format.upper() != "PNG":
            raise missing(f"Image.save() as {format.upper()}: save as PNG. That")
        if self.mode == "HSV":
            raise OSError("cannot write mode HSV as PNG")
        data = _png.write(self)
        if hasattr(fp, "write"):
            fp.write(data)
            return
        with builtins.open(fp, "wb") as file:
            file.write(data)

    # Pixels --------------------------------------------------------------------------------------------------------

    def getbands(self):
        return BANDS[self.mode]

    def _at(self, xy):
        x, y = xy
        x, y = int(x), int(y)
        if x < 0:
            x += self.width
        if y < 0:
            y += self.height
        if not (0 <= x < self.width and 0 <= y < self.height):
            raise IndexError("image index out of range")
        return (y * self.width + x) * len(BANDS[self.mode])

    def getpixel(self, xy):
        at = self._at(xy)
        if self._read is None:
            self._read = bytearray(self._data.to_bytes())
        count = len(BANDS[self.mode])
        return self._read[at] if count == 1 else tuple(self._read[at : at + count])

    def putpixel(self, xy, value):
        at = self._at(xy)
        for offset, byte in enumerate(ink(value, self.mode)):
            self._data[at + offset] = byte
            if self._read is not None:
                self._read[at + offset] = byte

    def getdata(self, band=None):
        if band is not None:
            return list(self.getchannel(band)._data.to_bytes())
        data = self._data.to_bytes()
        count = len(BANDS[self.mode])
        return list(data) if count == 1 else list(zip(*(data[at::count] for at in range(count))))

    def get_flattened_data(self, band=None):
        return tuple(self.getdata(band))

    def putdata(self, data, scale=1.0, offset=0.0):
        values = bytearray(self._data.to_bytes())
        count = len(BANDS[self.mode])
        for index, color in enumerate(data):
            if index >= self.width * self.height:
                raise TypeError("too many data entries")
            if count == 1 and not isinstance(color, tuple):
                color = int(color * scale + offset)
            values[index * count : (index + 1) * count] = bytes(ink(color, self.mode))
        self._data = _px.fromBuffer(values)
        self._changed()

    def histogram(self, mask=None, extrema=None):
        count = len(BANDS[self.mode])
        found = _px.histogram(self._data, count) if mask is None else _px.histogram(self._data, count, mask._data)
        return found.to_py().tolist()

    def getextrema(self):
        found = []
        counts = self.histogram()
        for at in range(0, len(counts), 256):
            used = [value for value in range(256) if counts[at + value]]
            found.append((used[0], used[-1]))
        return found[0] if len(found) == 1 else tuple(found)

    def getbbox(self, *, alpha_only=True):
        count = len(BANDS[self.mode])
        first = count - 1 if alpha_only and self.mode in ("LA", "RGBA") else 0
        found = _px.boundingBox(self._data, self.width, self.height, count, first)
        return tuple(found) or None

    def getcolors(self, maxcolors=256):
        count = len(BANDS[self.mode])
        found = list(_px.colors(self._data, count, maxcolors))
        if not found:
            return None
        colors = [(found[at], tuple(found[at + 1 : at + 1 + count])) for at in range(0, len(found), count + 1)]
        return sorted((n, color[0]) for n, color in colors) if count == 1 else colors

    # Parts ---------------------------------------------------------------------------------------------------------

    def copy(self):
        return self._new(_px.copy(self._data))

    def crop(self, box=None):
        if box is None:
            return self.copy()
        if box[2] < box[0]:
            raise ValueError("Coordinate 'right' is less than 'left'")
        if box[3] < box[1]:
            raise ValueError("Coordinate 'lower' is less than 'upper'")
        x0, y0, x1, y1 = (int(round(value)) for value in box)
        data = _px.crop(self._data, self.width, self.height, len(BANDS[self.mode]), x0, y0, x1 - x0, y1 - y0)
        return self._new(data, (x1 - x0, y1 - y0))

    def split(self):
        if len(BANDS[self.mode]) == 1:
            return (self.copy(),)
        return tuple(self.getchannel(at) for at in range(len(BANDS[self.mode])))

    def getchannel(self, channel):
        bands = self.getbands()
        if isinstance(channel, str):
            if channel not in bands:
                raise ValueError(f'The image has no channel "{channel}"')
            channel = bands.index(channel)
        if not 0 <= channel < len(bands):
            raise ValueError("band index out of range")
        return self._new(_px.channelOf(self._data, len(bands), channel), mode="L")

    def putalpha(self, alpha):
        if self.mode not in ("LA", "RGBA"):
            changed = self.convert("LA" if self.mode in ("1", "L") else "RGBA")
            self._hold(changed.mode, changed.size, changed._data)
        if isinstance(alpha, Image):
            if alpha.size != self.size:
                raise ValueError("images do not match")
            band = alpha if alpha.mode in ("1", "L") else alpha.convert("L")
        else:
            band = new("L", self.size, alpha)
        self._data = _px.merge(*(one._data for one in self.split()[:-1]), band._data)
        self._changed()

    def paste(self, im, box=None, mask=None):
        if isinstance(box, Image):
            if mask is not None:
                raise ValueError("If using second argument as mask, third argument must be None")
            box, mask = None, box
        box = tuple(box or (0, 0))
        if len(box) == 2:
            sized = im if isinstance(im, Image) else mask
            if sized is None:
                raise ValueError("cannot determine region size; use 4-item box")
            box += (box[0] + sized.width, box[1] + sized.height)
        if len(box) != 4:
            raise ValueError("cannot determine region size; use 4-item box")
        box = tuple(_index(value) for value in box)
        size = (box[2] - box[0], box[3] - box[1])
        if mask is not None:
            if mask.mode not in ("1", "L", "LA", "RGBA"):
                raise ValueError("bad transparency mask")
            if mask.size != size:
                raise ValueError("images do not match")
        count = len(BANDS[self.mode])
        if isinstance(im, Image):
            if im.size != size:
                raise ValueError("images do not match")
            if im.mode != self.mode and not (self.mode == "RGB" and im.mode == "RGBA"):
                im = im.convert(self.mode)
            self._lay(im._data, size, len(BANDS[im.mode]), box, mask)
        elif mask is not None and mask.mode in ("1", "L"):
            has_alpha = self.mode in ("LA", "RGBA")
            place = (self._data, *self.size, count, mask._full(), *size, *box[:2])
            _px.fillBy(*place, has_alpha, *ink(im, self.mode))
        else:
            self._lay(_px.filled(*size, *ink(im, self.mode)), size, count, box, mask)
        self._changed()

    def _lay(self, data, size, count, box, mask):
        place = (self._data, *self.size, len(BANDS[self.mode]), data, *size, count, *box[:2])
        if mask is None:
            _px.paste(*place)
        else:
            _px.paste(*place, mask._full(), len(BANDS[mask.mode]))

    def alpha_composite(self, im, dest=(0, 0), source=(0, 0)):
        source = tuple(source) if len(source) == 4 else (*source, *im.size)
        over = im.crop(source)
        box = (*dest, dest[0] + over.width, dest[1] + over.height)
        self.paste(alpha_composite(self.crop(box), over), box)

    def _full(self):
        """What is set in mode 1 as 255: by number it may be anything else than 0."""
        return _px.lookUp(self._data, 1, _px.fromBuffer(bytes([0]) + b"\xff" * 255)) if self.mode == "1" else self._data

    # Changes -------------------------------------------------------------------------------------------------------

    def convert(self, mode=None, matrix=None, dither=None, palette=0, colors=256):
        if matrix is not None:
            raise missing("Image.convert() with a matrix")
        if mode is None or mode == self.mode:
            return self.copy()
        channels(mode)
        count = len(BANDS[self.mode])
        if self.mode == "HSV":
            raise missing(f"Image.convert() from HSV to {mode}")
        if self.mode == "1":
            return self._new(_px.convert(self._full(), count, len(BANDS[mode])), mode=mode)
        if mode == "HSV":
            return self._new(_px.toHsv(self.convert("RGB")._data), mode="HSV")
        if mode == "1":
            dithers = dither in (None, Dither.FLOYDSTEINBERG)
            return self._new(_px.toBlackAndWhite(self._data, *self.size, count, dithers), mode="1")
        return self._new(_px.convert(self._data, count, len(BANDS[mode])), mode=mode)

    def point(self, lut, mode=None):
        count = len(BANDS[self.mode])
        if callable(lut):
            lut = [lut(value) for value in range(256)] * count
        table = [max(0, min(255, round(value))) for value in lut]
        if len(table) != 256 * count:
            raise ValueError("wrong number of lut entries")
        if mode not in (None, self.mode) and not (self.mode in ("1", "L") and mode in ("1", "L")):
            raise missing(f"Image.point() from {self.mode} to {mode}")
        return self._new(_px.lookUp(self._data, count, _px.fromBuffer(bytes(table))), mode=mode or self.mode)

    def filter(self, filter):
        if callable(filter):
            filter = filter()
        if not hasattr(filter, "filter"):
            raise TypeError("filter argument should be ImageFilter.Filter instance or class")
        return self._new(filter.filter(self))

    def _mixing(self, act):
        """`act` on what may be mixed: colors times alpha where there is alpha."""
        if self.mode not in ("LA", "RGBA"):
            return act(self)
        count = len(BANDS[self.mode])
        made = act(self._new(_px.premultiply(self._data, count)))
        return self._new(_px.unpremultiply(made._data, count), made.size)

    def resize(self, size, resample=None, box=None, reducing_gap=None):
        resample = Resampling.BICUBIC if resample is None else resample
        if resample in (6, 7):
            raise missing(f"filter {resample}")
        if resample not in tuple(Resampling):
            raise ValueError(f"Unknown resampling filter ({resample}). Use {_FILTERS}")
        if reducing_gap is not None and reducing_gap < 1.0:
            raise ValueError("reducing_gap must be 1.0 or greater")
        box = (0, 0, *self.size) if box is None else tuple(box)
        size = tuple(size)
        if size == self.size and box == (0, 0, *self.size):
            return self.copy()
        width, height = (_index(side) for side in size)
        if self.mode == "1":
            resample = Resampling.NEAREST
        if width < 1 or height < 1:
            raise ValueError("height and width must be > 0")
        if box[0] < 0 or box[1] < 0:
            raise ValueError("box offset can't be negative")
        if box[2] > self.width or box[3] > self.height:
            raise ValueError("box can't exceed original image size")
        if box[2] - box[0] < 0 or box[3] - box[1] < 0:
            raise ValueError("box can't be empty")
        if resample == Resampling.NEAREST:
            return self._sample((width, height), resample, box)
        return self._mixing(lambda im: im._reduced((width, height), resample, box, reducing_gap))

    def _sample(self, size, resample, box):
        data = _px.resize(self._data, *self.size, len(BANDS[self.mode]), *size, int(resample), *box)
        return self._new(data, size)

    def _reduced(self, size, resample, box, gap):
        """In two steps where a gap asks for it: whole pixels averaged first, then the filter."""
        if gap is None:
            return self._sample(size, resample, box)
        factors = [int((box[at + 2] - box[at]) / size[at] / gap) or 1 for at in (0, 1)]
        if factors == [1, 1]:
            return self._sample(size, resample, box)
        support = [(SUPPORT[resample] - 0.5) * (box[at + 2] - box[at]) / size[at] for at in (0, 1)]
        safe = tuple(max(0, int(box[at] - support[at])) for at in (0, 1)) + tuple(
            min(self.size[at], math.ceil(box[at + 2] + support[at])) for at in (0, 1)
        )
        small = self._average(factors, safe)
        inside = [(box[at] - safe[at % 2]) / factors[at % 2] for at in range(4)]
        return small._sample(size, resample, inside)

    def _average(self, factors, box):
        data = _px.reduce(self._data, self.width, len(BANDS[self.mode]), *factors, *box)
        return self._new(data, tuple(math.ceil((box[at + 2] - box[at]) / factors[at]) for at in (0, 1)))

    def reduce(self, factor, box=None):
        factors = tuple(factor) if isinstance(factor, (tuple, list)) else (factor, factor)
        if factors == (1, 1):
            return self.crop(box)
        return self._mixing(lambda im: im._average(factors, box or (0, 0, *self.size)))

    def thumbnail(self, size, resample=Resampling.BICUBIC, reducing_gap=2.0):
        x, y = (math.floor(side) for side in size)
        if x >= self.width and y >= self.height:
            return
        aspect = self.width / self.height

        def nearest(number, off):
            return max(min(math.floor(number), math.ceil(number), key=off), 1)

        if x / y >= aspect:
            x = nearest(y * aspect, lambda n: abs(aspect - n / y))
        else:
            y = nearest(x / aspect, lambda n: 0 if n == 0 else abs(aspect - x / n))
        made = self.resize((x, y), resample, reducing_gap=reducing_gap)
        self._hold(made.mode, made.size, made._data)

    def transpose(self, method):
        size = self.size if method in (0, 1, 3) else self.size[::-1]
        return self._new(_px.transpose(self._data, *self.size, len(BANDS[self.mode]), int(method)), size)

    def rotate(self, angle, resample=Resampling.NEAREST, expand=False, center=None, translate=None, fillcolor=None):
        angle %= 360.0
        if not (center or translate):
            if angle == 0:
                return self.copy()
            if angle == 180:
                return self.transpose(Transpose.ROTATE_180)
            if angle in (90, 270) and (expand or self.width == self.height):
                return self.transpose(Transpose.ROTATE_90 if angle == 90 else Transpose.ROTATE_270)
        w, h = self.size
        shift = translate or (0, 0)
        cx, cy = center or (w / 2, h / 2)
        turn = -math.radians(angle)
        cos, sin = round(math.cos(turn), 15), round(math.sin(turn), 15)
        matrix = [cos, sin, 0.0, round(-math.sin(turn), 15), cos, 0.0]

        def through(x, y):
            a, b, c, d, e, f = matrix
            return a * x + b * y + c, d * x + e * y + f

        matrix[2], matrix[5] = through(-cx - shift[0], -cy - shift[1])
        matrix[2] += cx
        matrix[5] += cy
        if expand:
            corners = [through(*corner) for corner in ((0, 0), (w, 0), (w, h), (0, h))]
            xs, ys = zip(*corners)
            wide, high = (math.ceil(max(side)) - math.floor(min(side)) for side in (xs, ys))
            matrix[2], matrix[5] = through(-(wide - w) / 2.0, -(high - h) / 2.0)
            w, h = wide, high
        return self.transform((w, h), Transform.AFFINE, matrix, resample, fillcolor=fillcolor)

    def transform(self, size, method, data=None, resample=Resampling.NEAREST, fill=1, fillcolor=None):
        if method != Transform.AFFINE:
            raise missing(f"Image.transform() with {Transform(method).name}")
        if self.mode == "1":
            resample = Resampling.NEAREST
        if resample not in (0, 2, 3):
            raise ValueError(f"Resampling filter {resample} cannot be used for transforms")

        def act(im):
            back = new(self.mode, size, 0 if fillcolor is None else fillcolor)
            if im is not self:
                back._data = _px.premultiply(back._data, len(BANDS[self.mode]))
            count = len(BANDS[self.mode])
            made = _px.affine(im._data, *im.size, count, back._data, *size, int(resample), *data[:6])
            return self._new(made, tuple(size))

        return act(self) if resample == Resampling.NEAREST else self._mixing(act)

    def getexif(self):
        return {}


class ImageFile(Image):
    """What was read from a file."""


_FILTERS = (
    "Image.Resampling.NEAREST (0), Image.Resampling.LANCZOS (1), Image.Resampling.BILINEAR (2), "
    "Image.Resampling.BICUBIC (3), Image.Resampling.BOX (4), Image.Resampling.HAMMING (5), "
    "Image.Resampling.MKS2013 (6) or Image.Resampling.MKS2021 (7)"
)
_ABSENT_METHODS = {
    "apply_transparency", "draft", "effect_spread", "entropy", "getpalette", "getprojection", "getxmp", "putpalette",
    "quantize", "remap_palette", "seek", "tell", "tobitmap", "toqimage", "toqpixmap", "has_transparency_data",
    "__array_interface__", "n_frames", "is_animated", "im", "palette",
}  # fmt: skip


def new(mode, size, color=0):
    width, height = (_index(side) for side in size)
    if width < 0 or height < 0:
        raise ValueError("Width and height must be >= 0")
    color = (0,) * channels(mode) if color is None else ink(color, mode)
    made = Image()
    made._hold(mode, (width, height), _px.filled(width, height, *color))
    return made


def frombytes(mode, size, data, decoder_name="raw", *args):
    if decoder_name != "raw" or (args and args[0] not in (mode, "raw")):
        raise missing(f"Image.frombytes(…, {decoder_name!r}, …)")
    width, height = size
    stride = (width + 7) // 8 if mode == "1" else width * channels(mode)
    if len(data) < stride * height:
        raise ValueError("not enough image data")
    if len(data) > stride * height:
        raise ValueError("cannot decode image data")
    pixels = _px.fromBuffer(data)
    made = Image()
    made._hold(mode, (width, height), _px.unpackBits(pixels, width, height) if mode == "1" else pixels)
    return made


def frombuffer(mode, size, data, decoder_name="raw", *args):
    return frombytes(mode, size, data)


def open(fp, mode="r", formats=None):
    if isinstance(fp, (str, os.PathLike)):
        named = os.fspath(fp)
        try:
            with builtins.open(fp, "rb") as file:
                data = file.read()
        except FileNotFoundError:
            # By the number that it has on other machines.
            raise FileNotFoundError(2, "No such file or directory", named) from None
    else:
        fp.seek(0)
        data, named = fp.read(), ""
    if not data.startswith(_png.SIGNATURE):
        if data.startswith((b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM", b"II*\0", b"MM\0*")):
            raise missing("reading another format than PNG")
        raise UnidentifiedImageError(f"cannot identify image file {named or fp!r}")
    made = ImageFile()
    made._hold(*_png.read(data, named or fp))
    made.format, made.format_description, made.filename = "PNG", "Portable network graphics", named
    return made


def merge(mode, bands):
    if channels(mode) != len(bands):
        raise ValueError("wrong number of bands")
    if any(band.mode not in ("1", "L") for band in bands):
        raise ValueError("mode mismatch")
    if any(band.size != bands[0].size for band in bands):
        raise ValueError("size mismatch")
    return bands[0]._new(_px.merge(*(band._data for band in bands)), mode=mode)


def blend(im1, im2, alpha):
    if im1.mode != im2.mode or im1.size != im2.size:
        raise ValueError("images do not match")
    return im1._new(_px.blend(im1._data, im2._data, alpha))


def composite(image1, image2, mask):
    made = image2.copy()
    made.paste(image1, None, mask)
    return made


def alpha_composite(im1, im2):
    if im1.mode != "RGBA" or im2.mode != "RGBA":
        raise ValueError("image has wrong mode")
    if im1.size != im2.size:
        raise ValueError("images do not match")
    return im1._new(_px.alphaComposite(im1._data, im2._data))


def eval(image, *args):
    return image.point(args[0])


__getattr__ = names_missing(
    "PIL.Image",
    {
        "effect_mandelbrot", "effect_noise", "fromarray", "fromarrow", "fromqimage", "fromqpixmap", "linear_gradient",
        "radial_gradient", "Exif", "ImagePointHandler", "ImageTransformHandler", "Palette", "Quantize",
        "register_decoder", "register_encoder", "register_extension", "register_mime", "register_open",
        "register_save", "registered_extensions", "core", "MAX_IMAGE_PIXELS", "DecompressionBombError",
        "DecompressionBombWarning",
    },
)  # fmt: skip
