"""The codebook as a file of themes: read whole, so that its faults are found all at once."""

from typing import Final

from surveyapp.definitions import mending
from surveyapp.definitions.reading import Frozen, Source, Words
from synthesis.codebook import Theme

NAME: Final = "codebook.toml"


class CodebookFile(Frozen):
    """The themes that questions ask about and words are tagged with; tagging is in `synthesis`."""

    title: Words
    version: Words
    examples: str = ""
    themes: tuple[Theme, ...] = ()


def parse(source: Source, name: str = NAME) -> CodebookFile:
    """Return the codebook in a file, or raise every fault in its shape."""
    return mending.parse(CodebookFile, source, name)
