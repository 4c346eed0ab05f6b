"""Builds training/assets: icon SVGs, sprite sheets and subset fonts, from npm packages.

Not needed to train or to test: its output is committed. Run it only to change nouns, styles or fonts.
Needs npm on the path and `pip install resvg-py pillow fonttools brotli`.

    python training/scripts/build_assets.py [--cache FOLDER] [--style NAME]
"""
from __future__ import annotations

import argparse
import io
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from PIL import Image
import resvg_py

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from loupe_nano.world.vocabulary import FONTS, NOUNS, STYLES  # noqa: E402

ASSETS = Path(__file__).resolve().parents[1] / "assets"
CELL = 256
#: Names that icon sets use for a noun, in order of preference. A noun without an entry is looked up as itself.
ALIASES = {
    "dog": ["dog-face"], "cat": ["cat-face"], "panda": ["pandaface"], "pig": ["pig-face"],
    "fish": ["tropical-fish", "tropicalfish"], "whale": ["spouting-whale", "spoutingwhale"],
    "rabbit": ["rabbit-face", "bunny"], "apple": ["red-apple", "redapple"], "cherry": ["cherries"],
    "corn": ["ear-of-corn", "earofmaize"], "pizza": ["pizzaslice", "sliceofpizza"], "burger": ["hamburger"], "cake": ["birthday-cake", "birthdaycake"],
    "donut": ["doughnut"], "car": ["automobile"], "plane": ["airplane"], "boat": ["sailboat"],
    "umbrella": ["umbrella-with-rain-drops", "umbrellawithraindrops", "umbrellaraindrops"],
    "clock": ["alarm-clock", "alarmclock"], "book": ["closed-book", "closedbook"],
    "bulb": ["light-bulb", "lightbulb", "electriclightbulb"], "gift": ["wrapped-gift", "present"],
    "hat": ["top-hat", "tophat"], "phone": ["mobile-phone", "mobilephone", "cellphone"],
    "snowman": ["snowman-without-snow", "snowmanwithoutsnow"], "star": ["mediumstar", "whitemediumstar"],
    "heart": ["red-heart", "redheart", "heavyblackheart"], "tree": ["evergreen-tree", "evergreen"],
    "cup": ["hot-beverage", "hotbeverage", "teacup"], "house": ["house", "housebuilding"],
}


def packed(package: str, cache: Path) -> dict[str, bytes]:
    """The files of an npm package, by path inside it."""
    stem = package.lstrip("@").replace("/", "-")
    found = sorted(cache.glob(f"{stem}-[0-9]*.tgz"))
    if not found:
        subprocess.run(["npm", "pack", "--silent", package], cwd=cache, check=True)
        found = sorted(cache.glob(f"{stem}-[0-9]*.tgz"))
    with tarfile.open(found[-1]) as tar:
        return {m.name: tar.extractfile(m).read() for m in tar.getmembers() if m.isfile()}


def icon(collection: dict, noun: str) -> str:
    """One icon of an Iconify collection as a standalone SVG."""
    icons, aliases = collection["icons"], collection.get("aliases", {})
    for name in [*ALIASES.get(noun, []), noun]:
        while name in aliases and name not in icons:
            name = aliases[name]["parent"]
        if name in icons:
            entry = icons[name]
            width = entry.get("width", collection.get("width", 16))
            height = entry.get("height", collection.get("height", 16))
            left, top = entry.get("left", collection.get("left", 0)), entry.get("top", collection.get("top", 0))
            body = re.sub(r"(\d+\.\d{2})\d+", r"\1", entry["body"])
            return (f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
                    f'viewBox="{left} {top} {width} {height}">{body}</svg>')
    raise SystemExit(f"{collection['prefix']} has no icon for {noun}")


def raster(svg: str, side: int) -> Image.Image:
    """The icon trimmed to its alpha and fitted into a square of `side` pixels."""
    big = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg, width=side * 2, height=side * 2)))).convert("RGBA")
    box = big.getchannel("A").point(lambda a: 255 if a > 12 else 0).getbbox()
    trimmed = big.crop(box)
    scale = (side - 2) / max(trimmed.size)
    fitted = trimmed.resize([max(1, round(v * scale)) for v in trimmed.size], Image.Resampling.LANCZOS)
    cell = Image.new("RGBA", (side, side))
    cell.paste(fitted, ((side - fitted.width) // 2, (side - fitted.height) // 2))
    return cell


def build_icons(cache: Path, only: list[str]) -> None:
    for style in only or STYLES:
        collection = json.loads(packed(f"@iconify-json/{style}", cache)["package/icons.json"])
        folder = ASSETS / "icons" / style
        folder.mkdir(parents=True, exist_ok=True)
        sheet = Image.new("RGBA", (CELL * 8, CELL * 8))
        for at, noun in enumerate(NOUNS):
            svg = icon(collection, noun)
            (folder / f"{noun}.svg").write_text(svg + "\n")
            sheet.paste(raster(svg, CELL), (at % 8 * CELL, at // 8 * CELL))
        (ASSETS / "sprites").mkdir(exist_ok=True)
        sheet.save(ASSETS / "sprites" / f"{style}.webp", quality=90, alpha_quality=100, method=6)
        print(style, (ASSETS / "sprites" / f"{style}.webp").stat().st_size)


def build_fonts(cache: Path) -> None:
    (ASSETS / "fonts").mkdir(parents=True, exist_ok=True)
    for name, weight in FONTS.items():
        files = packed(f"@fontsource/{name}", cache)
        font = TTFont(io.BytesIO(files[f"package/files/{name}-latin-{weight}-normal.woff2"]))
        options = subset.Options()
        options.hinting = False
        options.layout_features = []
        cut = subset.Subsetter(options)
        cut.populate(text="ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
        cut.subset(font)
        font.flavor = None
        font.save(ASSETS / "fonts" / f"{name}.ttf")
        licence = next((v for k, v in files.items() if k.endswith("/LICENSE")), b"")
        (ASSETS / "fonts" / f"{name}.LICENSE.txt").write_bytes(licence)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "loupe-assets")
    parser.add_argument("--style", action="append", default=[], help="build these styles only, and no fonts")
    args = parser.parse_args()
    args.cache.mkdir(parents=True, exist_ok=True)
    if not args.style:
        build_fonts(args.cache)
    build_icons(args.cache, args.style)


if __name__ == "__main__":
    main()
