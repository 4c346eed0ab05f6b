"""Makes `loupe_nano` importable from wherever pytest is started."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))


@pytest.fixture(autouse=True)
def nothing_is_left_running():
    from processes import end_all

    yield
    end_all()
