"""The one door to presidio: numbers that its recognisers know and keep up to date.

Only those that look for shapes are used, one by one: they load no model, and ask nothing of the
network. Its e-mail recogniser would fetch a list of domains, and names come from our own model.
"""

from collections.abc import Iterator
from functools import cache
from typing import Final

from presidio_analyzer import EntityRecognizer
from presidio_analyzer.predefined_recognizers import (
    NhsRecognizer,
    PhoneRecognizer,
    UkNinoRecognizer,
)

from synthesis.identifying.hits import Kind

_LEAST: Final = 0.4
_KINDS: Final[dict[str, Kind]] = {
    "UK_NHS": "NHS number",
    "UK_NINO": "National Insurance number",
    "PHONE_NUMBER": "phone number",
}


def numbers(text: str) -> Iterator[tuple[int, int, Kind]]:
    """Yield where numbers of the NHS, of National Insurance and of telephones stand."""
    for one in _recognisers():
        # Those that look for shapes read nothing but the text.
        for found in one.analyze(text, list(_KINDS), None):  # type: ignore[arg-type]
            if found.score >= _LEAST:
                yield found.start, found.end, _KINDS[found.entity_type]


@cache
def _recognisers() -> tuple[EntityRecognizer, ...]:
    return (NhsRecognizer(), UkNinoRecognizer(), PhoneRecognizer(supported_regions=("GB",)))
