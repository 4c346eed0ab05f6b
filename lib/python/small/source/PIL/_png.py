"""PNG, read and written; the only format of files that this small module has."""

import struct
import sys
import zlib

import _loupe_pixels as _px

from . import SMALL, UnidentifiedImageError, missing

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_MODES = {0: ("L", 1), 2: ("RGB", 3), 4: ("LA", 2), 6: ("RGBA", 4)}
_KINDS = {"1": (1, 0), "L": (8, 0), "LA": (8, 4), "RGB": (8, 2), "RGBA": (8, 6)}


def _chunks(data):
    at = len(SIGNATURE)
    while at + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        yield kind, data[at + 8 : at + 8 + length]
        at += 12 + length


def read(data, source):
    """@returns mode, size, pixels"""
    header = palette = None
    clear = b""
    packed = []
    for kind, body in _chunks(data):
        if kind == b"IHDR":
            header = struct.unpack(">IIBBBBB", body[:13])
        elif kind == b"PLTE":
            palette = body
        elif kind == b"tRNS":
            clear = body
        elif kind == b"IDAT":
            packed.append(body)
    if header is None or not packed:
        raise UnidentifiedImageError(f"cannot identify image file {source!r}")
    width, height, depth, color, _, _, interlaced = header
    if interlaced:
        raise missing("reading an interlaced PNG")
    try:
        rows = zlib.decompress(b"".join(packed))
    except zlib.error:
        raise OSError("image file is truncated") from None
    if color == 0 and depth == 1:
        bits = _px.fromRows(_px.fromBuffer(rows), (width + 7) // 8, height, 1)
        return "1", (width, height), _px.unpackBits(bits, width, height)
    if depth != 8 or (color not in _MODES and color != 3):
        raise missing(f"reading a PNG with {depth} bits")
    mode, count = _MODES.get(color, ("P", 1))
    if len(rows) < (width * count + 1) * height:
        raise OSError("image file is truncated")
    pixels = _px.fromRows(_px.fromBuffer(rows), width * count, height, count)
    if color != 3:
        return mode, (width, height), pixels
    print(f"{SMALL} has no mode P: the picture is opened in colors.", file=sys.stderr)
    bands = [bytes(palette[at::3]).ljust(256, b"\0") for at in range(3)]
    if clear:
        bands.append(bytes(clear).ljust(256, b"\xff"))
    looked_up = [_px.lookUp(pixels, 1, _px.fromBuffer(band)) for band in bands]
    return ("RGBA" if clear else "RGB"), (width, height), _px.merge(*looked_up)


def _chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def write(image):
    depth, color = _KINDS[image.mode]
    width, height = image.size
    if width == 0 or height == 0:
        raise SystemError("tile cannot extend outside image")
    data = _px.packBits(image._data, width, height) if image.mode == "1" else image._data
    rows = _px.toRows(data, (width + 7) // 8 if image.mode == "1" else width * len(image.getbands()))
    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0)
    body = zlib.compress(rows.to_bytes(), 3)
    return SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")
