"""How the words of a section may be used, as it is asked of those who wrote them."""

from dataclasses import dataclass
from typing import Final

ASKED: Final = "How may we use the words in this section?"
REASSURANCE: Final = "Figures and ratings are counted with everybody’s, whatever you choose."


@dataclass(frozen=True, slots=True)
class UseLevelOption:
    """One way in which words may be used: its code, its name, and what it means."""

    code: str
    text: str
    help: str


OPTIONS: Final = (
    UseLevelOption(
        "named",
        "With our name",
        "The review may quote these words and say that they are your council’s.",
    ),
    UseLevelOption(
        "unnamed",
        "Without our name",
        "The review may quote these words, and says only what kind of council wrote them.",
    ),
    UseLevelOption(
        "withheld",
        "Not for publication",
        "The researchers read these words, and the review does not quote them.",
    ),
)


def name_of(code: str) -> str:
    """Return what a use level is called; "" where nobody has said."""
    return next((one.text for one in OPTIONS if one.code == code), "")
