"""The tagged world: views agree with the full picture, labels and questions agree with the scene, splits stay apart."""

import time
from collections import Counter

import numpy as np
import pytest
from PIL import Image

from loupe_nano.world import (ALPHABET, COLOR_NAMES, KINDS, MIX, NOUNS, STYLES, TRAIN_STYLES, UNSEEN_STYLES, ask, crop_region,
                              dense_labels, needs_zoom, render, sample_scene, scene_json, union)
from loupe_nano.world.grounds import GROUNDS, HELD_OUT_GROUNDS, TRAIN_GROUNDS
from loupe_nano.world.layout import HELD_OUT_LAYOUTS, TRAIN_LAYOUTS
from loupe_nano.world.palettes import HELD_OUT_PALETTES, TRAIN_PALETTES
from loupe_nano.world.questions import CONTENT_KINDS, WORDINGS
from loupe_nano.world.vocabulary import HELD_OUT_FONTS, TRAIN_FONTS


@pytest.fixture(scope="module")
def scenes():
    rng = np.random.default_rng(11)
    return [sample_scene(rng, "test" if i % 3 == 0 else "train") for i in range(60)]


def test_the_lists_hold_what_they_promise():
    assert len(NOUNS) == len(set(NOUNS)) >= 60 and all(n.isalpha() and n.islower() for n in NOUNS)
    assert len(TRAIN_STYLES) >= 6 and not set(TRAIN_STYLES) & set(UNSEEN_STYLES)
    assert not set("IOQ") & set(ALPHABET) and len(ALPHABET) == 33 and len(COLOR_NAMES) == 8


@pytest.mark.parametrize("kind", sorted(GROUNDS))
def test_an_overview_looks_like_the_full_picture_made_small(kind):
    rng = np.random.default_rng(5)
    scene = sample_scene(rng, "train", (8, 10))
    scene.ground.kind = kind
    full = Image.fromarray(render(scene, size=(scene.width, scene.height), look=False))
    small = np.asarray(full.resize((256, 256), Image.Resampling.BILINEAR), np.int32)
    assert np.abs(small - render(scene, look=False)).mean() < 4


def test_a_crop_looks_like_the_crop_of_the_full_picture(scenes):
    for scene in scenes[:4]:
        full = Image.fromarray(render(scene, size=(scene.width, scene.height), look=False))
        for o in scene.objects[:3]:
            region = crop_region(union(o.box, o.tag.box), scene.width, scene.height)
            real = np.asarray(full.crop(region).resize((256, 256), Image.Resampling.BILINEAR), np.int32)
            assert np.abs(real - render(scene, region, look=False)).mean() < 4


def test_the_same_seed_draws_the_same_picture():
    a, b = (render(sample_scene(np.random.default_rng(3))) for _ in range(2))
    assert (a == b).all()


@pytest.mark.parametrize(("box", "size", "region"), [
    ((100, 100, 300, 200), (1600, 1200), (75, 25, 325, 275)),  # 1.25 × the longer side, about the centre
    ((500, 500, 510, 504), (1600, 1200), (473, 470, 537, 534)),  # at least 64
    ((0, 0, 200, 100), (1600, 1200), (0, 0, 250, 250)),  # moved inside, not shrunk
    ((1500, 1150, 1600, 1200), (1600, 1200), (1475, 1075, 1600, 1200)),
    ((0, 0, 1600, 1200), (1600, 1200), (0, 0, 1600, 1200)),  # capped at the picture's own sides
    ((0, 500, 1500, 600), (1600, 1200), (0, 0, 1600, 1200)),
    ((10, 10, 20, 20), (40, 50), (0, 0, 40, 50)),
])
def test_n9_the_executed_crop(box, size, region):
    assert crop_region(box, *size) == region


def test_nothing_overlaps_and_nothing_leaves_the_picture(scenes):
    for scene in scenes:
        assert 1024 <= min(scene.width, scene.height) and max(scene.width, scene.height) <= 2048
        assert 6 <= len(scene.objects) <= 24
        assert len({o.noun for o in scene.objects}) == len(scene.objects)
        boxes = np.array([union(o.box, o.tag.box) for o in scene.objects])
        assert boxes.min() >= 0 and (boxes[:, 2] <= scene.width).all() and (boxes[:, 3] <= scene.height).all()
        apart = ((boxes[:, None, :2] >= boxes[None, :, 2:]) | (boxes[None, :, :2] >= boxes[:, None, 2:])).any(-1)
        assert (apart | np.eye(len(boxes), dtype=bool)).all()


def test_tags_have_the_promised_sizes_and_texts(scenes):
    for o in (o for s in scenes for o in s.objects):
        assert 12 <= o.tag.height <= 28
        if o.tag.kind == "text":
            assert 1 <= len(o.tag.text) <= 3 and set(o.tag.text) <= set(ALPHABET) and not o.tag.text.isdigit()
        elif o.tag.kind == "number":
            assert str(int(o.tag.text)) == o.tag.text and len(o.tag.text) <= 3
        else:
            assert 1 <= int(o.tag.text) <= 6


def test_labels_name_the_object_and_its_tag_in_a_crop(scenes):
    found = Counter()
    for scene in scenes[:30]:
        for o in scene.objects[:4]:
            region = crop_region(o.tag.box, scene.width, scene.height)
            labels = dense_labels(scene, region)
            assert (labels["plate"] == COLOR_NAMES.index(o.tag.color) + 1).any()
            assert (labels["ink"] == COLOR_NAMES.index(o.tag.ink) + 1).any()
            glyphs = {ALPHABET[g - 1] for g in np.unique(labels["glyph"]) if g}
            if o.tag.kind == "dots":
                found["dots", bool(labels["dot"].any())] += 1
            else:
                found["glyphs", set(o.tag.text) <= glyphs] += 1
            around = dense_labels(scene, crop_region(o.box, scene.width, scene.height))
            found["noun", bool((around["noun"] == NOUNS.index(o.noun) + 1).sum() > 20)] += 1
    for name in ("dots", "glyphs", "noun"):
        assert found[name, True] > 20 * found[name, False]


def test_labels_of_an_overview_show_objects_and_no_glyphs(scenes):
    for scene in scenes[:10]:
        labels = dense_labels(scene)
        assert {o.noun for o in scene.objects} == {NOUNS[n - 1] for n in np.unique(labels["noun"]) if n}
        assert not labels["glyph"].any() and not labels["dot"].any()
        assert all(v.shape == (32, 32) for v in labels.values())


def test_a_train_scene_holds_nothing_that_is_held_out(scenes):
    assert not set(TRAIN_FONTS) & set(HELD_OUT_FONTS) and not set(TRAIN_GROUNDS) & set(HELD_OUT_GROUNDS)
    assert not set(TRAIN_PALETTES) & set(HELD_OUT_PALETTES) and not set(TRAIN_LAYOUTS) & set(HELD_OUT_LAYOUTS)
    for scene in scenes:
        fonts = {t.font for t in [*scene.strays, *(o.tag for o in scene.objects)]}
        train = scene.split == "train"
        assert fonts <= set(TRAIN_FONTS if train else HELD_OUT_FONTS)
        assert scene.ground.kind in (TRAIN_GROUNDS if train else HELD_OUT_GROUNDS)
        assert scene.ground.palette in (TRAIN_PALETTES if train else HELD_OUT_PALETTES)
        assert scene.layout in (TRAIN_LAYOUTS if train else HELD_OUT_LAYOUTS)
        assert {o.style for o in scene.objects} <= set(TRAIN_STYLES)
        assert scene.held_out == (() if train else ("font", "ground", "palette", "layout"))


def test_the_unseen_style_and_the_held_out_fraction_are_obeyed():
    rng = np.random.default_rng(2)
    scene = sample_scene(rng, "test", unseen_style=True)
    assert {o.style for o in scene.objects} == set(UNSEEN_STYLES) <= set(STYLES) and "style" in scene.held_out
    known = sample_scene(rng, "test", held_out_fraction=0.0)
    assert known.held_out == () and known.ground.kind in TRAIN_GROUNDS


@pytest.fixture(scope="module")
def asked(scenes):
    rng = np.random.default_rng(4)
    return [(s, q) for s in scenes for q in ask(s, rng)]


def test_questions_come_in_the_fixed_mix(asked):
    seen = Counter(q.kind for _, q in asked)
    assert set(seen) == set(KINDS) and abs(sum(MIX.values()) - 1) < 1e-9
    for kind, share in MIX.items():
        assert abs(seen[kind] / len(asked) - share) < 0.04, kind
    assert all(len(set(v)) >= 6 for v in WORDINGS.values())


def test_answers_are_balanced():
    rng = np.random.default_rng(8)
    seen = Counter()
    for _ in range(40):
        scene = sample_scene(rng)
        for q in ask(scene, rng, ("exists", "left-right", "above-below", "larger-number"), 8):
            seen[q.kind, q.options.index(q.answer)] += 1
    for kind in ("exists", "left-right", "above-below", "larger-number"):
        first, second = seen[kind, 0], seen[kind, 1]
        assert 0.35 < first / (first + second) < 0.65, kind


def test_answers_follow_from_the_scene(asked):
    for scene, q in asked:
        objects = [scene.objects[t] for t in q.targets]
        assert q.answer in q.accepted and all(o.noun in q.question for o in objects)
        if q.kind == "exists":
            assert (q.answer == "yes") == bool(objects)
        elif q.kind == "left-right":
            assert (q.answer == "left") == (objects[0].box[0] < objects[1].box[0])
        elif q.kind == "above-below":
            assert (q.answer == "above") == (objects[0].box[1] < objects[1].box[1])
        elif q.kind == "larger-number":
            assert q.answer == max(objects, key=lambda o: int(o.tag.text)).noun
        elif q.kind == "count-dots":
            assert q.answer == objects[0].tag.text and len(q.accepted) == 2
        elif q.kind == "read-tag":
            assert q.answer == objects[0].tag.text and objects[0].tag.kind != "dots"


def test_needs_zoom_is_the_height_of_the_tag_in_the_overview(asked):
    for scene, q in asked:
        entry = scene_json(scene, "scene.png", [q.json("q0")])
        heights = [(b[3] - b[1]) * 256 / scene.height for b in (entry["objects"][t]["tagBox"] for t in q.targets)]
        expected = q.kind in CONTENT_KINDS and any(h < 6 for h in heights)
        assert q.needs_zoom == entry["questions"][0]["needsZoom"] == expected == needs_zoom(scene, q.kind, q.targets)
    content = [q.needs_zoom for _, q in asked if q.kind in CONTENT_KINDS]
    assert sum(content) > 0.8 * len(content)


def test_speed_is_printed(scenes, capsys):
    def milliseconds(work, times):
        start = time.process_time()
        work()
        return (time.process_time() - start) * 1000 / times

    rng = np.random.default_rng(1)
    for scene in scenes:
        render(scene)
    fresh = []
    sample = milliseconds(lambda: fresh.extend(sample_scene(rng) for _ in range(20)), 20)
    first = milliseconds(lambda: [render(s) for s in fresh], 20)
    again = milliseconds(lambda: [render(s) for s in fresh], 20)
    crop = milliseconds(lambda: [render(s, crop_region(s.objects[0].tag.box, s.width, s.height)) for s in fresh], 20)
    with capsys.disabled():
        print(f"\nsample {sample:.1f} ms, overview {first:.1f} ms (again {again:.1f}), crop of a tag {crop:.1f} ms")
