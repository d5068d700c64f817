"""What every test of synthesis may use."""

import pytest

from tests.synthesis.paper import csv_bytes


@pytest.fixture
def place(tmp_path):
    """Return a function that writes a file and returns its path."""

    def write(content, name="answers.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else csv_bytes(content))
        return path

    return write
