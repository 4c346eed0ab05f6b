"""One whole run on an exported folder: think, look, answer (docs/protocol.md N4-N13), greedily.

The reference for the app's own loop; golden fixtures are its recordings.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from PIL import Image

from . import protocol
from .image import Box, executed_crop, normalize, squash, to_pixels
from .runtime import Folder

CALL = re.compile(r"<tool_call>(.*?)(?:</tool_call>|$)", re.S)
SAME_BOX = 0.95  # IoU from which on two boxes are the same
LABEL = re.compile(r'"label": "([^"]*)"')
ANSWER = re.compile(r"<answer>(.*?)(?:</answer>|<\|im_end\|>|$)", re.S)


@dataclass
class Turn:
    """What the model wrote in one go, and what was told back."""

    tokens: list[int]
    text: str
    first_logits: np.ndarray
    box: tuple[float, float, float, float] | None = None  # asked, thousandths
    crop: tuple[int, int, int, int] | None = None  # executed, pixels
    error: str | None = None
    lead: float = float("inf")  # the least by which a chosen token led, in logits, up to here


@dataclass
class Run:
    turns: list[Turn] = field(default_factory=list)
    answer: str | None = None

    @property
    def calls(self) -> int:
        return sum(t.crop is not None for t in self.turns)


def iou(a, b) -> float:
    w = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
    h = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
    area = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
    return w * h / (area - w * h) if area > w * h else 0.0


def repeats_after(box, last, repeats: int) -> int:
    """N13: how often in a row the box before was asked again, once `box` is asked after `last` (None: it is the first) and
    `repeats`. Another box begins at 0; a call that cannot be read does not count at all."""
    return repeats + 1 if last is not None and iou(box, last) >= SAME_BOX else 0


def read_call(text: str) -> tuple[tuple[float, ...] | None, str | None]:
    """The box of a turn's first call in thousandths, or the error that the model is told; (None, None) without a call."""
    found = CALL.search(text)
    if not found:
        return None, None
    try:
        call = json.loads(found.group(1))
        box = [float(v) for v in call["arguments"]["bbox_2d"]]
        if call["name"] != "image_zoom_in_tool" or len(box) != 4 or not all(np.isfinite(box)):
            return None, "bad call."
    except (ValueError, KeyError, TypeError):
        return None, "bad call."
    x1, y1, x2, y2 = (min(1000.0, max(0.0, v)) for v in box)
    return ((x1, y1, x2, y2), None) if x1 < x2 and y1 < y2 else (None, "bad box.")


def label_of(text: str) -> str:
    """What a turn's first call says it looks at; "" where it does not say."""
    found = LABEL.search(text)
    return found.group(1) if found else ""


class Looker:
    """A picture opened for questions: the shared prefix is encoded and prefilled once."""

    def __init__(self, folder: Folder, picture: Image.Image):
        self.f, self.picture = folder, picture.convert("RGB")
        self.features = folder.image_features(normalize(squash(self.picture, folder.cfg.image_size)[None]))[0]
        self.prefixes: dict = {}

    def _prefix(self, tools: bool):
        if tools not in self.prefixes:
            seq = self.f.start()
            seq.append(protocol.prefix(self.f.tokenizer, self.f.cfg.image_tokens, tools), self.features)
            self.prefixes[tools] = seq
        return self.prefixes[tools].fork()

    def ask(self, question: str, tools: bool = True, max_turns: int = 4, limit: int = 96, oracle: Callable[[str], Box] | None = None) -> Run:
        """`oracle`: the box in pixels that replaces what a call with this label asked for (an upper bound, not a run)."""
        tk, cfg, run = self.f.tokenizer, self.f.cfg, Run()
        seq = self._prefix(tools)
        logits = seq.append(protocol.question(tk, question))
        last, repeats = None, 0
        for turn_index in range(max_turns + 1):
            first = logits
            tokens = seq.greedy(logits, limit)
            turn = Turn(tokens, tk.decode(tokens), first, lead=seq.closest)
            run.turns.append(turn)
            box, error = read_call(turn.text) if tools else (None, None)
            if box is None and error is None:
                found = ANSWER.search(turn.text)
                run.answer = found.group(1).strip() if found else None
                return run
            if turn_index == max_turns:
                return run
            if box is not None:
                repeats = repeats_after(box, last, repeats)
                if repeats > 1:
                    return run
                error = "bad box." if repeats else None
            turn.box, last = box, box or last
            if error:
                turn.error = error
                logits = seq.append(protocol.error(tk, error))
                continue
            w, h = self.picture.size
            asked = to_pixels(box, w, h)
            if oracle:
                asked = oracle(label_of(turn.text))
            turn.crop = executed_crop(asked, w, h)
            pixels = normalize(squash(self.picture.crop(turn.crop), cfg.image_size)[None])
            logits = seq.append(protocol.observation(tk, cfg.image_tokens), self.f.image_features(pixels)[0])
        return run
