"""A stage can be cut off at any point and taken up again, leaves nothing running behind, and its samples are the seed's."""

import os
import pickle
import signal

import numpy as np
import pytest
from processes import ROOT, begin, command_of, family, gone, until

from loupe_nano import checkpoint, provenance
from loupe_nano.process import only_one
from loupe_nano.shards import SHARD, Ring, made_before, samples
from loupe_nano.stage import forget, is_finished

INIT = ROOT / "checkpoints" / "stage-a-syntax.safetensors"


@pytest.fixture(scope="module")
def shard():
    """Enough of both kinds for the stage `direct` to begin with."""
    stream, few = samples("direct", np.random.default_rng(5)), {}
    while len(few) < 2:
        sample = next(stream)
        few.setdefault(sample["kind"], sample)
    return pickle.dumps([s for s in few.values() for _ in range(64)])


def stage(out, shard: bytes, *args: str):
    (out / "direct-samples").mkdir(exist_ok=True)
    (out / "direct-samples" / "0.pkl").write_bytes(shard)
    return begin("loupe_nano.stage", "direct", "--out", str(out), "--minutes", "30", "--save-every", "0.1", *args)


def test_a_killed_stage_leaves_nothing_and_goes_on_and_a_finished_one_is_only_measured(tmp_path, shard):
    killed, weights, state = stage(tmp_path, shard), tmp_path / "direct.safetensors", tmp_path / "direct.state"
    until(lambda: killed.poll() is not None or (state.exists() and weights.exists()), "a kept state")
    children = family(killed.pid)
    assert len(children) == 3  # the trainer, two generators
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    until(lambda: gone(children), "the end of what it started")
    kept = checkpoint.kept(state)
    assert kept["step"] >= 1
    assert not is_finished(weights)  # though weights are there

    args = ("loupe_nano.stage", "direct", "--out", str(tmp_path), "--scenes", "1", "--minutes", str(kept["spent"] / 60 + 0.001))
    again = begin(*args)
    told, wrong = again.communicate()
    assert again.returncode == 0, wrong
    assert f"goes on after {kept['spent']:.0f} s, {kept['step']} steps" in told
    assert "without tools: " in told
    _, note, _ = checkpoint.load(weights)
    assert note["stage"] == "direct" and note["provenance"] == provenance.USUAL["direct"]
    assert note["pictures"] >= checkpoint.load(INIT)[1]["pictures"] + kept["pictures"]
    assert not state.exists() and not (tmp_path / "direct-samples").exists()

    learned = weights.read_bytes()
    measured = begin(*args)
    told, wrong = measured.communicate()
    assert measured.returncode == 0, wrong
    assert "it is only measured again" in told and "without tools: " in told
    assert weights.read_bytes() == learned


def test_a_stage_that_is_asked_to_stop_ends_what_it_started(tmp_path, shard):
    stopped = stage(tmp_path, shard)
    until(lambda: stopped.poll() is not None or len(family(stopped.pid)) == 3, "its three processes")
    children = family(stopped.pid)
    stopped.send_signal(signal.SIGTERM)
    assert stopped.wait() == 128 + signal.SIGTERM
    assert gone(children)


def test_a_second_stage_is_refused_and_a_dead_generator_stops_the_first(tmp_path, shard):
    first = stage(tmp_path, shard)
    until(lambda: first.poll() is not None or len(family(first.pid)) == 3, "its three processes")
    second = begin("loupe_nano.stage", "a", "--out", str(tmp_path))
    _, told = second.communicate()
    assert second.returncode == 1 and "Another stage is at work in" in told

    children = family(first.pid)
    generator = next(pid for pid in children if "--kind crops" in command_of(pid))
    os.kill(generator, signal.SIGKILL)
    _, told = first.communicate()
    assert first.returncode == 1 and "What draws samples (crops, seed 100) ended before learning did, with code -9" in told
    assert gone(children)


def test_a_lock_is_held_until_it_is_closed(tmp_path, monkeypatch):
    monkeypatch.setattr("loupe_nano.process.PATIENCE", 0.0)
    held = only_one(tmp_path)
    assert held is not None and only_one(tmp_path) is None
    os.close(held)
    assert only_one(tmp_path) is not None


def test_anew_forgets_what_was_learned(tmp_path):
    weights = tmp_path / "c.safetensors"
    (tmp_path / "c").mkdir()
    for path in (weights, tmp_path / "a.safetensors", tmp_path / "c" / "state.pt"):
        path.write_text("x")
    assert is_finished(weights)
    forget(weights)
    assert not is_finished(weights)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.safetensors"]


def small_shard(folder, name: str, first: int) -> None:
    path = folder / f"{name}.pkl"
    path.write_bytes(pickle.dumps([{"kind": "crop", "number": first + i} for i in range(SHARD)]))
    os.utime(path, (first, first))  # as old as its numbers say


def test_a_tidy_ring_keeps_the_files_that_it_holds(tmp_path):
    for i in range(5):
        small_shard(tmp_path, str(i), i * SHARD)
    ring = Ring(tmp_path, 2 * SHARD, tidy=True)
    ring.refresh()
    assert ring.total == 2 * SHARD  # not the older ones over the newer
    assert {s["number"] for s in ring.samples} == set(range(3 * SHARD, 5 * SHARD))
    assert sorted(p.stem for p in tmp_path.glob("*.pkl")) == ["3", "4"]
    small_shard(tmp_path, "5", 5 * SHARD)
    ring.refresh()
    assert {s["number"] for s in ring.samples} == set(range(4 * SHARD, 6 * SHARD))
    assert sorted(p.stem for p in tmp_path.glob("*.pkl")) == ["4", "5"]


def test_a_ring_by_hand_takes_in_all_and_deletes_nothing(tmp_path):
    for i in range(5):
        small_shard(tmp_path, str(i), i * SHARD)
    ring = Ring(tmp_path, 2 * SHARD)
    assert ring.refresh() == 5 * SHARD
    assert len(list(tmp_path.glob("*.pkl"))) == 5


def test_a_generator_counts_shards_that_are_gone(tmp_path):
    counter = tmp_path / "crops-7.made"
    assert made_before(tmp_path, "crops-7-", counter) == 0
    small_shard(tmp_path, "crops-7-00003", 0)
    small_shard(tmp_path, "crops-8-00009", 0)
    assert made_before(tmp_path, "crops-7-", counter) == 4
    counter.write_text("9")
    assert made_before(tmp_path, "crops-7-", counter) == 9


def test_shards_are_the_seeds_and_go_on_with_others(tmp_path):
    def draw(folder: str, count: int) -> list[list[bytes]]:
        assert begin("loupe_nano.shards", "--kind", "crops", "--seed", "7", "--count", str(count), "--out", str(tmp_path / folder)).wait() == 0
        return [[s["images"].tobytes() for s in pickle.loads(p.read_bytes())] for p in sorted((tmp_path / folder).glob("*.pkl"))]

    first, same = draw("one", 1), draw("two", 1)
    assert first == same
    both = draw("one", 1)
    assert both[0] == first[0]
    assert len(both) == 2 and both[1] != both[0]
    (tmp_path / "one" / "crops-7-00000.pkl").unlink()
    (tmp_path / "one" / "crops-7-00001.pkl").unlink()
    assert draw("one", 1)[0] not in both
