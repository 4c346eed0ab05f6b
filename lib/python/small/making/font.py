"""Makes source/PIL/_font.py: the letters of the font that Pillow carries (Aileron, CC0), in the size in which Pillow has it by default
and in a large one that is scaled to others.

Run with a Python that has Pillow: `.venv/bin/python lib/python/small/making/font.py`
"""

import base64
import json
import textwrap
import zlib
from pathlib import Path

from PIL import Image, ImageFont

LETTERS = [chr(code) for code in (*range(32, 127), 0xA3, 0xA5, 0xA7, 0xB0, 0xB1, 0xB2, 0xB7, 0xD7, 0xF7, 0x2013, 0x2019)]
SIZES = (10, 40)


def box(size):
    """What stands for a letter that the font has not."""
    width, height = max(3, size * 6 // 10), size * 8 // 10
    mask = Image.new("L", (width, height), 255)
    mask.paste(0, (1, 1, width - 1, height - 1))
    return [width + 1, 0, size - height, width, height], mask.tobytes()


def glyphs(size):
    font = ImageFont.load_default(size)
    ascent, descent = font.getmetrics()
    table, masks = {}, b""
    for letter in LETTERS:
        mask, (x, y) = font.getmask2(letter, mode="L")
        width, height = mask.size
        table[letter] = [font.getlength(letter), x, y, width, height]
        masks += bytes(mask)
    table["\u25a1"], last = box(size)
    return {"ascent": ascent, "descent": descent, "glyphs": table}, masks + last


def packed(data):
    return base64.b85encode(data).decode()


def quoted(text):
    lines = textwrap.wrap(text, 110)
    return "(\n" + "".join(f"        {json.dumps(line)}\n" for line in lines) + "    )"


def main():
    made = {size: glyphs(size) for size in SIZES}
    table = zlib.compress(json.dumps({size: font for size, (font, _) in made.items()}, separators=(",", ":")).encode(), 9)
    masks = zlib.compress(b"".join(masks for _, masks in made.values()), 9)
    path = Path(__file__).parents[1] / "source/PIL/_font.py"
    path.write_text(
        '"""Made by making/font.py: a table of letters and their masks, packed. The font is Aileron, CC0."""\n\n'
        f"FONT = (\n    {quoted(packed(table))},\n    {quoted(packed(masks))},\n)\n"
    )
    print(path.stat().st_size, "bytes")


main()
