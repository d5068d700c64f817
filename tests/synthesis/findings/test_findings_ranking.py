"""Examples are ranked by rules that are printed, each deciding where those before it do not."""

from dataclasses import replace

from synthesis.findings.ranking import Candidate, rank
from synthesis.material import Material, Practice, Rating, SharedDocument
from tests.synthesis.small_region import AUTHORITIES, SCHEDULE

PLAIN = Practice("p", "X1", "S01", "A", "what", consent=True)


def ranked(*practices: Practice, material: Material | None = None) -> tuple[Candidate, ...]:
    return rank(practices, material or Material(AUTHORITIES, ()), SCHEDULE)


def titles(*practices: Practice, material: Material | None = None) -> list[str]:
    return [one.practice.title for one in ranked(*practices, material=material)]


def example(title: str, **changes: object) -> Practice:
    return replace(PLAIN, id=title, title=title, **changes)


def test_consent_goes_before_strength() -> None:
    strong = example("strong", strength="comparison", use_level="unnamed")
    refused = example("refused", strength="comparison", consent=False)
    child = example("child", strength="comparison", what="A boy aged 7 was helped.")
    assert titles(refused, strong, example("named"))[:2] == ["named", "strong"]
    parts = {one.practice.title: one.parts[0] for one in ranked(refused, child)}
    assert parts["refused"].words == "Not to be published"
    assert parts["child"].words.startswith("Held back")


def test_strength_goes_before_kinds_of_evidence() -> None:
    told = example("told", impact="Our audit found 9 in 10; case studies agree.")
    local = example("local", strength="local data")
    assert titles(told, local, example("none")) == ["local", "told", "none"]
    words = [part.words for part in ranked(told)[0].parts]
    assert "Mentions data, audit and case studies" in words


def test_ratings_then_documents_then_titles_decide() -> None:
    material = Material(
        AUTHORITIES,
        (),
        ratings=(
            Rating("1", "X1", "S01.2", 2),
            Rating("2", "X2", "S01.2", 4),
            Rating("3", "X3", "S01.2", None, "don't know"),
        ),
        documents=(
            SharedDocument("d", "X4", "S01", "Threshold", "Guide", may_share=True),
            SharedDocument("e", "X5", "S01", "Kept", "Guide", may_share=False),
        ),
    )
    offered = [example(f"of X{n}", authority=f"X{n}") for n in (6, 5, 4, 3, 2, 1)]
    order = ["of X2", "of X1", "of X4", "of X3", "of X5", "of X6"]
    assert titles(*offered, material=material) == order
    first = ranked(*offered, material=material)[0]
    assert first.parts[3].words == "Rates itself 4 on the strand"
