"""The form without answers: what it leaves empty says nothing; any return may be given with it."""

import io
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from sqlalchemy.orm import Session

from surveyapp.models import Submission
from surveyapp.wordform import services
from surveyapp.wordform.comparing import Comparison
from surveyapp.wordform.layout import HOW_TO_BLANK, Paper, slots
from synthesis.errors import InputError
from synthesis.word import text_of
from synthesis.word.form import reference
from synthesis.word.form.writing import REFERENCE
from tests.surveyapp.building import save, submission_of
from tests.surveyapp.wordform.paper import LATER, Filled, paper_of, sent_back


def blank_paper(session: Session, submission: Submission) -> Paper:
    """What the blank form of a questionnaire is written from."""
    return replace(
        paper_of(session, submission),
        values={},
        authority="Every question",
        use_levels={},
        submission_id=None,
    )


def filled(session: Session, submission: Submission, given: Filled) -> Comparison:
    """What the blank form says once these fields are filled in."""
    docx = sent_back(blank_paper(session, submission), given)
    return services.comparison(session, submission, docx)


def answered(session: Session, birch: Submission) -> None:
    save(session, birch, "S01.4", {"number": 7})
    save(session, birch, "S01.2", {"text": "Online"})
    save(session, birch, "S01.5", {"title": "A", "may_share": False}, entry_id="e1")


def test_a_blank_form_left_empty_says_nothing(session: Session, birch: Submission) -> None:
    answered(session, birch)

    found = services.comparison(session, birch, services.blank(birch.questionnaire, LATER))

    assert (found.count, found.leftovers) == (0, ())
    assert found.is_blank
    assert not found.is_older


def test_only_what_was_filled_in_is_compared(session: Session, birch: Submission) -> None:
    answered(session, birch)

    found = filled(session, birch, {"S01.2:text": "On paper"})

    states = [(one.slot.question.code, one.state, one.theirs) for one in found.changes]
    assert states == [("S01.2", "differs", "Online")]
    assert found.leftovers == ()


def test_what_says_the_same_is_no_change(session: Session, birch: Submission) -> None:
    answered(session, birch)

    found = filled(session, birch, {"S01.2:text": "Online"})

    assert found.count == 0


def test_a_new_entry_of_a_blank_form_is_offered(session: Session, birch: Submission) -> None:
    paper = blank_paper(session, birch)
    (first, *_) = [one.key[1] for one in slots(paper) if one.key[0] == "S01.5"]

    (change,) = filled(session, birch, {f"S01.5@{first}:title": "Thresholds"}).changes

    assert (change.state, change.slot.key) == ("new", ("S01.5", first))


def test_it_says_for_itself_that_it_is_blank(session: Session, birch: Submission) -> None:
    docx = services.blank(birch.questionnaire, LATER)

    assert reference(docx).split()[::3] == ["blank", "tiny"]
    assert HOW_TO_BLANK in text_of(docx)
    assert not [one for one in text_of(docx) if "is filled in. Leave" in one]
    assert [one for one in text_of(services.form(session, birch, LATER)) if "filled in. Lea" in one]


def test_any_return_may_be_given_with_it(session: Session, birch: Submission) -> None:
    docx = services.blank(birch.questionnaire, LATER)

    assert services.comparison(session, submission_of(session, "Cedar"), docx).count == 0


def test_the_blank_form_of_other_questions_is_refused(session: Session, birch: Submission) -> None:
    now = blank_paper(session, birch)
    other = replace(now, questionnaire=now.questionnaire.model_copy(update={"code": "other"}))

    with pytest.raises(InputError, match="another questionnaire"):
        services.comparison(session, birch, sent_back(other, {}))


def test_a_box_that_an_older_or_a_nameless_form_never_had_was_not_deleted(
    session: Session, birch: Submission
) -> None:
    now = paper_of(session, birch)
    first, *others = now.questionnaire.sections
    fewer = first.model_copy(update={"questions": first.questions[:2]})
    cut = replace(
        now, questionnaire=now.questionnaire.model_copy(update={"sections": (fewer, *others)})
    )
    kinds = []
    for paper in (cut, replace(cut, version="f" * 64)):
        found = services.comparison(session, birch, sent_back(paper, {}))
        kinds.append({one.kind for one in found.leftovers if not one.text})

    assert kinds == [{"A box was deleted, so its answer stays as it is"}, set()]


def test_a_deleted_box_is_told_once_for_a_question(session: Session, birch: Submission) -> None:
    now = paper_of(session, birch)
    first, *others = now.questionnaire.sections
    fewer = first.model_copy(update={"questions": first.questions[:2]})
    cut = now.questionnaire.model_copy(update={"sections": (fewer, *others)})

    found = services.comparison(session, birch, sent_back(replace(now, questionnaire=cut), {}))

    gone = [one.place for one in found.leftovers if one.kind.startswith("A box was deleted")]
    assert gone
    assert len(gone) == len(set(gone))


def test_an_empty_box_of_a_form_that_lost_its_name_says_nothing(
    session: Session, birch: Submission
) -> None:
    answered(session, birch)
    paper = blank_paper(session, birch)
    stream = io.BytesIO(sent_back(paper, {"S01.2:text": "On paper"}))
    nameless = _nameless(stream.getvalue())

    found = services.comparison(session, birch, nameless)

    assert [one.slot.question.code for one in found.changes] == ["S01.2"]


def test_a_document_of_somebody_elses_is_no_form(session: Session, birch: Submission) -> None:
    letter = Document()
    letter.add_paragraph("Dear Ann, here is our strategy.")
    stream = io.BytesIO()
    letter.save(stream)

    with pytest.raises(InputError, match=r"not the form of this return.*nothing was taken"):
        services.comparison(session, birch, stream.getvalue())


def _nameless(docx: bytes) -> bytes:
    """The same file without what it says of where it was written."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "docProps/custom.xml":
                content = content.replace(REFERENCE.encode(), b"Other")
            new.writestr(entry, content)
    return stream.getvalue()
