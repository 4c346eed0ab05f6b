import json

import pytest

from loupe_nano.agree import Asked, Said, read_results, report


def line(image: str, question: str, steps: list[dict], tools: bool = True) -> str:
    return json.dumps({"loupe": {"image": {"hash": image}, "question": question, "settings": {"tools": tools}, "steps": steps}, "question": question})


def step(kind: str, turn: int, ids: list[int], text: str = "") -> dict:
    return {"type": kind, "turn": turn, "tokens": [{"id": i} for i in ids], "text": text}


def test_results_are_told_apart_by_picture_question_and_tools(tmp_path):
    file = tmp_path / "results.jsonl"
    looked = [step("think", 1, [1, 2]), step("call", 1, [3]), step("result", 1, []), step("answer", 2, [4, 5], " red ")]
    file.write_text("\n".join([line("a", "Which?", looked), line("b", "Which?", looked[:2]), line("a", "Which?", looked[3:], tools=False)]))
    results = read_results(file)
    assert results == {
        Asked("a", "Which?", True): Said("red", ((1, 2, 3), (4, 5))),
        Asked("b", "Which?", True): Said(None, ((1, 2, 3),)),
        Asked("a", "Which?", False): Said("red", ((4, 5),)),
    }


def test_the_same_answer_in_other_words_is_the_same_answer_alone():
    a, b = Asked("a", "?", True), Asked("b", "?", True)
    mine = {a: Said("red", ((1, 2),)), b: Said("blue", ((1,),))}
    theirs = {a: Said("red", ((1, 3),)), b: Said("blue", ((1,),))}
    assert report(mine, theirs) == {"n": 2, "sameAnswer": 1.0, "sameTokens": 0.5}
    with pytest.raises(SystemExit, match="no question in common"):
        report(mine, {})
