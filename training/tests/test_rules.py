"""The crop rule N9, reading calls N7/N11, and the scorer."""

import pytest

from loupe_nano.agent import read_call
from loupe_nano.image import executed_crop
from loupe_nano.score import normalise, right
from loupe_nano.world import crop_region


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


def test_scoring():
    assert normalise(" “The  Dog.” ") == "dog"
    assert right("K7.", ["k7"]) and right("ＫＴ", ["KT"]) and not right("K", ["K7"])
