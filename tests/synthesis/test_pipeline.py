"""The whole way: equal commissions give equal bytes, and a broken rule stops the review."""

from dataclasses import replace

import pytest

from synthesis import pipeline, word
from synthesis.errors import InputError
from synthesis.material import Decision, Material
from synthesis.pipeline import Commission, ReviewError
from tests.synthesis.small_region import AUTHORITIES, CODEBOOK, SCHEDULE, small_outline
from tests.synthesis.worlds import response

FRONT = response("X1", "One front door takes every call. Neglect is seen sooner.", "S01.3")
AUDIT = response("X2", "Managers audit ten files a month.", "S11.1")
THEMES = tuple(
    replace(theme, cues={"S01": ("front door",), "A1": ("neglect",)}.get(theme.code, ()))
    for theme in CODEBOOK
)
SMALL = Commission(
    material=Material(AUTHORITIES, (FRONT, AUDIT)),
    codebook=replace(CODEBOOK, themes=THEMES),
    schedule=SCHEDULE,
    outline=small_outline(),
)


def silent(_doing, _share):
    """Tell nobody."""


def themes(commission):
    return [(tag.passage.response.id, tag.theme) for tag in pipeline.tag(commission, silent)]


@pytest.fixture(scope="module")
def told():
    return []


@pytest.fixture(scope="module")
def document(told):
    return pipeline.build_review(SMALL, lambda doing, share: told.append((doing, share)))


def test_a_review_is_a_word_file(document):
    assert document.startswith(b"PK")


def test_progress_only_grows_and_ends_at_the_end(document, told):
    shares = [share for _, share in told]

    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, 1)
    assert "tagging response 1 of 2" in [doing for doing, _ in told]


def test_equal_commissions_give_equal_bytes(document):
    assert pipeline.build_review(replace(SMALL)) == document


def test_the_clean_edition_leaves_the_workings_out(document):
    kept = "\n".join(word.text_of(pipeline.build_review(SMALL, whole=False)))
    assert "Counts behind the statements" in "\n".join(word.text_of(document))
    assert "Counts behind the statements" not in kept
    assert "Evidence index" in kept


def test_responses_are_tagged_by_cue_and_question():
    assert themes(SMALL) == [(FRONT.id, "S01"), (FRONT.id, "A1"), (AUDIT.id, "S11")]


def test_decisions_are_laid_over_the_suggestions():
    words = "One front door takes every call."
    decisions = (
        Decision(FRONT.id, 0, len(words), words, "S01", "reject"),
        Decision(AUDIT.id, 0, 8, "Managers", "P1", "add", "Kim"),
    )
    decided = replace(SMALL, material=replace(SMALL.material, decisions=decisions))

    assert themes(decided) == [(FRONT.id, "A1"), (AUDIT.id, "S11"), (AUDIT.id, "P1")]


def test_a_decision_on_words_that_changed_stops_the_review():
    stale = (Decision(FRONT.id, 0, 4, "Two ", "S01", "accept"),)
    decided = replace(SMALL, material=replace(SMALL.material, decisions=stale))

    with pytest.raises(InputError, match="Decide again"):
        pipeline.build_review(decided)


def test_a_review_that_breaks_a_rule_is_not_handed_out(monkeypatch):
    broken = tuple(f"rule {number} is broken" for number in range(12))
    monkeypatch.setattr(pipeline, "verify", lambda *_: broken)

    with pytest.raises(ReviewError) as caught:
        pipeline.build_review(SMALL)

    assert caught.value.violations == broken
    assert "12 of its own rules" in str(caught.value)
    assert "rule 9 is" in str(caught.value)
    assert "rule 10 is" not in str(caught.value)
