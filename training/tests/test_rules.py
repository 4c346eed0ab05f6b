"""The crop rule N9, reading calls N7/N11, repeated boxes N13, and the scorer."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from test_export import TINY

from loupe_nano import protocol
from loupe_nano.agent import Looker, read_call
from loupe_nano.export import export
from loupe_nano.image import executed_crop
from loupe_nano.model import NanoModel
from loupe_nano.rl.rollout import Prompt, Roller, Trajectory
from loupe_nano.runtime import Folder, Sequence
from loupe_nano.score import normalise, right
from loupe_nano.tokenizer import NanoTokenizer
from loupe_nano.world import crop_region, sample_scene
from loupe_nano.world.questions import ask

CASES = json.loads((Path(__file__).parents[2] / "lib" / "scene" / "fixtures" / "scoring-cases.json").read_text())
A, B, C = (100, 100, 300, 300), (500, 500, 700, 700), (100, 600, 300, 800)


@pytest.mark.parametrize("box, size, crop", [
    ((100, 100, 110, 110), (1600, 1200), (73, 73, 137, 137)),  # at least 64 px
    ((100, 100, 300, 200), (1600, 1200), (75, 25, 325, 275)),  # 1.25 × the longer side
    ((0, 0, 100, 100), (1600, 1200), (0, 0, 125, 125)),  # moved, not shrunk
    ((1590, 1190, 1600, 1200), (1600, 1200), (1536, 1136, 1600, 1200)),
    ((0, 0, 1600, 1200), (1600, 1200), (0, 0, 1600, 1200)),  # capped side by side
    ((0, 0, 40, 30), (50, 40), (0, 0, 50, 40)),
])
def test_n9(box, size, crop):
    assert executed_crop(box, *size) == crop
    assert crop_region(box, *size) == crop


def test_n11():
    call = '<tool_call>{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [%s], "label": "dog"}}</tool_call>'
    assert read_call("<think>x</think>" + call % "10, 20, 1030, 40") == ((10, 20, 1000, 40), None)
    assert read_call(call % "30, 20, 10, 40") == (None, "bad box.")
    assert read_call(call % "1, 2, 3") == (None, "bad call.")
    assert read_call("<answer>7</answer>") == (None, None)


#: Boxes asked in turn (None: an unreadable call), and what is told back: N13's words are "in a row".
ROWS = [
    ([A, A, B, B], [None, "bad box.", None, "bad box."], 5),
    ([A, A, A], [None, "bad box."], 3),  # the third ends the run
    ([A, A, B, A], [None, "bad box.", None, None], 5),
    ([A, None, A, C], [None, "bad call.", "bad box.", None], 5),
]


def words(box) -> str:
    return f'<think>x</think><tool_call>{{"name": "image_zoom_in_tool", "arguments": {{"bbox_2d": {list(box) if box else "?"}, "label": "x"}}}}</tool_call>'


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    torch.manual_seed(1)
    out = tmp_path_factory.mktemp("folder")
    export(NanoModel(TINY), out, "test", "0.0.0")
    return Folder(out)


@pytest.mark.parametrize("boxes, told, turns", ROWS)
def test_n13_in_a_run(folder, monkeypatch, boxes, told, turns):
    """The model's own words are put in its mouth; all else is the run that golden fixtures record."""
    script = [*(words(box) for box in boxes), "<answer>7</answer>"]

    def written(seq: Sequence, logits: np.ndarray, limit: int) -> list[int]:
        return seq.f.tokenizer.encode(script.pop(0)) + [seq.f.tokenizer.end]

    monkeypatch.setattr(Sequence, "greedy", written)
    run = Looker(folder, Image.new("RGB", (400, 300))).ask("What is it?", max_turns=4)
    assert [t.error for t in run.turns[: len(told)]] == told and len(run.turns) == turns
    assert run.answer == ("7" if turns == 5 else None)


@pytest.mark.parametrize("boxes, told, turns", ROWS)
def test_n13_in_training(boxes, told, turns):
    tk = NanoTokenizer(TINY.vocab)
    roller = Roller(NanoModel(TINY), tk)
    scene = sample_scene(np.random.default_rng(3))
    question = ask(scene, np.random.default_rng(3), count=1)[0]
    t = Trajectory(Prompt(scene, Image.new("RGB", (400, 300)), torch.zeros(64, TINY.hidden), question))
    answers = [roller._answer_to(t, words(box)) for box in boxes]
    meant = [protocol.observation(tk, TINY.image_tokens) if error is None else protocol.error(tk, error) for error in told]
    assert answers == [*meant, *([None] * (len(boxes) - len(told)))]


def test_scoring():
    assert normalise(" “The  Dog.” ") == "dog"
    assert right("K7.", ["k7"]) and right("ＫＴ", ["KT"]) and not right("K", ["K7"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: repr(case["answer"]))
def test_the_apps_scoring_cases(case):
    assert right(case["answer"], case["accepted"]) is case["right"]
