"""Files that are there whole or not at all, whenever the process that writes them ends."""

from pathlib import Path


def write(path: Path, text: str) -> None:
    fresh = path.with_name(f"{path.name}.tmp")
    fresh.write_text(text)
    fresh.replace(path)
