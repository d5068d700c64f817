"""A tiny codebook, and plain invented sentences coded with it, enough to learn from."""

from collections.abc import Iterator
from itertools import islice, product

from synthesis.codebook import Codebook, CodedExample, Theme
from synthesis.material import Response
from synthesis.tagger import Tagger
from synthesis.tags import Tag

THEMES = (
    Theme("S01", "strand", "Needs", "How needs come to notice.", cues=("front door",)),
    Theme(
        "S05",
        "strand",
        "Services",
        "What is on offer.",
        cues=("parenting group", "wait + family"),
        hints=("class", "course"),
    ),
    Theme("S11", "strand", "Audit", "How work is checked.", cues=("step-down", '"QA"')),
    Theme("A1", "outcome", "Neglect", "Harm at home.", cues=("neglect",)),
    Theme("E1", "evidence", "Data", "Figures.", cues=("per cent",)),
    Theme("P1", "stance", "Strength", "Works well."),
    Theme("P2", "stance", "Gap", "Does not."),
    Theme("X0", "emergent", "Other", "Anything else.", cues=("front door",)),
)
CODEBOOK = Codebook("Tiny codebook", "1", THEMES)

_SUBJECTS = {
    "S01": "Schools telephone the hub about a pupil",
    "S05": "Toddlers come to the library singing morning",
    "S11": "Managers open ten files and score them",
}
_STANCES = {"P1": "and staff praise it", "P2": "but nobody trusts it", "": "on Mondays"}
_EXTRAS = {"A1": "where a home is dirty", "E1": "and 40 were counted", "": "in town"}
AUTHORITIES = ("Alderwick", "Brackmere", "Caldershaw", "Dunmorrow", "Elverthorpe", "Fennholt")


def coded(count: int = 54, *, questions: bool = False) -> tuple[CodedExample, ...]:
    """Return so many coded examples, from six authorities by turns."""
    return tuple(islice(_coded(questions=questions), count))


def _coded(*, questions: bool) -> Iterator[CodedExample]:
    turns = product(AUTHORITIES, _SUBJECTS, _STANCES, _EXTRAS)
    for number, (authority, strand, stance, extra) in enumerate(turns):
        yield CodedExample(
            id=f"c{number}",
            text=f"{_SUBJECTS[strand]} {_STANCES[stance]} {_EXTRAS[extra]}.",
            codes=frozenset(filter(None, (strand, stance, extra))),
            authority=authority,
            question_code=f"{strand}.1" if questions else "",
            question="What do you do?" if questions else "",
        )


def answer(text: str, question_code: str = "", key: str = "r1") -> Response:
    """Return a response of these words."""
    return Response(key, text, "Alderwick", question_code=question_code)


def suggested(tagger: Tagger, text: str, question_code: str = "") -> dict[str, list[Tag]]:
    """Return the tags of one response, by theme."""
    found: dict[str, list[Tag]] = {}
    for tag in tagger.suggest([answer(text, question_code)]):
        found.setdefault(tag.theme, []).append(tag)
    return found
