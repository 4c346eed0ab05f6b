"""The tokenizer: whole words, single characters, and the tool-call scaffold as one token.

Byte-level BPE without merges: a word of `words.py` is one token (`ignore_merges`), everything else is spelled in bytes, so
any text round-trips. Capital letters and digits are always single characters, because tags are read that way. Multiples
of ten are in the vocabulary, but encoding never yields them: only the decoder writes them, inside boxes, and the prompt
is tokenized piece by piece (what the model wrote is never tokenized again).
"""

import json
from functools import lru_cache
from pathlib import Path

from tokenizers import Tokenizer

from .words import MIDDLES, STARTS
from .world.vocabulary import COLOR_NAMES, NOUNS

SCAFFOLD = '<tool_call>{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": ['
LABEL = '], "label": "'
CALL_END = '"}}</tool_call>'
COMMA = ", "

SPECIAL = ("<|im_end|>", "<|im_start|>", "<image>", "<fake_token_around_image>", "<global-img>")
TAGS = ("<think>", "</think>", "<answer>", "</answer>", "<tool_response>", "</tool_response>", SCAFFOLD, LABEL, CALL_END)
COORDINATES = tuple(str(v) for v in range(10, 1001, 10))
PATTERN = r" ?[A-Z]?[a-z]+|\s|[^\s]"


@lru_cache
def byte_chars() -> list[str]:
    """The printable character that stands for each byte in byte-level vocabularies (GPT-2's table)."""
    keep = [*range(33, 127), *range(161, 173), *range(174, 256)]
    table, extra = {}, 0
    for b in range(256):
        table[b] = chr(b) if b in keep else chr(256 + extra)
        extra += b not in keep
    return [table[b] for b in range(256)]


def _spell(text: str) -> str:
    return "".join(byte_chars()[b] for b in text.encode())


def build(size: int) -> dict:
    """`tokenizer.json` with exactly `size` entries, padded with reserved tokens."""
    added = [*SPECIAL, *TAGS]
    words = dict.fromkeys(
        [*(" " + w for w in (*NOUNS, *COLOR_NAMES, *MIDDLES)), *STARTS, *NOUNS, COMMA]
    )
    vocab: dict[str, int] = {}
    for token in [*added, *byte_chars(), *COORDINATES, *(_spell(w) for w in words)]:
        vocab.setdefault(token, len(vocab))
    if len(vocab) > size:
        raise ValueError(f"{len(vocab)} tokens do not fit {size}")
    while len(vocab) < size:
        vocab[f"<|reserved_{len(vocab)}|>"] = len(vocab)
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {"id": vocab[t], "content": t, "single_word": False, "lstrip": False, "rstrip": False,
             "normalized": False, "special": t in SPECIAL}
            for t in added
        ],
        "normalizer": None,
        "pre_tokenizer": {
            "type": "Sequence",
            "pretokenizers": [
                {"type": "Split", "pattern": {"Regex": PATTERN}, "behavior": "Isolated", "invert": False},
                {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": False, "use_regex": False},
            ],
        },
        "post_processor": None,
        "decoder": {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": False, "use_regex": False},
        "model": {
            "type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None,
            "end_of_word_suffix": None, "fuse_unk": False, "byte_fallback": False, "ignore_merges": True,
            "vocab": vocab, "merges": [],
        },
    }


class NanoTokenizer:
    """Text to ids and back, and the pieces that only the decoder writes (`box`)."""

    def __init__(self, size: int = 1024, file: Path | None = None):
        text = file.read_text() if file else json.dumps(build(size))
        self.json = json.loads(text)
        self.tk = Tokenizer.from_str(text)
        self.vocab: dict[str, int] = self.json["model"]["vocab"]
        self.comma = self.vocab[_spell(COMMA)]
        self.end = self.vocab["<|im_end|>"]
        self.image = self.vocab["<image>"]
        self._cache: dict[str, list[int]] = {}

    def encode(self, text: str) -> list[int]:
        """Text without boxes."""
        ids = self._cache.get(text)
        if ids is None:
            ids = self._cache[text] = self.tk.encode(text, add_special_tokens=False).ids
        return list(ids)

    def decode(self, ids) -> str:
        return self.tk.decode([int(i) for i in ids], skip_special_tokens=False)

    def coordinate(self, value: int) -> int:
        """The token of a multiple of ten, 0 to 1000."""
        return self.vocab[str(value)]

    def box(self, box: tuple[int, int, int, int]) -> list[int]:
        """`x1, y1, x2, y2` as the decoder writes it."""
        ids: list[int] = []
        for v in box:
            ids += [self.comma, self.coordinate(v)] if ids else [self.coordinate(v)]
        return ids

    def call(self, box: tuple[int, int, int, int], label: str) -> list[int]:
        """A whole call (N5)."""
        v = self.vocab
        return [v[SCAFFOLD], *self.box(box), v[LABEL], *self.encode(label), v[CALL_END]]

    def special_ids(self) -> dict[str, int]:
        return {t: self.vocab[t] for t in SPECIAL}
