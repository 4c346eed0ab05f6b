"""Stage A teaches how a call is written, and not when to call or where to look."""

import re

import numpy as np
import pytest

from loupe_nano.syntax import CALL, UNKNOWN, plan, script, syntax_lesson
from loupe_nano.tokenizer import CALL_END, NanoTokenizer
from loupe_nano.world import sample_scene
from loupe_nano.world.questions import KINDS, ask

EXAMPLES = 20_000


@pytest.fixture(scope="module")
def examples():
    """(kind, targets, objects, the nouns that the thoughts name, the nouns of the scene) of each."""
    rng = np.random.default_rng(11)
    out = []
    while len(out) < EXAMPLES:
        scene = sample_scene(rng, n_objects=(2, 24))
        if len(scene.objects) < 2:
            continue
        nouns = [o.noun for o in scene.objects]
        for q in ask(scene, rng, count=10):
            for _ in range(5):
                looks, _ = script(scene, q, rng)
                named = [re.search(r"at the ([a-z ]+)\.$", look.thought).group(1) for look in looks]
                assert all(nouns[look.target] == noun for look, noun in zip(looks, named))
                out.append((q.kind, q.targets, nouns, named))
    return out


def test_the_asked_object_is_looked_at_as_often_as_any_other(examples):
    first = [(named[0], targets, nouns) for _, targets, nouns, named in examples if named and targets]
    hits = sum(named == nouns[targets[0]] for named, targets, nouns in first)
    chance = np.array([1 / len(nouns) for _, _, nouns in first])
    assert abs(hits - chance.sum()) <= 3 * np.sqrt((chance * (1 - chance)).sum())


def test_whether_to_look_does_not_depend_on_the_question(examples):
    called = np.array([bool(named) for *_, named in examples])
    kinds = np.array([kind for kind, *_ in examples])
    assert abs(called.mean() - CALL) <= 3 * np.sqrt(CALL * (1 - CALL) / len(called))
    for kind in KINDS:
        mine = called[kinds == kind]
        assert len(mine) > 500
        assert abs(mine.mean() - CALL) <= 3 * np.sqrt(CALL * (1 - CALL) / len(mine)), kind


def test_the_plan_is_not_told_the_question():
    a, b = np.random.default_rng(3), np.random.default_rng(3)
    assert [plan(a, 7) for _ in range(50)] == [plan(b, 7) for _ in range(50)]


def test_of_supplied_crops_nothing_but_the_answer_is_learnt(monkeypatch):
    """Half the examples get their crops given, the asked object among them far more often than by chance: no token of those
    looks may carry weight."""
    monkeypatch.setattr("loupe_nano.syntax.SUPPLIED", 1.0)
    tk, rng = NanoTokenizer(), np.random.default_rng(6)
    shown = 0
    for _ in range(6):
        scene = sample_scene(rng, n_objects=(2, 9))
        if len(scene.objects) < 2:
            continue
        sample = syntax_lesson(tk, scene, rng)
        ids, weight, branch = sample["ids"], sample["weight"], sample["branch"]
        for b in range(1, branch.max() + 1):
            mine = np.flatnonzero(branch == b)
            calls = mine[ids[mine] == tk.vocab[CALL_END]]
            shown += len(calls)
            assert len(calls) and not weight[mine[mine <= calls[-1]]].any()
            assert weight[mine[mine > calls[-1]]].any()
    assert shown > 20


def test_what_was_not_seen_is_not_answered():
    """Answers to tag questions stand only where crops showed every target's tag; else the lesson says that it can not tell."""
    tk, rng = NanoTokenizer(), np.random.default_rng(5)
    known = unknown = 0
    for _ in range(4):
        scene = sample_scene(rng, n_objects=(2, 5))
        if len(scene.objects) < 2:
            continue
        text = tk.decode(syntax_lesson(tk, scene, rng)["ids"])
        for branch in re.split(r"<fake_token_around_image>", text, maxsplit=2)[-1].split("<|im_end|>\n<|im_start|>assistant\n"):
            told = re.search(r"<answer>(.*?)</answer>", branch)
            if told:
                unknown += told.group(1) == UNKNOWN
                known += told.group(1) != UNKNOWN
    assert known > 0 and unknown > 0
