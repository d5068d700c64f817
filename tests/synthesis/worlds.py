"""Ways to make a small invented world in a line or two, for tests that need one of their own."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from synthesis.codebook import Codebook
from synthesis.findings import Basis, Ledger, find, open_inquiry
from synthesis.material import Material, Response, UseLevel
from synthesis.passages import Passage
from synthesis.review.outline import Outline
from synthesis.schedule import Schedule
from synthesis.tags import Tag
from tests.synthesis.small_region import CODEBOOK, SCHEDULE, small_outline


def response(
    authority: str,
    text: str,
    question: str = "",
    source: str = "questionnaire",
    use_level: UseLevel = "named",
    **attributes: str,
) -> Response:
    """Make a response whose id tells what it is."""
    return Response(
        f"{authority}-{question}-{text[:24]}",
        text,
        authority,
        source,
        question,
        use_level=use_level,
        verbatim=source != "interview",
        attributes=attributes,
    )


def tags(responses: Mapping[Response, str] | Iterable[tuple[Response, str]]) -> tuple[Tag, ...]:
    """Tag each whole response with the themes beside it."""
    pairs = responses.items() if isinstance(responses, Mapping) else responses
    return tuple(
        Tag(Passage(one, 0, len(one.text)), theme, 0.9, "says so")
        for one, themes in pairs
        for theme in themes.split()
    )


def basis(
    said: Iterable[tuple[Response, str]],
    material: Material | None = None,
    schedule: Schedule = SCHEDULE,
    codebook: Codebook = CODEBOOK,
) -> Basis:
    """Make a basis of responses and their themes."""
    pairs = tuple(said)
    responses = tuple(one for one, _ in pairs)
    rest = material or Material(authorities=(), responses=())
    return Basis(replace(rest, responses=responses), codebook, schedule, tags(pairs))


def ledger(made: Basis, outline: Outline | None = None) -> Ledger:
    """Find what may be claimed on a basis."""
    return find(open_inquiry(made, (outline or small_outline()).frame))
