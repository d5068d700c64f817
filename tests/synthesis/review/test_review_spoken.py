"""Spoken words in the review: never in quotation marks unless spoken, and confirmed or not."""

import re
from collections.abc import Iterator
from dataclasses import replace

import hypothesis.strategies as st
import pytest
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from hypothesis import HealthCheck, Phase, given, settings

from synthesis import word
from synthesis.findings import Basis
from synthesis.findings.people import unmarked
from synthesis.material import Correction, Material, Response, Return
from synthesis.passages import Passage
from synthesis.review import draw_up, plain, verify
from synthesis.review.blocks import Quote
from synthesis.tags import Tag
from tests.synthesis.small_region import AUTHORITIES, CODEBOOK, SCHEDULE, small_outline
from tests.synthesis.word.opening import opened
from tests.synthesis.worlds import basis, response

MARK = "zebra"
SAID = (
    f"Managers feel that the {MARK} audits have not changed much yet.",
    f"She said “the {MARK} panel never meets in the summer” and sighed.",
    f'Front door "{MARK} queue" is long, and nobody counts who waits in it.',
    f"Calls it ‘the {MARK} lottery’; families in two towns wait for weeks.",
    f"Staff say 'we {MARK} it' about step down. Nobody’s checking what happens.",
    f'"{MARK}" “{MARK}”',
)
OWN = ("Every plan is reviewed within six weeks by a manager.", "Parents say “thank you” to us.")
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|‘(?:[^’]|’\w)*’|(?<!\w)'[^']*'(?!\w)")
CODES = ("S01 P1", "S12 P2", "S11 E2 P2", "S05 P3", "A1", "X0")


def paragraphs(basis: Basis) -> Iterator[str]:
    """Yield every paragraph of a review in Word, those in tables, notes and headers too."""
    review, ledger = draw_up(basis, small_outline())
    assert verify(review, ledger, basis.material) == []
    for part in opened(word.write(review)).part.package.iter_parts():
        if isinstance(part, XmlPart):
            for one in part.element.iter(qn("w:p")):
                yield "".join(text.text or "" for text in one.iter(qn("w:t")))


@st.composite
def spoken(draw: st.DrawFn) -> Basis:
    """Draw some notes, each with the mark, some words of people's own, and themes on all."""
    responses, tags = [], []
    for turn in range(draw(st.integers(1, 8))):
        verbatim = draw(st.booleans())
        one = Response(
            id=f"r{turn}",
            text=draw(st.sampled_from(OWN if verbatim else SAID)),
            authority=draw(st.sampled_from(AUTHORITIES)).name,
            source="interview",
            question_code=draw(st.sampled_from(("I01", "S11.1", ""))),
            use_level=draw(st.sampled_from(("named", "unnamed", "withheld"))),
            verbatim=verbatim,
            confirmed=draw(st.sampled_from((True, False, None))),
        )
        responses.append(one)
        codes = draw(st.sampled_from(CODES)).split()
        tags += [Tag(Passage(one, 0, len(one.text)), code, 0.9, "drawn") for code in codes]
    return Basis(Material(AUTHORITIES, tuple(responses)), CODEBOOK, SCHEDULE, tuple(tags))


@given(spoken())
@settings(
    max_examples=15,
    derandomize=True,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
def test_no_paraphrase_ever_stands_in_quotation_marks(basis: Basis) -> None:
    for text in paragraphs(basis):
        assert not any(MARK in quoted for quoted in QUOTED.findall(text)), text


@pytest.mark.parametrize("said", SAID[:-1])
def test_a_paraphrase_is_printed_all_the_same(said: str) -> None:
    """Or the property above would hold of a review that prints nothing."""
    note = response("Alderwick", said, "I01", "interview")

    assert any(MARK in text for text in paragraphs(basis([(note, "S12 P2")])))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Nobody’s sure; the boys' club isn't.", "Nobody’s sure; the boys' club isn't."),
        ("Board asks 'how many' & 'so what'.", "Board asks how many & so what."),
        ("'the ones who'd have gone' went", "the ones who'd have gone went"),
        ("“One,” she said, “or ‘two’.”", "One, she said, or two."),
        ('"', '"'),
    ],
)
def test_marks_go_and_apostrophes_stay(text: str, plain: str) -> None:
    assert unmarked(text) == plain


@pytest.mark.parametrize(
    ("verbatim", "confirmed", "attribution"),
    [
        (True, True, "Alderwick, interview, confirmed by the person interviewed"),
        (True, False, "Alderwick, interview, not yet confirmed by the person interviewed"),
        (True, None, "Alderwick, interview"),
        (False, True, "Alderwick, interviewer’s note, confirmed by the person interviewed"),
    ],
)
def test_the_review_says_whether_spoken_words_are_confirmed(
    *, verbatim: bool, confirmed: bool | None, attribution: str
) -> None:
    text = "Managers feel that audits have not changed much yet."
    note = response("Alderwick", text, "I01", "interview")
    note = replace(note, verbatim=verbatim, confirmed=confirmed)

    made = basis([(note, "S12 P2")])

    review, ledger = draw_up(made, small_outline())

    quote = next(block for block in review.blocks if isinstance(block, Quote))
    assert quote.attribution == attribution
    said = attribution.removeprefix("Alderwick, ").removesuffix(" by the person interviewed")
    assert f"; {said.replace('not yet', 'not')} | " in plain.text(review)
    assert verify(review, ledger, made.material) == []


@pytest.mark.ledger
@pytest.mark.parametrize("confirmed", [False, None])
def test_a_note_that_nobody_stands_by_is_quoted_as_nobodys(*, confirmed: bool | None) -> None:
    text = "Managers feel that audits have not changed much yet."
    note = response("Alderwick", text, "I01", "interview")
    note = replace(note, verbatim=False, confirmed=confirmed)
    made = basis([(note, "S12 P2")])

    review, ledger = draw_up(made, small_outline())

    told = plain.text(review)
    assert not any(isinstance(block, Quote) for block in review.blocks)
    unsure = ", not confirmed" if confirmed is False else ""
    assert f"interviewer’s note | Noted by the interviewer{unsure}: {text}" in told
    assert verify(review, ledger, made.material) == []


@pytest.mark.ledger
def test_a_quotation_of_a_note_that_nobody_stands_by_is_caught() -> None:
    text = "Managers feel that audits have not changed much yet."
    note = replace(response("Alderwick", text, "I01", "interview"), verbatim=False, confirmed=True)
    made = basis([(note, "S12 P2")])
    review, ledger = draw_up(made, small_outline())

    since = replace(made.material, responses=(replace(note, confirmed=False),))
    rows = tuple(replace(row, confirmed=False) for row in ledger.evidence)
    quotations = tuple(replace(one, confirmed=False) for one in ledger.quotations)
    found = verify(review, replace(ledger, evidence=rows, quotations=quotations), since)

    assert any("quotes a note that nobody confirmed" in one for one in found)


def test_a_state_that_has_changed_since_is_caught() -> None:
    note = response("Alderwick", "Managers feel that audits have not changed.", "I01", "interview")
    made = basis([(replace(note, confirmed=False), "S12 P2")])
    review, ledger = draw_up(made, small_outline())

    since = replace(made.material, responses=(replace(note, confirmed=True),))
    found = verify(review, ledger, since)

    assert any("not what was said" in one for one in found)


def test_the_method_counts_interviews_and_the_appendix_what_they_changed() -> None:
    note = response("Alderwick", "We count again and found two more hubs.", "I01", "interview")
    gone = response("Alderwick", "We never counted the hubs at all here.", "S01.3")
    material = Material(
        AUTHORITIES,
        (),
        returns=(Return("Alderwick", "returned", interviews=3, confirmed=1),),
        corrections=(
            Correction(note.id, "X1/S01.3", "corrects", "note"),
            Correction(note.id, "X1/S05.1", "corrects", "answer"),
            Correction(note.id, "X1/S11.1", "deepens", "both"),
        ),
        overtaken=(gone,),
    )

    text = "\n".join(paragraphs(basis([(note, "S01 P1")], material)))

    assert (
        "Held: 3 interviews with 1 authority. Records confirmed by the person interviewed: 1;"
        in text
    )
    assert "not yet confirmed: 2." in text
    assert "Written answers corrected in interviews: 2; deepened: 1. Of these, in 1 the" in text
    assert gone.text not in text
