"""What a checkpoint says of how it came to be is what was done to its weights."""

import pytest

from loupe_nano import checkpoint
from loupe_nano.provenance import PLAIN_A, TOWER, USUAL, found, trained
from processes import ROOT


def note(stage: str, text: str | None = None) -> dict:
    return {"stage": stage, "provenance": text or USUAL[stage]}


def leg(start: int, variant: str = "conditional", lessons: bool = False) -> dict:
    return {"from": start, "settings": {"variant": variant, "lessons": lessons}}


@pytest.mark.parametrize("stage, before", [("a", note("tower", TOWER)), ("b", note("a")), ("b", note("a", PLAIN_A)), ("direct", note("a")),
                                           ("a", note("a")), ("b", note("b"))])
def test_the_usual_ways_have_their_sentences(stage, before):
    assert trained(stage, before) == USUAL[stage]


def test_the_usual_run_of_reinforcement_learning_has_its_sentence():
    assert found(note("a"), [leg(0)]) == USUAL["c"]


def test_the_committed_checkpoints_say_what_is_said_of_them_here():
    for name, sentence in (("tower", TOWER), ("stage-a", PLAIN_A), ("stage-a-syntax", USUAL["a"]), ("stage-b", USUAL["b"]), ("stage-c", USUAL["c"])):
        assert checkpoint.load(ROOT / "checkpoints" / f"{name}.safetensors")[1]["provenance"] == sentence


def test_demonstrations_are_never_left_out():
    told = found(note("b"), [leg(0)])
    assert told == f"{USUAL['b']} Then reinforcement learning on outcomes (GRPO)."
    assert "demonstrations" in trained("direct", note("b")) and "demonstrations" in trained("a", note("b"))
    # nor by a detour over a stage that usually has none
    again = note("a", trained("a", note("b")))
    assert "demonstrations" in found(again, [leg(0)]) and "not demonstrated" not in found(again, [leg(0)])
    assert "demonstrations" in trained("a", note("a"), tower_of=note("b"))
    assert "demonstrations" in trained("tower", note("b"))


def test_what_a_run_had_besides_is_told_from_the_step_on_at_which_it_began():
    legs = [leg(0), leg(152, "cost", True), leg(180, "cost", True), leg(200)]
    assert found(note("a"), legs) == (
        USUAL["c"] + " From step 152 on: each look cost 0.05; lessons in reading crops that were handed over went on beside it. "
        "From step 200 on: as usual.")
    assert "the tool had no reward of its own" in found(note("a"), [leg(0, "none")])


def test_what_does_not_say_where_it_is_from_is_of_unknown_origin():
    assert trained("b", {}) == "Of unknown origin. Then zooming learned from generated demonstrations (supervised)."
