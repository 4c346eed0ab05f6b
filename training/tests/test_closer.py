"""Stage B's second look: what a demonstration finds in a first crop is there, and the closer crop shows it large."""

import numpy as np
import pytest
import torch

from loupe_nano.config import NanoConfig
from loupe_nano.evaluate import exact, scenes
from loupe_nano.guides import Pointing
from loupe_nano.lessons import LEGIBLE, zoom_samples
from loupe_nano.model import NanoModel
from loupe_nano.pack import attention_mask, collate
from loupe_nano.tokenizer import SCAFFOLD, NanoTokenizer
from loupe_nano.world import union

CFG = NanoConfig()
TK = NanoTokenizer(CFG.vocab)


@pytest.fixture(scope="module")
def runs():
    stream = zoom_samples(np.random.default_rng(11))
    found = []
    while sum(len(s["aims"]) for s in found) < 30:
        sample = next(stream)
        if len(sample["aims"]):
            found.append(sample)
    return found


def newest(sample, token):
    """(first index, image) of the newest view that a token's branch has seen before it."""
    branch = sample["branch"]
    return max((int(s), int(k)) for s, k in sample["slots"] if s < token and branch[s] in (0, branch[token]))


def cells(sample, name, view, x1, y1, x2, y2):
    """What a view's labels say in an area, given in shares of its sides."""
    grid = sample[name].shape[1]
    rows, cols = (slice(int(max(0, low) * grid), int(np.ceil(high * grid))) for low, high in ((y1, y2), (x1, x2)))
    return sample[name][view][rows, cols]


def test_what_is_found_lies_in_the_newest_view_and_is_a_tag_there(runs):
    for s in runs:
        for token, *area in s["aims"]:
            x1, y1, x2, y2 = area
            assert TK.decode([int(s["ids"][int(token)])]) == " is"
            assert -0.05 < x1 < x2 < 1.05 and -0.05 < y1 < y2 < 1.05
            assert (y2 - y1) < LEGIBLE * 1.35  # a turned plate's upright box is somewhat higher
            _, view = newest(s, int(token))
            assert (cells(s, "plate", view, *area) > 0).any()


def test_the_closer_view_shows_the_tag_larger(runs):
    more = []
    for s in runs:
        for token, *area in s["aims"]:
            _, before = newest(s, int(token))
            more.append((s["glyph"][before + 1] > 0).sum() > (cells(s, "glyph", before, *area) > 0).sum())
    assert np.mean(more) > 0.9


def test_no_branch_takes_more_than_four_looks(runs):
    for s in runs:
        calls = s["branch"][s["ids"] == TK.vocab[SCAFFOLD]]
        assert np.bincount(calls).max() <= 4


def test_boxes_of_the_second_look_point_at_what_was_found(runs):
    model = NanoModel(CFG)
    pointing = Pointing(model, TK)
    batch = collate(runs[:3], CFG.image_tokens)
    found = pointing._found(batch)
    aims = {(int(r), int(t)) for r, t, *_ in batch["aims"].tolist()}
    assert {(r, t) for r in range(3) for t in found[r][found[r] >= 0].tolist()} == aims
    for r, token in aims:
        written = (found[r] == token) & (batch["weight"][r] < 0)
        assert written.sum() == 4  # the coordinates of one box
    mask = attention_mask(batch["branch"])
    with torch.autocast("cpu", torch.bfloat16):
        model.decode(torch.randn(*batch["ids"].shape, CFG.hidden), batch["positions"], mask)
    loss = pointing.aim(batch, mask)
    assert torch.isfinite(loss) and loss > 0


def test_exact_looks_show_the_object_and_then_its_tag():
    scene, questions = scenes(1, 3, 8)[0]
    question = next(q for q in questions if q.needs_zoom)
    o = scene.objects[question.targets[0]]
    box = exact(scene, question)
    assert box(o.noun) == union(o.box, o.tag.box)
    x1, y1, x2, y2 = box("no such thing")  # taken for the first target
    assert x1 <= o.tag.box[0] and y1 <= o.tag.box[1] and x2 >= o.tag.box[2] and y2 >= o.tag.box[3]
    assert y2 - y1 <= 4 * (o.tag.box[3] - o.tag.box[1]) + 1e-6
