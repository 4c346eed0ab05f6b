"""A stage can be cut off at any point and taken up again, and its samples are the seed's."""

import os
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from loupe_nano import checkpoint
from loupe_nano.shards import samples

ROOT = Path(__file__).parents[1]


def begin(*args: str, **env: str) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-m", *args], cwd=ROOT, env={**os.environ, **env}, stdout=subprocess.PIPE, text=True)


def test_a_killed_stage_goes_on_where_it_was_kept(tmp_path):
    stream, few = samples("direct", np.random.default_rng(5)), {}
    while len(few) < 2:
        sample = next(stream)
        few.setdefault(sample["kind"], sample)
    data, out = tmp_path / "samples", tmp_path / "direct.safetensors"
    data.mkdir()
    (data / "0.pkl").write_bytes(pickle.dumps([s for s in few.values() for _ in range(64)]))
    args = ("loupe_nano.train_vlm", "--stage", "direct", "--data", str(data), "--init", "checkpoints/stage-a.safetensors",
            "--out", str(out), "--tower", "0", "--save-every", "0.1")
    killed = begin(*args, "--minutes", "30")
    state = out.with_suffix(".state")
    while not state.exists():
        assert killed.poll() is None
        time.sleep(0.1)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    kept = checkpoint.kept(state)
    assert kept["step"] >= 1
    again = begin(*args, "--minutes", str(kept["spent"] / 60 + 0.001))
    told, _ = again.communicate()
    assert again.returncode == 0
    assert f"goes on after {kept['spent']:.0f} s, {kept['step']} steps" in told
    _, note, _ = checkpoint.load(out)
    assert note["stage"] == "direct"
    assert note["pictures"] >= checkpoint.load(ROOT / "checkpoints" / "stage-a.safetensors")[1]["pictures"] + kept["pictures"]
    assert not state.exists()


def test_shards_are_the_seeds_and_go_on_with_others(tmp_path):
    def draw(folder: str, count: int) -> list[list[bytes]]:
        assert begin("loupe_nano.shards", "--kind", "crops", "--seed", "7", "--count", str(count), "--out", str(tmp_path / folder)).wait() == 0
        return [[s["images"].tobytes() for s in pickle.loads(p.read_bytes())] for p in sorted((tmp_path / folder).glob("*.pkl"))]

    first, same = draw("one", 1), draw("two", 1)
    assert first == same
    both = draw("one", 1)
    assert both[0] == first[0]
    assert len(both) == 2 and both[1] != both[0]
