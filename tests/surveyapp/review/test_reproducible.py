"""The same inputs build the same bytes: on another day, in another place, in another process."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from surveyapp.review.inputs import digest

ELSEWHERE = Path(__file__).with_name("elsewhere.py")
ROOT = ELSEWHERE.parents[3]
HERE = {"TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "1"}
THERE = {"TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "77"}


def built(folder: Path, days: int, around: dict[str, str]) -> dict[str, str]:
    folder.mkdir()
    done = subprocess.run(
        (sys.executable, str(ELSEWHERE), str(folder), str(days)),
        check=True,
        capture_output=True,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **around},
    )
    hashes: dict[str, str] = json.loads(done.stdout)
    return hashes


@pytest.mark.reproducible
def test_every_file_is_the_same_on_another_day_and_machine(tmp_path: Path) -> None:
    first = built(tmp_path / "here", 0, HERE)
    second = built(tmp_path / "there", 400, THERE)

    assert len(first) == 8
    assert first == second


@pytest.mark.reproducible
def test_inputs_have_the_same_hash_whatever_order_they_have_none_of() -> None:
    assert digest({"b": {3, 1, 2}, "a": 1}) == digest({"a": 1, "b": {2, 3, 1}})
    assert digest(("a", "b")) != digest(("ab",))
    assert digest((("a",), "b")) != digest(("a", ("b",)))
    assert digest("1") != digest(1)
