"""Colour schemes of grounds: four colours each, from the main one to an accent. Only data; train and held-out apart."""
from __future__ import annotations

Rgb = tuple[int, int, int]


def _scheme(*colors: str) -> tuple[Rgb, ...]:
    return tuple((int(c[0:2], 16), int(c[2:4], 16), int(c[4:6], 16)) for c in colors)


TRAIN_PALETTES: dict[str, tuple[Rgb, ...]] = {
    "linen": _scheme("f4ecdf", "e6d8c2", "d3bfa0", "b08d62"),
    "mint": _scheme("d9f0e3", "bfe3d0", "97cdb2", "4f9d7c"),
    "sky": _scheme("dcebf7", "bfd9ef", "93bfe3", "4a87bf"),
    "blush": _scheme("fbe4e2", "f3cbc9", "e6a5a6", "c46a72"),
    "butter": _scheme("fdf3cf", "f8e5a4", "efd070", "c99a2e"),
    "lilac": _scheme("ece4f6", "d8c9ec", "bba3dc", "7f61b3"),
    "stone": _scheme("e3e2de", "cbc9c3", "a9a69f", "6e6b66"),
    "meadow": _scheme("b9d98c", "9cc76d", "77ab4e", "4b7a31"),
    "forest": _scheme("3f6b52", "345a45", "284737", "89b07d"),
    "night": _scheme("2a3350", "232a44", "1a2036", "5f77b5"),
    "plum": _scheme("5a3a5e", "4b2f50", "3b2440", "b07fae"),
    "brick": _scheme("b9644c", "a5533d", "8a412f", "e2a58c"),
    "sand": _scheme("e9d4a9", "dcc08a", "c9a767", "97743c"),
    "slate": _scheme("6d7f8f", "5c6d7c", "4a5966", "a9b9c6"),
    "oak": _scheme("c99b66", "b98956", "a07142", "734b26"),
    "walnut": _scheme("7a5539", "6a472e", "553722", "a97f5a"),
    "sea": _scheme("5fb3b8", "4aa0a6", "37868d", "a9dbdc"),
    "chalk": _scheme("ffffff", "f3f3f1", "e4e4e0", "bdbdb8"),
    "graphite": _scheme("3a3c40", "303236", "25272a", "74787f"),
    "coral": _scheme("f7a58c", "ef8d73", "e2745a", "ffd3c4"),
    "honey": _scheme("f0b95a", "e5a63f", "cf8c25", "fbe2af"),
    "cobalt": _scheme("3e66b0", "345899", "29477d", "8fb0e6"),
    "moss": _scheme("8a9a5b", "78884b", "63723b", "c3cf9c"),
    "rosewood": _scheme("d9a9a0", "c98f86", "b3746c", "7e433f"),
}
HELD_OUT_PALETTES: dict[str, tuple[Rgb, ...]] = {
    "glacier": _scheme("cfe8ec", "a9d2da", "7cb5c2", "356d80"),
    "apricot": _scheme("fde0c2", "f8c898", "efa866", "b5652b"),
    "heather": _scheme("c9bfd6", "b1a3c4", "9383ac", "54456f"),
    "pistachio": _scheme("e4edc3", "cfdf9d", "b2c86f", "6f8638"),
    "terracotta": _scheme("dc9a78", "cd825e", "b66946", "f2cdb7"),
    "midnight": _scheme("173042", "12283a", "0d1d2c", "4f8098"),
    "oat": _scheme("efe6da", "e0d2c0", "c9b69e", "8c745a"),
    "petrol": _scheme("2f6f73", "275e63", "1d4a4f", "84b9b5"),
    "orchid": _scheme("f1d5ea", "e2b4d8", "cc8cc0", "8a4a80"),
    "ash": _scheme("9a9ca3", "86888f", "6d6f77", "d1d3d8"),
}
PALETTES: dict[str, tuple[Rgb, ...]] = {**TRAIN_PALETTES, **HELD_OUT_PALETTES}
