"""Prompts: scenes of a level drawn in full, with questions about them. Seeds name everything, so a run can be taken up again
where it was cut off, and the next prompts are drawn by another process while the policy learns.
"""

import json
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image

from ..evaluate import full_picture, scenes
from ..model import NanoModel
from ..process import end_with_parent
from ..world import Scene, sample_scene
from ..world.questions import Question, ask
from .rollout import Prompt, look

#: Objects of a scene, both ends included: DeepEyes has no such order; without it nothing starts at this size.
LEVELS = ((2, 4), (4, 9), (6, 24))

Drawn = tuple[Scene, Image.Image, list[Question]]


def draw(seed: list[int], level: int, questions: int) -> Drawn:
    """One scene of a level with up to so many questions."""
    rng = np.random.default_rng(seed)
    while True:
        scene = sample_scene(rng, n_objects=LEVELS[level])
        asked = ask(scene, rng, count=questions) if len(scene.objects) > 1 else []
        if asked:
            return scene, full_picture(scene), asked


def prompts_of(model: NanoModel, drawn: list[Drawn], tools: bool = True) -> list[Prompt]:
    features = look(model, [picture for _, picture, _ in drawn])
    return [Prompt(scene, picture, seen, q, tools) for (scene, picture, asked), seen in zip(drawn, features) for q in asked]


class Selection:
    """What `select` kept: scenes by their seeds, and which of their questions."""

    def __init__(self, path: Path):
        told = json.loads(path.read_text())
        self.questions = told["questions"]
        self.kept = [[k for k in told["kept"] if k["level"] == level] for level in range(len(LEVELS))]

    def pick(self, rng: np.random.Generator, level: int) -> dict:
        if not self.kept[level]:
            raise ValueError(f"the selection has no question of level {level}: select again, from more scenes")
        return self.kept[level][int(rng.integers(len(self.kept[level])))]


def draw_kept(kept: dict, questions: int, most: int) -> Drawn:
    scene, picture, asked = draw(kept["seed"], kept["level"], questions)
    return scene, picture, [asked[k] for k in kept["questions"]][:most]


class Stream:
    """Scenes for step after step, drawn ahead by one more process: fresh ones, or those of a selection."""

    def __init__(self, seed: int, scenes_a_step: int, questions: int, selection: Selection | None = None):
        self.seed, self.scenes, self.questions, self.selection = seed, scenes_a_step, questions, selection
        self.pool = ProcessPoolExecutor(1, initializer=end_with_parent)  # also where this process is killed
        self.ahead: dict[tuple[int, int], list[Future]] = {}

    def _order(self, step: int, level: int) -> list[Future]:
        key = (step, level)
        if key not in self.ahead:
            seeds = [[self.seed, step, level, i] for i in range(self.scenes)]
            if self.selection:
                picked = [self.selection.pick(np.random.default_rng(seed), level) for seed in seeds]
                self.ahead[key] = [self.pool.submit(draw_kept, kept, self.selection.questions, self.questions) for kept in picked]
            else:
                self.ahead[key] = [self.pool.submit(draw, seed, level, self.questions) for seed in seeds]
        return self.ahead[key]

    def take(self, step: int, level: int) -> list[Drawn]:
        """The scenes of a step; those of the next are begun."""
        mine = self._order(step, level)
        self._order(step + 1, level)
        out = [f.result() for f in mine]
        self.ahead = {key: futures for key, futures in self.ahead.items() if key[0] > step}
        return out


def test_scenes(count: int = 40, seed: int = 20261, per: int = 8) -> list[Drawn]:
    """The fixed held-out scenes of `python -m loupe_nano.evaluate`."""
    return [(scene, full_picture(scene), asked) for scene, asked in scenes(count, seed, per)]
