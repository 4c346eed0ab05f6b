"""The closed lists of the tagged world: nouns, icon styles, colours, glyphs, fonts, and which of them are held out.

Only data. Order matters: dense labels count from these lists, and sprite sheets are laid out in noun order.
"""
from __future__ import annotations

NOUNS: tuple[str, ...] = (
    "dog", "cat", "bear", "panda", "frog", "pig", "fish", "bird",
    "penguin", "turtle", "snail", "octopus", "snake", "spider", "whale", "rabbit",
    "elephant", "apple", "banana", "cherry", "corn", "lemon", "strawberry", "pineapple",
    "watermelon", "pizza", "burger", "mushroom", "cake", "donut", "car", "bus",
    "plane", "rocket", "bicycle", "boat", "helicopter", "key", "umbrella", "bell",
    "crown", "guitar", "trumpet", "camera", "clock", "book", "pencil", "snowman",
    "hammer", "bulb", "gift", "balloon", "hat", "phone", "trophy", "anchor",
    "star", "heart", "cactus", "tree", "sunflower", "house", "ghost", "cup",
)

TRAIN_STYLES: tuple[str, ...] = (
    "twemoji", "openmoji", "noto", "fluent-emoji", "fluent-emoji-flat", "emojione", "noto-v1",
)
#: Never seen in training; reported as its own row.
UNSEEN_STYLES: tuple[str, ...] = ("fxemoji",)
STYLES: tuple[str, ...] = TRAIN_STYLES + UNSEEN_STYLES

#: Letters and digits of tags. I, O and Q are left out: they look like 1 and 0.
ALPHABET = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
LETTERS = ALPHABET[:23]

#: Plate and ink colours by name, the middle of the range that scenes vary around.
COLORS: dict[str, tuple[int, int, int]] = {
    "red": (217, 48, 52),
    "orange": (244, 138, 32),
    "yellow": (250, 212, 44),
    "green": (44, 160, 78),
    "blue": (38, 104, 214),
    "purple": (136, 66, 186),
    "white": (250, 250, 247),
    "black": (28, 28, 32),
}
COLOR_NAMES: tuple[str, ...] = tuple(COLORS)
#: Inks that stay legible on a plate.
INKS: dict[str, tuple[str, ...]] = {
    "red": ("white", "yellow"),
    "orange": ("black", "purple"),
    "yellow": ("black", "blue", "red", "purple"),
    "green": ("white", "yellow"),
    "blue": ("white", "yellow"),
    "purple": ("white", "yellow", "orange"),
    "white": ("black", "red", "blue", "green", "purple"),
    "black": ("white", "yellow", "orange", "green", "red"),
}

#: Font packages (@fontsource) and the weight used.
TRAIN_FONTS: dict[str, int] = {
    "rubik": 700, "nunito": 800, "montserrat": 700, "oswald": 600, "jetbrains-mono": 700,
    "lexend": 600, "barlow": 700, "courier-prime": 700, "roboto-condensed": 700, "space-grotesk": 700,
    "anton": 400, "league-spartan": 700, "dm-sans": 700, "work-sans": 700, "karla": 700, "quicksand": 700, "exo-2": 700,
    "ibm-plex-mono": 700, "fira-sans-condensed": 700, "overpass": 800, "mulish": 800, "baloo-2": 700, "urbanist": 700,
    "manrope": 800, "teko": 600, "rajdhani": 700, "titillium-web": 700, "zilla-slab": 700, "inter": 700, "varela-round": 400,
}
HELD_OUT_FONTS: dict[str, int] = {"fredoka": 600, "archivo": 700, "bebas-neue": 400, "poppins": 600}
FONTS: dict[str, int] = {**TRAIN_FONTS, **HELD_OUT_FONTS}
