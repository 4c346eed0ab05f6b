"""Single tokens where they were promised, and a round trip for any text."""

import random

import pytest

from loupe_nano.protocol import SYSTEM_PLAIN, SYSTEM_TOOLS, image_block, observation, prefix, question
from loupe_nano.tokenizer import CALL_END, COORDINATES, LABEL, SCAFFOLD, SPECIAL, TAGS, NanoTokenizer
from loupe_nano.world.vocabulary import COLOR_NAMES, NOUNS

TK = NanoTokenizer()


@pytest.mark.parametrize("text", [*SPECIAL, *TAGS, *(" " + n for n in NOUNS), *(" " + c for c in COLOR_NAMES)])
def test_one_token(text):
    assert len(TK.encode(text)) == 1


def test_tags_are_read_character_by_character():
    for text in ("K10", "100", "7F", "A", "990"):
        assert [TK.tk.id_to_token(i) for i in TK.encode(text)] == list(text)


def test_encoding_never_yields_coordinates():
    ids = {TK.coordinate(int(v)) for v in COORDINATES}
    assert not ids & set(TK.encode("[120, 340, 560, 1000] 10 20 990"))


def test_any_text_round_trips():
    dice = random.Random(3)
    for _ in range(300):
        text = "".join(chr(dice.choice([dice.randrange(32, 127), dice.randrange(0xA0, 0xD7FF), dice.randrange(0x1F300, 0x1F700), 10]))
                       for _ in range(dice.randrange(40)))
        assert TK.decode(TK.encode(text)) == text


def test_n5_a_call_decodes_byte_for_byte():
    want = '<tool_call>{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [120, 0, 560, 1000], "label": "dog"}}</tool_call>'
    assert TK.decode(TK.call((120, 0, 560, 1000), "dog")) == want
    assert want.startswith(SCAFFOLD) and LABEL in want and want.endswith(CALL_END)


def test_n1_n2_n3_layout():
    assert len(TK.encode(SYSTEM_TOOLS)) <= 40
    for tools, system in ((True, SYSTEM_TOOLS), (False, SYSTEM_PLAIN)):
        text = TK.decode(prefix(TK, 64, tools) + question(TK, "Is there a dog?"))
        block = "<fake_token_around_image><global-img>" + "<image>" * 64 + "<fake_token_around_image>"
        assert text == (f"<|im_start|>system\n{system}<|im_end|>\n<|im_start|>user\n{block}Is there a dog?<|im_end|>\n"
                        "<|im_start|>assistant\n")


def test_n10_observation():
    block = TK.decode(image_block(TK, 64))
    assert TK.decode([TK.end, *observation(TK, 64)]) == (
        f"<|im_end|>\n<|im_start|>user\n<tool_response>{block}</tool_response><|im_end|>\n<|im_start|>assistant\n")
