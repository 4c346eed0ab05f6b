"""The command behind `npm run scenes`: the same scenes from the same seed, and the share of held-out ones that was asked for."""

import json

import pytest

from loupe_nano.world import __main__ as command


def draw(tmp_path, monkeypatch, name, *args):
    out = tmp_path / name
    monkeypatch.setattr("sys.argv", ["world", "--out", str(out), "--questions", "3", *args])
    command.main()
    return {str(p.relative_to(out)): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


def test_the_same_seed_gives_the_same_scenes_and_a_scene_does_not_depend_on_how_many_there_are(tmp_path, monkeypatch):
    two = draw(tmp_path, monkeypatch, "two", "--seed", "7", "--n", "2")
    three = draw(tmp_path, monkeypatch, "three", "--seed", "7", "--n", "3")
    other = draw(tmp_path, monkeypatch, "other", "--seed", "8", "--n", "1")
    assert len(three) == 6 and {k: three[k] for k in two} == two
    assert set(other.values()).isdisjoint(two.values())


@pytest.mark.parametrize(("fraction", "expected"), [("0.33", 1), ("0", 0), ("1", 3)])
def test_the_share_of_held_out_scenes_is_kept(tmp_path, monkeypatch, fraction, expected):
    files = draw(tmp_path, monkeypatch, "scenes", "--seed", "9", "--n", "3", "--held-out-fraction", fraction, "--unseen-style")
    scenes = [json.loads(content) for name, content in files.items() if name.endswith(".json")]
    assert sum("font" in s["provenance"]["heldOut"] for s in scenes) == expected
    assert all(o["style"] == "fxemoji" for s in scenes for o in s["objects"])
    assert all(s["image"] == "scene.png" and len(s["questions"]) == 3 for s in scenes)
