"""Whole interleaved trajectories of many prompts at once: think, call, crop, ..., answer (docs/protocol.md), sampled or greedy.

The world here is the app's: a box is grown, cut from the full picture and squashed as rules N7-N14 say; a bad or repeated
box is told back as an error. Only what the policy wrote itself is marked as its own (`mine`).
"""

from dataclasses import dataclass, field

import numpy as np
import torch
from PIL import Image

from .. import protocol
from ..agent import ANSWER, read_call, repeats_after
from ..device import half
from ..image import executed_crop, normalize, squash, to_pixels
from ..model import NanoModel
from ..tokenizer import NanoTokenizer
from ..world import Scene
from ..world.questions import Question
from .cache import Cache

MOST_CALLS = 4
TURN_TOKENS = 64
ROOM = 720


@dataclass
class Prompt:
    scene: Scene
    picture: Image.Image  # full size
    features: torch.Tensor  # [image tokens, hidden], of the overview
    question: Question
    tools: bool = True


@dataclass
class Call:
    box: tuple[float, ...] | None  # asked, thousandths; None where it could not be read
    crop: tuple[int, int, int, int] | None  # executed, pixels; None where it was refused


@dataclass
class Trajectory:
    prompt: Prompt
    ids: list[int] = field(default_factory=list)
    mine: list[bool] = field(default_factory=list)
    logp: list[float] = field(default_factory=list)  # of each own token when it was drawn; 0 elsewhere
    images: list[tuple[int, torch.Tensor]] = field(default_factory=list)  # (first <image>, features)
    calls: list[Call] = field(default_factory=list)
    text: str = ""  # all own turns
    answer: str | None = None
    repeats: int = 0  # in a row (N13)

    @property
    def crops(self) -> list[tuple[int, int, int, int]]:
        return [c.crop for c in self.calls if c.crop]


@torch.no_grad()
def look(model: NanoModel, pictures: list[Image.Image], most: int = 64) -> list[torch.Tensor]:
    """Image features [tokens, hidden] of each picture as the model sees it."""
    out: list[torch.Tensor] = []
    for i in range(0, len(pictures), most):
        pixels = np.stack([squash(p, model.cfg.image_size) for p in pictures[i : i + most]])
        with half():
            out += model.image_features(torch.as_tensor(normalize(pixels))).float().unbind(0)
    return out


class Roller:
    """Rolls out prompts with one policy."""

    def __init__(self, model: NanoModel, tk: NanoTokenizer):
        self.model, self.tk = model, tk

    def __call__(self, prompts: list[Prompt], rollouts: int = 1, generator: torch.Generator | None = None,
                 temperature: float = 1.0) -> list[list[Trajectory]]:
        """`rollouts` trajectories of each prompt; greedy without a generator."""
        state, hidden = self._start(prompts)
        state, hidden = state.repeat(rollouts), hidden.repeat_interleave(rollouts, 0)
        live = [self._begin(p) for p in prompts for _ in range(rollouts)]
        done = live
        while live:
            turns, hidden = self._turn(state, hidden, live, generator, temperature)
            told = [self._answer_to(t, turn) for t, turn in zip(live, turns)]
            on = [i for i, ids in enumerate(told) if ids is not None and len(live[i].ids) + len(ids) + TURN_TOKENS < ROOM]
            if not on:
                break
            live, told = [live[i] for i in on], [told[i] for i in on]
            state = state.keep(torch.tensor(on))
            hidden = self._tell(state, live, told)
        return [done[i : i + rollouts] for i in range(0, len(done), rollouts)]

    def told_to_look(self, p: Prompt, looks: list[tuple[list[int], tuple[int, int, int, int]]]) -> Trajectory:
        """Greedy after `looks` that were put in the policy's mouth: (ids of a turn, region in pixels) each."""
        t = self._begin(p)
        views = look(self.model, [p.picture.crop(region) for _, region in looks])
        told = protocol.observation(self.tk, self.model.cfg.image_tokens)
        for (ids, region), view in zip(looks, views):
            t.calls.append(Call(None, region))
            self._note(t, ids)
            t.images.append((len(t.ids) + told.index(self.tk.image), view))
            self._note(t, told)
        x = self.model.embed(torch.tensor([t.ids])).detach()
        x[0, torch.tensor(t.ids) == self.tk.image] = torch.cat([seen for _, seen in t.images])
        state = Cache(self.model, 1, ROOM)
        texts, _ = self._turn(state, state.append(x, torch.tensor([len(t.ids)])), [t], None, 1.0)
        found = ANSWER.search(texts[0])
        t.answer = found.group(1).strip() if found else None
        return t

    def _begin(self, p: Prompt) -> Trajectory:
        ids = protocol.prefix(self.tk, self.model.cfg.image_tokens, p.tools)
        t = Trajectory(p)
        t.images.append((ids.index(self.tk.image), p.features))
        self._note(t, ids + protocol.question(self.tk, p.question.question))
        return t

    @staticmethod
    def _note(t: Trajectory, ids: list[int], logp: list[float] | None = None) -> None:
        t.ids += ids
        t.mine += [logp is not None] * len(ids)
        t.logp += logp if logp is not None else [0.0] * len(ids)

    def _embed(self, ids: list[list[int]], features: list[torch.Tensor | None]) -> tuple[torch.Tensor, torch.Tensor]:
        """Rows padded to one length, [B, S, hidden], and their true lengths."""
        counts = torch.tensor([len(row) for row in ids])
        padded = torch.full((len(ids), int(counts.max())), self.tk.end)
        for i, row in enumerate(ids):
            padded[i, : len(row)] = torch.tensor(row)
        x = self.model.embed(padded).detach()
        for i, seen in enumerate(features):
            if seen is not None:
                x[i, padded[i] == self.tk.image] = seen
        return x, counts

    def _start(self, prompts: list[Prompt]) -> tuple[Cache, torch.Tensor]:
        begun = [self._begin(p) for p in prompts]
        x, counts = self._embed([t.ids for t in begun], [p.features for p in prompts])
        state = Cache(self.model, len(prompts), ROOM)
        return state, state.append(x, counts)

    @torch.no_grad()
    def _turn(self, state: Cache, hidden: torch.Tensor, live: list[Trajectory], generator, temperature: float):
        """Everyone writes until `<|im_end|>`. Returns the texts and the states after."""
        n = len(live)
        writing = torch.ones(n, dtype=torch.bool)
        written, chances = [[] for _ in range(n)], [[] for _ in range(n)]
        for _ in range(TURN_TOKENS):
            logp = self.model.logits(hidden).float().log_softmax(-1)
            if generator is None:
                token = logp.argmax(-1)
            else:
                p = logp if temperature == 1 else (logp / temperature).log_softmax(-1)
                token = torch.multinomial(p.exp(), 1, generator=generator)[:, 0]
            chance = logp.gather(1, token[:, None])[:, 0]
            for i in writing.nonzero()[:, 0].tolist():
                written[i].append(int(token[i]))
                chances[i].append(float(chance[i]))
            fresh = state.append(self.model.embed(token)[:, None].detach(), writing.long())
            hidden = torch.where(writing[:, None], fresh, hidden)
            writing = writing & (token != self.tk.end)
            if not writing.any():
                break
        texts = []
        for t, ids, chance in zip(live, written, chances):
            self._note(t, ids, chance)
            texts.append(self.tk.decode(ids))
            t.text += texts[-1]
        return texts, hidden

    def _answer_to(self, t: Trajectory, text: str) -> list[int] | None:
        """What is told back after a turn; None: the trajectory ends."""
        box, error = read_call(text) if t.prompt.tools else (None, None)
        if box is None and error is None:
            found = ANSWER.search(text)
            t.answer = found.group(1).strip() if found else None
            return None
        if len(t.calls) == MOST_CALLS:
            return None
        last = next((c.box for c in reversed(t.calls) if c.box), None)
        if box is not None:
            t.repeats = repeats_after(box, last, t.repeats)
            if t.repeats > 1:
                return None
            error = "bad box." if t.repeats else None
        if error:
            t.calls.append(Call(box, None))
            return protocol.error(self.tk, error)
        w, h = t.prompt.picture.size
        t.calls.append(Call(box, executed_crop(to_pixels(box, w, h), w, h)))
        return protocol.observation(self.tk, self.model.cfg.image_tokens)

    def _tell(self, state: Cache, live: list[Trajectory], told: list[list[int]]) -> torch.Tensor:
        seeing = [t for t in live if t.calls[-1].crop]
        features = dict(zip(map(id, seeing), look(self.model, [t.prompt.picture.crop(t.calls[-1].crop) for t in seeing])))
        seen: list[torch.Tensor | None] = []
        for t, ids in zip(live, told):
            view = features.get(id(t))
            if view is not None:
                t.images.append((len(t.ids) + ids.index(self.tk.image), view))
            seen.append(view)
            self._note(t, ids)
        x, counts = self._embed(told, seen)
        return state.append(x, counts)
