"""Questions about a scene, with their answers: eight kinds, several wordings each, in a fixed mix.

Kinds, fields and the rule of `needsZoom` are those of docs/scene-format.md. Answers come from the scene's data alone.
"""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .scene import Scene, SceneObject, whole_box
from .vocabulary import NOUNS

#: Share of each kind.
MIX: dict[str, float] = {
    "read-tag": 0.30, "tag-color": 0.10, "dot-color": 0.08, "count-dots": 0.12,
    "larger-number": 0.12, "left-right": 0.10, "above-below": 0.08, "exists": 0.10,
}
KINDS: tuple[str, ...] = tuple(MIX)
CONTENT_KINDS = frozenset(("read-tag", "tag-color", "dot-color", "count-dots", "larger-number"))
NUMBER_WORDS = ("zero", "one", "two", "three", "four", "five", "six")
OVERVIEW = 256
#: A tag lower than this in the overview cannot be read there, pixels.
LEGIBLE_HEIGHT = 6.0

WORDINGS: dict[str, tuple[str, ...]] = {
    "read-tag": (
        "What does the tag on the {a} say?", "Read the tag on the {a}.", "What is written on the tag of the {a}?",
        "What does the label on the {a} say?", "Which text is on the tag of the {a}?", "Tell me what the tag on the {a} says.",
        "What is on the tag of the {a}?", "The {a} has a tag. What does it say?", "Please read the label on the {a}.",
        "What tag does the {a} have?",
    ),
    "tag-color": (
        "What color is the tag on the {a}?", "Which color is the tag of the {a}?", "What is the color of the tag on the {a}?",
        "Tell me the color of the tag on the {a}.", "The {a} has a tag. What color is it?", "What color is the label on the {a}?",
        "Name the color of the tag of the {a}.", "What color tag does the {a} have?",
    ),
    "dot-color": (
        "What color are the dots on the tag of the {a}?", "What color are the dots on the {a}?",
        "Which color are the dots on the tag of the {a}?", "What is the color of the dots on the tag of the {a}?",
        "Tell me the color of the dots on the {a}.", "The tag on the {a} shows dots. What color are they?",
        "Name the color of the dots on the tag of the {a}.",
    ),
    "count-dots": (
        "How many dots are on the tag of the {a}?", "How many dots are there on the {a}?", "Count the dots on the tag of the {a}.",
        "What is the number of dots on the tag of the {a}?", "How many dots does the tag on the {a} show?",
        "Tell me how many dots are on the {a}.", "The tag on the {a} shows dots. How many?", "How many dots does the {a} have?",
    ),
    "larger-number": (
        "Which has the larger number, the {a} or the {b}?", "Which number is larger, the one on the {a} or the one on the {b}?",
        "Is the larger number on the {a} or on the {b}?", "Compare the {a} and the {b}. Which has the larger number?",
        "Which tag shows the bigger number, the {a} or the {b}?", "Does the {a} or the {b} have the larger number?",
        "Which has the higher number on its tag, the {a} or the {b}?",
    ),
    "left-right": (
        "Is the {a} left or right of the {b}?", "Is the {a} on the left or right of the {b}?",
        "Is the {a} to the left or to the right of the {b}?", "Where is the {a}, left or right of the {b}?",
        "On which side of the {b} is the {a}, left or right?", "Tell me if the {a} is left or right of the {b}.",
        "The {a} and the {b}: is the {a} left or right?",
    ),
    "above-below": (
        "Is the {a} above or below the {b}?", "Where is the {a}, above or below the {b}?", "Tell me if the {a} is above or below the {b}.",
        "Is the {a} placed above or below the {b}?", "The {a} and the {b}: is the {a} above or below?",
        "Look at the {a} and the {b}. Is the {a} above or below?",
    ),
    "exists": (
        "Is there {an} {a}?", "Is there {an} {a} in the picture?", "Do you see {an} {a}?", "Can you see {an} {a} here?",
        "Does the picture show {an} {a}?", "Is {an} {a} in this picture?", "Can you find {an} {a} in the picture?",
        "Does this picture have {an} {a}?",
    ),
}


@dataclass
class Question:
    kind: str
    question: str
    answer: str
    accepted: list[str]
    targets: list[int]  # indices into scene.objects, in the order in which the question names them
    needs_zoom: bool
    options: list[str] = field(default_factory=list)

    def json(self, name: str) -> dict[str, Any]:
        """An entry of scene.json."""
        out: dict[str, Any] = {
            "id": name, "kind": self.kind, "question": self.question, "answer": self.answer, "accepted": self.accepted,
            "targets": self.targets, "needsZoom": self.needs_zoom,
        }
        return out | ({"options": self.options} if self.options else {})


def ask(scene: Scene, rng: np.random.Generator, kinds: tuple[str, ...] | None = None, count: int = 10) -> list[Question]:
    """Up to `count` different questions in the mix (fewer in a scene that has no more to ask). `kinds` narrows the mix."""
    allowed = kinds or KINDS
    weights = np.array([MIX[k] for k in allowed])
    edges = np.cumsum(weights / weights.sum())
    # Evenly spaced draws keep the mix close to its shares within every scene.
    wanted = [allowed[min(int(np.searchsorted(edges, (i + rng.random()) / count)), len(allowed) - 1)] for i in range(count)]
    asked: set[tuple[str, tuple[str, ...]]] = set()
    out: list[Question] = []
    for i in rng.permutation(count):
        order = [wanted[i], *(allowed[j] for j in rng.choice(len(allowed), len(allowed), False, weights / weights.sum()))]
        for kind in order:
            made = _ask_one(scene, rng, kind, asked)
            if made is not None:
                out.append(made)
                break
    return out


def needs_zoom(scene: Scene, kind: str, targets: list[int], overview: int = OVERVIEW) -> bool:
    """Geometry alone: a question about a tag's content, and a target's tag under LEGIBLE_HEIGHT px in the overview."""
    if kind not in CONTENT_KINDS:
        return False
    boxes = [whole_box(scene, scene.objects[t].tag.box) for t in targets]
    return any((b[3] - b[1]) * overview / scene.height < LEGIBLE_HEIGHT for b in boxes)


def _ask_one(scene: Scene, rng: np.random.Generator, kind: str, asked: set) -> Question | None:
    subject = _subject(scene, rng, kind, asked)
    if subject is None:
        return None
    targets, nouns, answer, accepted, options = subject
    asked.add((kind, tuple(sorted(nouns))))
    wording = WORDINGS[kind][int(rng.integers(len(WORDINGS[kind])))]
    first = nouns[0]
    text = wording.format(a=first, b=nouns[-1], an="an" if first[0] in "aeiou" else "a")
    return Question(kind, text, answer, accepted, targets, needs_zoom(scene, kind, targets), options)


def _subject(scene: Scene, rng: np.random.Generator, kind: str, asked: set):
    """(targets, nouns, answer, accepted, options), or None where the scene has nothing left of this kind."""
    objects = scene.objects
    if kind == "exists":
        present = bool(rng.random() < 0.5)
        here = {o.noun for o in objects}
        pool = [n for n in NOUNS if (n in here) == present and (kind, (n,)) not in asked]
        if not pool:
            return None
        noun = pool[int(rng.integers(len(pool)))]
        targets = [i for i, o in enumerate(objects) if o.noun == noun]
        answer = "yes" if present else "no"
        return targets, [noun], answer, [answer], ["yes", "no"]
    if kind in ("left-right", "above-below", "larger-number"):
        return _pair(scene, rng, kind, asked)
    fits = {"read-tag": ("text", "number"), "tag-color": ("text", "number", "dots")}.get(kind, ("dots",))
    pool = [i for i, o in enumerate(objects) if o.tag.kind in fits and (kind, (o.noun,)) not in asked]
    if not pool:
        return None
    at = pool[int(rng.integers(len(pool)))]
    tag = objects[at].tag
    answer = {"tag-color": tag.color, "dot-color": tag.ink}.get(kind, tag.text)
    accepted = [answer, NUMBER_WORDS[int(answer)]] if kind == "count-dots" else [answer]
    return [at], [objects[at].noun], answer, accepted, []


def _pair(scene: Scene, rng: np.random.Generator, kind: str, asked: set):
    objects = scene.objects
    pool = [i for i, o in enumerate(objects) if kind != "larger-number" or o.tag.kind == "number"]
    if len(pool) < 2:
        return None
    for _ in range(12):
        i, j = (pool[k] for k in rng.choice(len(pool), 2, False))
        a, b = objects[i], objects[j]
        if (kind, tuple(sorted((a.noun, b.noun)))) in asked:
            continue
        if kind == "larger-number":
            first, second = int(a.tag.text), int(b.tag.text)
            if first == second:
                continue
            answer = a.noun if first > second else b.noun
            return [i, j], [a.noun, b.noun], answer, [answer], [a.noun, b.noun]
        axis = 0 if kind == "left-right" else 1
        gap = _middle(a, axis) - _middle(b, axis)
        if abs(gap) < 0.5 * (a.box[axis + 2] - a.box[axis] + b.box[axis + 2] - b.box[axis]):
            continue  # overlapping extents: a person would hesitate
        options = ["left", "right"] if axis == 0 else ["above", "below"]
        answer = options[0] if gap < 0 else options[1]
        more = {"left": ["left", "to the left", "on the left"], "right": ["right", "to the right", "on the right"],
                "above": ["above", "over"], "below": ["below", "under"]}[answer]
        return [i, j], [a.noun, b.noun], answer, more, options
    return None


def _middle(o: SceneObject, axis: int) -> float:
    return (o.box[axis] + o.box[axis + 2]) / 2
