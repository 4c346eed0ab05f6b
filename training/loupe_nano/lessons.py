"""What the model is taught, as packed sequences: perception (stage A) and looking closer (stage B).

Stage A asks about overviews and about crops, without tools: where things are, what is there, what a tag in full view says.
Stage B shows whole runs in the dialect nano-1: think, call with a box that is never quite the same, read the crop,
answer; honest failures among them. What a demonstration gets wrong on purpose is shown, never learnt.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from . import protocol
from .config import NanoConfig
from .pack import SCAFFOLD_WEIGHT as LOW
from .pack import Pack
from .tokenizer import CALL_END, LABEL, SCAFFOLD, NanoTokenizer
from .views import close_box, executed, look_box, picture, sheet, tag_box, tens
from .world import NOUNS, Scene, crop_region, dense_labels, sample_scene
from .world.questions import Question, ask

Rng = np.random.Generator
CFG = NanoConfig()
OVERVIEW_KINDS = ("left-right", "above-below", "exists")
LEGIBLE = 0.1  # share of a crop's height that a written tag must fill to be read well
TAG_KINDS = ("read-tag", "tag-color", "dot-color", "count-dots", "larger-number")
TEXT_KINDS = ("read-tag", "larger-number")

WHERE = ("Where is the {}?", "Find the {}.", "Where do you see the {}?", "Show me the {}.")
WHERE_TAG = ("Where is the tag on the {}?", "Find the tag of the {}.", "Where is the tag of the {}?")
CAPTION = ("What is in the picture?", "What do you see?", "Name the things in the picture.", "Describe the picture.")
CROP_ASKS = {
    "text": ("What does the tag say?", "Read the tag.", "What is written here?", "What is on the tag?"),
    "count": ("How many dots are there?", "Count the dots.", "How many dots do you see?"),
    "plate": ("What color is the tag?", "Name the color of the tag."),
    "ink": ("What color are the dots?", "Name the color of the dots."),
}


def pick(rng: Rng, pool):
    return pool[int(rng.integers(len(pool)))]


class Lesson:
    """One pack with its dense labels."""

    def __init__(self, tk: NanoTokenizer, kind: str, tools: bool, scene: Scene, region=None):
        self.tk, self.kind, self.labels = tk, kind, []
        self.pack = Pack.begin(tk, CFG.image_tokens, tools, self._view(scene, region))

    def _view(self, scene: Scene, region) -> np.ndarray:
        self.labels.append(dense_labels(scene, region))
        return picture(scene, region)

    def ask(self, text: str) -> None:
        self.pack.open()
        self.pack.add(self.tk, protocol.question(self.tk, text), 0.0)

    @contextmanager
    def thinking(self, weight: float = LOW):
        """Everything added within is one thought."""
        v = self.tk.vocab
        self.pack.add(self.tk, [v["<think>"]], weight)
        yield
        self.pack.add(self.tk, [v["</think>"]], weight)

    def say(self, text: str, weight: float) -> None:
        self.pack.add(self.tk, self.tk.encode(text), weight)

    def think(self, text: str, weight: float = 1.0) -> None:
        with self.thinking(LOW * weight):
            self.say(text, 0.8 * weight)

    def think_reading(self, known: str, fresh: str) -> None:
        """What an earlier thought said, and what the newest view shows: only the second is read (`Pointing.read`)."""
        with self.thinking():
            self.say(known, 0.65)
            self.say(fresh, 1.6)

    def find(self, start: str, end: str, box: tuple[float, float, float, float]) -> None:
        """A thought that says where something is in the newest view; `box` in shares of its sides, found when `start` is said."""
        with self.thinking():
            self.say(start, 0.5)
            self.pack.aim(box)
            self.say(end, 0.5)

    def think_parts(self, parts: list) -> None:
        """Words and numbers: a str is text, an int a coordinate."""
        with self.thinking():
            for part in parts:
                if isinstance(part, int):
                    self.pack.add(self.tk, [self.tk.coordinate(part)], -0.7)
                else:
                    self.say(part, 0.5)

    def answer(self, text: str, weight: float = 1.5) -> None:
        v = self.tk.vocab
        self.pack.add(self.tk, [v["<answer>"]], 0.3)
        self.pack.add(self.tk, self.tk.encode(text), weight)
        self.pack.add(self.tk, [v["</answer>"]], 0.5)
        self.pack.add(self.tk, [self.tk.end], LOW)

    def answer_box(self, box: tuple[int, int, int, int]) -> None:
        tk = self.tk
        self.pack.add(tk, tk.encode("<answer>["), LOW)
        self.pack.add_box(tk, box, 1.0)
        self.pack.add(tk, tk.encode("]</answer>") + [tk.end], LOW)

    def call(self, box: tuple[int, int, int, int], label: str, weight: float = 1.0) -> None:
        tk, v = self.tk, self.tk.vocab
        self.pack.add(tk, [v[SCAFFOLD]], 0.3 * weight)
        self.pack.add_box(tk, box, weight)
        self.pack.add(tk, [v[LABEL]], LOW * weight)
        self.pack.add(tk, tk.encode(label), 0.3 * weight)
        self.pack.add(tk, [v[CALL_END], tk.end], LOW * weight)

    def see(self, scene: Scene, region) -> None:
        self.pack.add(self.tk, protocol.observation(self.tk, CFG.image_tokens), 0.0, self._view(scene, region))

    def done(self) -> dict:
        dense = {k: np.stack([view[k] for view in self.labels]).astype(np.int8) for k in self.labels[0]}
        return {"kind": self.kind, **self.pack.frozen(), **dense}


def _article(noun: str) -> str:
    return ("an " if noun[0] in "aeiou" else "a ") + noun


def _caption(scene: Scene) -> str:
    order = sorted(scene.objects, key=lambda o: (round(o.center[1] / scene.height * 4), o.center[0]))
    return ", ".join(o.noun for o in order[:6])


def _number(rng: Rng) -> int:
    return int(rng.integers(0, 10 ** int(rng.choice([1, 2, 3], p=[0.25, 0.5, 0.25]))))


def _compare_words(lesson: Lesson, rng: Rng) -> None:
    """Two numbers in words: which is larger needs no picture, and many examples."""
    a, b = _number(rng), _number(rng)
    if a == b:
        b += 1
    n, m = (NOUNS[int(i)] for i in rng.choice(len(NOUNS), 2, False))
    lesson.ask(f"The {n} has {a}. The {m} has {b}. Which has the larger number?")
    lesson.answer(n if a > b else m)


def overview_lesson(tk: NanoTokenizer, scene: Scene, rng: Rng, tags: int = 3, tag_weight: float = 0.4) -> dict:
    """Stage A on a whole picture, and the tools-off answers of both stages; `tags` questions need more than that picture shows."""
    lesson = Lesson(tk, "overview", False, scene)
    objects = scene.objects
    for i in rng.permutation(len(objects))[:3]:
        lesson.ask(pick(rng, WHERE).format(objects[i].noun))
        lesson.answer_box(tens(objects[i].box, scene))
    for i in rng.permutation(len(objects))[:3]:
        lesson.ask(pick(rng, WHERE_TAG).format(objects[i].noun))
        lesson.answer_box(tens(objects[i].tag.box, scene))
    for q in [*ask(scene, rng, OVERVIEW_KINDS, 4), *ask(scene, rng, TAG_KINDS, tags)]:
        lesson.ask(q.question)
        lesson.answer(q.answer, 1.0 if q.kind in OVERVIEW_KINDS else tag_weight)
    if rng.random() < 0.4:
        lesson.ask(pick(rng, CAPTION))
        lesson.answer(_caption(scene), 0.5)
    else:
        _compare_words(lesson, rng)
    return lesson.done()


def crop_lesson(tk: NanoTokenizer, scene: Scene, tag, region) -> dict:
    """Stage A on a crop: everything that one tag shows."""
    rng = np.random.default_rng(int(region[0]) * 4096 + int(region[1]) + scene.seed)
    lesson = Lesson(tk, "crop", False, scene, region)
    if tag.kind == "dots":
        lesson.ask(pick(rng, CROP_ASKS["count"]))
        lesson.answer(tag.text)
        lesson.ask(pick(rng, CROP_ASKS["ink"]))
        lesson.answer(tag.ink)
    else:
        lesson.ask(pick(rng, CROP_ASKS["text"]))
        lesson.answer(tag.text, 2.0)
    lesson.ask(pick(rng, CROP_ASKS["plate"]))
    lesson.answer(tag.color)
    return lesson.done()


def sheet_lesson(tk: NanoTokenizer, rng: Rng) -> dict:
    """Many tags in one picture, each asked for by its place: far more reading for one vision pass."""
    scene = sheet(rng)
    lesson = Lesson(tk, "overview", False, scene)
    side = scene.width
    inside = [t for t in scene.strays if t.box[0] > 1 and t.box[1] > 1 and t.box[2] < side - 1 and t.box[3] < side - 1]
    for i in rng.permutation(len(inside))[:14]:
        tag, box = inside[i], tens(inside[i].box, scene)
        lesson.pack.open()
        lesson.pack.add(tk, tk.encode("Read the tag at [") + tk.box(box) + tk.encode("].<|im_end|>\n<|im_start|>assistant\n"), 0.0)
        lesson.answer(f"{tag.text} dots" if tag.kind == "dots" else tag.text, 1.5)
    return lesson.done()


def _any_box(rng: Rng, scene: Scene, o):
    return look_box(rng, scene, o, 1.5) if rng.random() < 0.7 else tag_box(rng, scene, o.tag, 1.5)


def _crop_lessons(tk: NanoTokenizer, rng: Rng, scene: Scene, count: int, box) -> Iterator[dict]:
    """On up to `count` objects: crops of `box(o)`, those that hold the whole tag."""
    for i in rng.permutation(len(scene.objects))[:count]:
        o = scene.objects[i]
        region = crop_region(box(o), scene.width, scene.height)
        if visible(o.tag, region):
            yield crop_lesson(tk, scene, o.tag, region)


def crop_samples(rng: Rng) -> Iterator[dict]:
    """Only reading: crops as the model will ask for them."""
    tk = NanoTokenizer(CFG.vocab)
    while True:
        scene = sample_scene(rng, n_objects=(6, 24))
        yield from _crop_lessons(tk, rng, scene, 5, lambda o: close_box(rng, scene, o.tag) if o.tag.kind != "dots" and rng.random() < 0.6
                                 else look_box(rng, scene, o, 1.2))


def sheet_samples(rng: Rng) -> Iterator[dict]:
    """Only sheets: the most letters for one vision pass."""
    tk = NanoTokenizer(CFG.vocab)
    while True:
        yield sheet_lesson(tk, rng)


def _scenes(rng: Rng, wanted: int, least: int) -> Iterator[Scene]:
    """Scenes of `wanted` to 24 objects without end; those where fewer than `least` found room are passed over."""
    while True:
        scene = sample_scene(rng, n_objects=(wanted, 24))
        if len(scene.objects) >= least:
            yield scene


def perception_samples(rng: Rng) -> Iterator[dict]:
    """Stage A without end."""
    tk = NanoTokenizer(CFG.vocab)
    for scene in _scenes(rng, 4, 3):
        yield overview_lesson(tk, scene, rng)
        yield from _crop_lessons(tk, rng, scene, 2, lambda o: _any_box(rng, scene, o))
        if rng.random() < 0.35:
            yield sheet_lesson(tk, rng)


def direct_samples(rng: Rng) -> Iterator[dict]:
    """The twin without tools: stage B's pictures and its reading of crops, and every question answered at once."""
    tk = NanoTokenizer(CFG.vocab)
    for scene in _scenes(rng, 6, 4):
        yield overview_lesson(tk, scene, rng, 6, 1.0)
        yield from _crop_lessons(tk, rng, scene, 2, lambda o: _any_box(rng, scene, o))


SMALL = ("The tag on the {} is too small. I look closer.", "I need to look closer at the {}.", "The tag of the {} is too small to read.")
THEN = ("Now the {}.", "Now I look at the {}.")
MISSED = ("I do not see the tag. I look again.", "This is not the tag on the {}. I look again.")


def finding(q: Question, tag) -> str:
    """What the crop shows, said before the answer."""
    if q.kind == "tag-color":
        return f"The tag is {tag.color}."
    if q.kind == "dot-color":
        return f"The dots are {tag.ink}."
    if q.kind == "count-dots":
        return f"I count {tag.text} dots." if tag.text != "1" else "I count 1 dot."
    return f"The tag says {tag.text}."


def _wrong_box(rng: Rng, scene: Scene, target) -> tuple[int, int, int, int]:
    """A box that misses the tag: at another object, or just off."""
    others = [o for o in scene.objects if o is not target]
    if others and rng.random() < 0.5:
        return tens(look_box(rng, scene, pick(rng, others)), scene)
    x1, y1, x2, y2 = look_box(rng, scene, target)
    short = min(scene.width, scene.height)
    a, reach = rng.uniform(0, 2 * np.pi), rng.uniform(0.2, 0.35) * short
    dx, dy = np.cos(a) * reach, np.sin(a) * reach
    dx = float(np.clip(dx, -x1, scene.width - x2))
    dy = float(np.clip(dy, -y1, scene.height - y2))
    return tens((x1 + dx, y1 + dy, x2 + dx, y2 + dy), scene)


def visible(tag, region) -> bool:
    return tag.box[0] >= region[0] - 2 and tag.box[1] >= region[1] - 2 and tag.box[2] <= region[2] + 2 and tag.box[3] <= region[3] + 2


def _area(tag, region) -> tuple[float, float, float, float]:
    """Where a tag is in a view of `region`, in shares of its sides."""
    w, h = region[2] - region[0], region[3] - region[1]
    return ((tag.box[0] - region[0]) / w, (tag.box[1] - region[1]) / h, (tag.box[2] - region[0]) / w, (tag.box[3] - region[1]) / h)


def _zone(area: tuple[float, float, float, float]) -> str:
    x, y = ((area[0] + area[2]) / 2, (area[1] + area[3]) / 2)
    across = "left" if x < 0.38 else "right" if x > 0.62 else ""
    down = "upper" if y < 0.38 else "lower" if y > 0.62 else ""
    if across and down:
        return f"at the {down} {across}"
    if across:
        return f"on the {across}"
    return {"upper": "at the top", "lower": "at the bottom", "": "in the middle"}[down]


def _closer(lesson: Lesson, rng: Rng, scene: Scene, target, region) -> None:
    """A second look, at the tag alone, where the first one shows a written tag too small to read well."""
    tag = target.tag
    if tag.height > LEGIBLE * (region[3] - region[1]):
        return
    for _ in range(8):
        box = tens(close_box(rng, scene, tag), scene)
        if visible(tag, executed(box, scene)):
            break
    else:
        return
    area = _area(tag, region)
    lesson.find(f"The tag of the {target.noun} is", f" {_zone(area)}. I look closer.", area)
    lesson.call(box, target.noun, 1.5)
    lesson.see(scene, executed(box, scene))


def _look(lesson: Lesson, rng: Rng, scene: Scene, target, thought: str, reads: bool, slips: bool = True) -> None:
    """Think and call until the target's tag is in view, and what it says large enough if that is asked (`reads`). With
    `slips` sometimes by a detour."""
    tk = lesson.tk
    chance = rng.random() if slips else 1.0
    if chance < 0.04:
        lesson.think(thought)
        box = tens(look_box(rng, scene, target), scene)
        lesson.call((box[2], box[1], box[0], box[3]), target.noun, 0.0)
        lesson.pack.add(tk, protocol.error(tk, "bad box."), 0.0)
        thought = "The box was wrong. I try again."
    elif chance < 0.15:
        box = _wrong_box(rng, scene, target)
        region = executed(box, scene)
        if not (target.tag.box[0] < region[2] and target.tag.box[2] > region[0] and target.tag.box[1] < region[3] and target.tag.box[3] > region[1]):
            lesson.think(thought)
            lesson.call(box, target.noun, 0.0)
            lesson.see(scene, region)
            thought = pick(rng, MISSED).format(target.noun)
    for _ in range(8):
        box = tens(look_box(rng, scene, target), scene)
        if visible(target.tag, executed(box, scene)):
            break
    lesson.think(thought)
    lesson.call(box, target.noun)
    region = executed(box, scene)
    lesson.see(scene, region)
    if reads:
        _closer(lesson, rng, scene, target, region)


def _zoom_branch(lesson: Lesson, rng: Rng, scene: Scene, q: Question) -> None:
    lesson.ask(q.question)
    targets = [scene.objects[t] for t in q.targets]
    reads, one = q.kind in TEXT_KINDS, len(targets) == 1  # two looks at each of two tags are all the calls there are
    _look(lesson, rng, scene, targets[0], pick(rng, SMALL).format(targets[0].noun), reads, one)
    if q.kind == "larger-number":
        a, b = targets
        _look(lesson, rng, scene, b, f"The {a.noun} has {a.tag.text}. " + pick(rng, THEN).format(b.noun), reads, one)
        lesson.think_reading(f"The {a.noun} has {a.tag.text}.", f" The {b.noun} has {b.tag.text}.")
    else:
        lesson.think(finding(q, targets[0].tag), 2.0)
    lesson.answer(q.answer)


def _place(scene: Scene, o) -> tuple[int, int]:
    x = (o.box[0] + o.box[2]) / 2 / scene.width
    y = (o.box[1] + o.box[3]) / 2 / scene.height
    return round(x * 100) * 10, round(y * 100) * 10


def direct_thought(lesson: Lesson, scene: Scene, q: Question) -> None:
    """What a question that needs no zoom is answered from: where things are."""
    if q.kind == "exists":
        if q.targets:
            x, y = _place(scene, scene.objects[q.targets[0]])
            lesson.think_parts(["I see it at ", x, ", ", y, "."])
        else:
            lesson.think("I do not see it.")
        return
    parts: list = []
    for t in q.targets:
        o = scene.objects[t]
        x, y = _place(scene, o)
        parts += [f"{' ' if parts else ''}The {o.noun} is at ", x, ", ", y, "."]
    lesson.think_parts(parts)


def _direct_branch(lesson: Lesson, scene: Scene, q: Question) -> None:
    """A question that needs no zoom: say where things are, then answer."""
    lesson.ask(q.question)
    direct_thought(lesson, scene, q)
    lesson.answer(q.answer)


def _absent_branch(lesson: Lesson, rng: Rng, scene: Scene) -> None:
    here = {o.noun for o in scene.objects}
    noun = pick(rng, [n for n in NOUNS if n not in here])
    lesson.ask(pick(rng, ("What does the tag on the {} say?", "What color is the tag on the {}?", "Read the tag on the {}.",
                          "How many dots are on the tag of the {}?")).format(noun))
    lesson.think(f"I do not see {_article(noun)}.")
    lesson.answer(f"There is no {noun}.", 0.5)


def zoom_lesson(tk: NanoTokenizer, scene: Scene, rng: Rng) -> dict:
    """Stage B on one picture: runs with tools."""
    lesson = Lesson(tk, "zoom", True, scene)
    for q in [*ask(scene, rng, TEXT_KINDS, 2), *ask(scene, rng, TAG_KINDS, 2)]:
        _zoom_branch(lesson, rng, scene, q)
    for q in ask(scene, rng, OVERVIEW_KINDS, 3):
        _direct_branch(lesson, scene, q)
    if rng.random() < 0.3:
        _absent_branch(lesson, rng, scene)
    if rng.random() < 0.5:
        _compare_words(lesson, rng)
    return lesson.done()


def zoom_samples(rng: Rng) -> Iterator[dict]:
    """Stage B without end; every sixth picture is asked without tools."""
    tk = NanoTokenizer(CFG.vocab)
    for scene in _scenes(rng, 6, 4):
        if rng.random() < 0.16:
            yield overview_lesson(tk, scene, rng)
        else:
            yield zoom_lesson(tk, scene, rng)
