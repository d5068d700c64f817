"""The invented review written once, for every test that only reads it."""

import pytest

from synthesis.word import write
from tests.synthesis.word.sample import sample


@pytest.fixture(scope="session")
def docx() -> bytes:
    return write(sample())
