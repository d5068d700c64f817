"""Boxes that people type into: all are looked through, except for those that are listed here.

A new box is looked through without anybody remembering to; one that holds nobody's story is left
out by its room and its name, and says why.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from surveyapp.identifying import warning
from surveyapp.identifying.warning import Warning

EVERYWHERE: Final = "*"
_COLLEAGUE: Final = "it names a colleague, or says how to reach one"
_COMMAND: Final = "it takes keys and codes, and keeps no words"
# By room, or by form, and by what the name of a box ends with.
LEFT_OUT: Final[Mapping[str, Mapping[str, str]]] = {
    EVERYWHERE: {
        "csrf_token": "nobody types into it",
        "email": _COLLEAGUE,
        "phone": _COLLEAGUE,
        "url": "it takes a web address, in which long numbers stand by chance",
    },
    "blind": {"command": _COMMAND},
    "coding": {"command": _COMMAND},
    "colleagues": {"name": _COLLEAGUE},
    "coordinate": {"name": _COLLEAGUE, "contact": _COLLEAGUE},
    "interview": {"name": _COLLEAGUE},
    "privacy": {"words": "it takes words that are known to tell of a child, to hold them back"},
    "respond": {"name": _COLLEAGUE},
}
# What is saved by these stands on the page that follows, with the warning beside it.
SHOWN_BESIDE: Final = frozenset({"respond.save"})
_LONGEST: Final = 200_000


def why_not(form: str, box: str) -> str:
    """Return why a box of a form is not looked through; "" where it is.

    A form is known by the endpoint that it is sent to.
    """
    room, name = form.partition(".")[0], box.rpartition(":")[2]
    found = (LEFT_OUT.get(one, {}).get(name, "") for one in (form, room, EVERYWHERE))
    return next((why for why in found if why), "")


def look(form: str, typed: Iterable[tuple[str, str]]) -> tuple[Warning, ...]:
    """Return what of the words typed into a form's boxes their writer should look at again."""
    wanted = (text[:_LONGEST] for box, text in typed if not why_not(form, box))
    return warning.first(one for text in wanted for one in warning.every(text))
