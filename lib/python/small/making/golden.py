"""Makes ../fixtures/golden.json: what CPython with the real Pillow and Matplotlib gives for each of ./snippets.

    python -m venv /tmp/real && /tmp/real/bin/pip install pillow==13.0.0 matplotlib==3.10.9
    /tmp/real/bin/python lib/python/small/making/golden.py

Pictures that a snippet gives as they are (`give`) are kept as hashes, or as pixels where `# within N` stands at its top: then each
byte may differ by N. Of a figure (`plt.show()`) its size is kept, and what is left of it a sixteenth as large.
"""

import base64
import hashlib
import json
import re
import sys
import types
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import matplotlib  # noqa: E402

matplotlib.use("agg")

import io  # noqa: E402

import matplotlib.pyplot as plt  # noqa: E402
from PIL import Image  # noqa: E402
from runner import run  # noqa: E402

figures = []


def show(*_, **__):
    """As a notebook shows: each figure cut to what is drawn, then closed."""
    for number in plt.get_fignums():
        file = io.BytesIO()
        plt.figure(number).savefig(file, bbox_inches="tight", format="png")
        figures.append(Image.open(file).convert("RGBA"))
    plt.close("all")


plt.show = show


def small(picture):
    return picture.convert("RGB").resize((max(1, picture.width // 16), max(1, picture.height // 16)), Image.BOX)


def case(path):
    source = path.read_text()
    pictures = []
    within = re.match(r"# within (\d+)", source)
    figures.clear()

    def emit(width, height, rgba):
        kept = {"width": width, "height": height, "sha": hashlib.sha256(rgba).hexdigest()}
        if within:
            kept["rgba"] = base64.b64encode(rgba).decode()
        pictures.append(kept)

    blocks = run(source, emit)
    for figure in figures:
        little = small(figure)
        pictures.append(
            {"width": figure.width, "height": figure.height, "small": base64.b64encode(little.tobytes()).decode()}
        )
    return {"within": int(within[1]) if within else 0, "blocks": blocks, "pictures": pictures}


sys.modules["_loupe"] = types.ModuleType("_loupe")
made = {path.stem: case(path) for path in sorted((HERE / "snippets").glob("*.py"))}
target = HERE.parent / "fixtures/golden.json"
target.parent.mkdir(exist_ok=True)
target.write_text(json.dumps(made, indent=1) + "\n")
print(len(made), "snippets,", target.stat().st_size, "bytes")
