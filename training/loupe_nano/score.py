"""Normalised exact match (docs/scene-format.md)."""

import re
import unicodedata


def normalise(text: str) -> str:
    """NFKC, lower case, white space collapsed, quotes and a final . ! , removed, a leading article removed."""
    text = " ".join(unicodedata.normalize("NFKC", text).lower().split())
    text = text.strip("\"'“”‘’`").strip()
    text = re.sub(r"[.!,]$", "", text).strip().strip("\"'“”‘’`").strip()
    return re.sub(r"^(a|an|the) (?=\S)", "", text)


def right(answer: str, accepted: list[str]) -> bool:
    return normalise(answer) in {normalise(a) for a in accepted}
