"""Stage A's lessons in the syntax of the tool: how a call is written and what an answer after a crop rests on. Not when to
call, and not what to look at: a coin that does not know the question decides whether, an even draw over the scene's objects
which (`plan`). Those two are what reinforcement learning has to find.

In every second example the crops are supplied: the looks stand in the context with weight 0, so neither that they were made
nor where is learnt, and only what follows from them is. They may show what was asked: else a crop that helps is seen so
rarely that no one learns to answer from it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .lessons import CFG, OVERVIEW_KINDS, TAG_KINDS, Lesson, direct_thought, finding, overview_lesson, pick, visible
from .tokenizer import NanoTokenizer
from .views import executed, look_box, tens
from .world import Scene, sample_scene
from .world.questions import Question, ask

Rng = np.random.Generator

CALL = 0.5  # the first coin
AGAIN = 0.4  # each further one
MOST = 4
SUPPLIED = 0.5  # examples whose crops are given
SHOWS = 0.6  # of those, crops of what was asked
LOOK = ("I look closer at the {}.", "Let me look at the {}.", "I look at the {}.")
UNKNOWN = "I can not tell."


def plan(rng: Rng, objects: int) -> list[int]:
    """Which objects are looked at, in order: it is not told the question."""
    looks: list[int] = []
    while len(looks) < MOST and rng.random() < (AGAIN if looks else CALL):
        looks.append(int(rng.integers(objects)))
    return looks


@dataclass
class Look:
    thought: str
    target: int
    box: tuple[int, int, int, int]  # multiples of ten thousandths
    region: tuple[int, int, int, int]  # executed, pixels


def given(rng: Rng, objects: int, targets: list[int]) -> list[int]:
    """Which objects supplied crops show, in order."""
    if targets and rng.random() < SHOWS:
        looks = [int(t) for t in rng.permutation(targets)]
        return looks if rng.random() < 0.7 else [int(rng.integers(objects)), *looks]
    return [int(rng.integers(objects)) for _ in range(1 + int(rng.random() < AGAIN))]


def script(scene: Scene, q: Question, rng: Rng, supplied: bool = False) -> tuple[list[Look], list[int]]:
    """The looks of one example, and which of the question's targets they show whole."""
    looks: list[Look] = []
    objects = len(scene.objects)
    for index in given(rng, objects, q.targets) if supplied else plan(rng, objects):
        o = scene.objects[index]
        thought = pick(rng, LOOK).format(o.noun)
        if looks:
            thought = f"{shown(scene, looks[-1])} {thought}"
        box = tens(look_box(rng, scene, o), scene)
        looks.append(Look(thought, index, box, executed(box, scene)))
    known = [t for t in q.targets if any(look.target == t and visible(scene.objects[t].tag, look.region) for look in looks)]
    return looks, known


def shown(scene: Scene, look: Look) -> str:
    """What the crop of a look shows, in words."""
    o = scene.objects[look.target]
    if not visible(o.tag, look.region):
        return "I do not see the tag."
    if o.tag.kind == "dots":
        return f"The {o.noun} has {o.tag.text} dots."
    return f"The {o.noun} has {o.tag.text}."


def _branch(lesson: Lesson, scene: Scene, q: Question, rng: Rng) -> None:
    lesson.ask(q.question)
    supplied = rng.random() < SUPPLIED
    looks, known = script(scene, q, rng, supplied)
    for look in looks:
        lesson.think(look.thought, 0.0 if supplied else 1.0)
        lesson.call(look.box, scene.objects[look.target].noun, 0.0 if supplied else 1.0)
        lesson.see(scene, look.region)
    if q.kind in OVERVIEW_KINDS:
        direct_thought(lesson, scene, q)
        lesson.answer(q.answer)
    elif len(known) < len(q.targets):
        lesson.think(UNKNOWN, 0.5)
        lesson.answer(UNKNOWN, 0.5)
    elif q.kind == "larger-number":
        a, b = (scene.objects[t] for t in q.targets)
        lesson.think(f"The {a.noun} has {a.tag.text}. The {b.noun} has {b.tag.text}.", 2.0)
        lesson.answer(q.answer)
    else:
        lesson.think(finding(q, scene.objects[q.targets[0]].tag), 2.0)
        lesson.answer(q.answer)


def syntax_lesson(tk: NanoTokenizer, scene: Scene, rng: Rng) -> dict:
    lesson = Lesson(tk, "syntax", True, scene)
    for q in [*ask(scene, rng, TAG_KINDS, 4), *ask(scene, rng, OVERVIEW_KINDS, 2)]:
        _branch(lesson, scene, q, rng)
    return lesson.done()


def syntax_samples(rng: Rng) -> Iterator[dict]:
    """Without end: from two objects on, as reinforcement learning will meet them; the fewer, the more often a look is useful."""
    tk = NanoTokenizer(CFG.vocab)
    while True:
        scene = sample_scene(rng, n_objects=((2, 4), (4, 9), (6, 24))[int(rng.choice(3, p=(0.45, 0.3, 0.25)))])
        if len(scene.objects) < 2:
            continue
        if rng.random() < 0.1:
            yield overview_lesson(tk, scene, rng)
        else:
            yield syntax_lesson(tk, scene, rng)
