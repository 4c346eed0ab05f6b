"""Copies the world to the page: public/icons with one sprite sheet a style, fonts for tags, and index.json.

    python training/scripts/build_assets_web.py
"""
from __future__ import annotations

import json
import sys
from pathlib import Path

from fontTools.ttLib import TTFont
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from loupe_nano.world.sprites import ASSETS, CELL as SOURCE_CELL, sheet  # noqa: E402
from loupe_nano.world.tags import CAP, DOT  # noqa: E402
from loupe_nano.world.vocabulary import ALPHABET, COLORS, INKS, NOUNS, TRAIN_STYLES, STYLES  # noqa: E402

OUT = Path(__file__).resolve().parents[2] / "public" / "icons"
CELL = 160
COLUMNS = 8
STYLE_NAMES = {
    "twemoji": ("Twemoji", "CC-BY-4.0"), "openmoji": ("OpenMoji", "CC-BY-SA-4.0"), "noto": ("Noto Emoji", "Apache-2.0"),
    "fluent-emoji": ("Fluent Emoji", "MIT"), "fluent-emoji-flat": ("Fluent Emoji Flat", "MIT"),
    "emojione": ("EmojiTwo", "CC-BY-4.0"), "noto-v1": ("Noto Emoji, first edition", "Apache-2.0"), "fxemoji": ("FxEmojis", "Apache-2.0"),
}
#: Fonts offered for tags: (file, family, seen in training).
WEB_FONTS = (("rubik", "Rubik", True), ("jetbrains-mono", "JetBrains Mono", True), ("fredoka", "Fredoka", False))


def style_entry(style: str) -> dict:
    """Writes the sheet of a style; its entry with the drawn box of each noun in pixels of the sheet's cell."""
    big = sheet(style)
    small = big.resize((CELL * COLUMNS, CELL * COLUMNS), Image.Resampling.LANCZOS)
    small.save(OUT / f"{style}.webp", quality=82, alpha_quality=90, method=6)
    boxes = []
    for at in range(len(NOUNS)):
        x, y = at % COLUMNS * SOURCE_CELL, at // COLUMNS * SOURCE_CELL
        drawn = big.crop((x, y, x + SOURCE_CELL, y + SOURCE_CELL)).getchannel("A").point(lambda a: 255 if a > 12 else 0).getbbox()
        boxes.append([round(v * CELL / SOURCE_CELL, 1) for v in drawn])
    name, licence = STYLE_NAMES[style]
    return {"id": style, "name": name, "license": licence, "seenInTraining": style in TRAIN_STYLES, "sheet": f"{style}.webp", "boxes": boxes}


def main() -> None:
    (OUT / "fonts").mkdir(parents=True, exist_ok=True)
    fonts = []
    for name, family, seen in WEB_FONTS:
        font = TTFont(ASSETS / "fonts" / f"{name}.ttf")
        font.flavor = "woff2"
        font.save(OUT / "fonts" / f"{name}.woff2")
        (OUT / "fonts" / f"{name}.LICENSE.txt").write_bytes((ASSETS / "fonts" / f"{name}.LICENSE.txt").read_bytes())
        fonts.append({"family": family, "weight": font["OS/2"].usWeightClass, "file": f"fonts/{name}.woff2", "seenInTraining": seen})
    index = {
        "format": "loupe-icons/1", "cell": CELL, "columns": COLUMNS, "nouns": NOUNS, "styles": [style_entry(s) for s in STYLES],
        "alphabet": ALPHABET, "colors": {k: "#%02x%02x%02x" % v for k, v in COLORS.items()}, "inks": INKS, "fonts": fonts,
        # Lengths in pixels of the picture, or in plate heights, or as shares of the picture's longer side.
        "rules": {
            "pictureSides": [1024, 2048], "objects": [6, 24], "objectShare": [0.09, 0.15], "plateHeight": [12, 28],
            "plateHeightPerShortSide": 20 / 1024, "capPerPlateHeight": CAP, "dotPerPlateHeight": DOT,
            "textLength": [1, 3], "number": [0, 999], "dots": [1, 6], "rotation": [-12, 12], "needsZoomBelow": 6,
        },
    }
    (OUT / "index.json").write_text(json.dumps(index) + "\n")
    print(sum(p.stat().st_size for p in OUT.rglob("*") if p.is_file()), "bytes in", OUT.name)


if __name__ == "__main__":
    main()
