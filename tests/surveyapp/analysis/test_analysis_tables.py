"""Cross-tabs, ratings with their base, and the two instruments side by side."""

import io
import re

import openpyxl
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.analysis import crosstab, ratings, sides
from surveyapp.analysis.crosstab import Asked
from surveyapp.models import (
    Correction,
    Interview,
    Passage,
    Person,
    SectionState,
    Submission,
    Survey,
    Tag,
)
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, grow, save, submission_of
from tests.surveyapp.charting import ALDER, BIRCH, FRONT_DOOR, ROOM, decide, hold
from tests.surveyapp.deriving import derive

SAID = "Most families come through their school."


def counts(session: Session, survey: Survey, **asked: object) -> dict[str, list[int]]:
    table = crosstab.make(session, survey, Asked(**({"rows": "strand", "columns": "type"} | asked)))
    return {
        column.code: [entries[at].number for _, entries in table.lines] + [column.base]
        for at, column in enumerate(table.columns)
    }


def test_themes_are_counted_by_type_of_authority(session: Session, derived: Survey) -> None:
    assert counts(session, derived) == {"County": [0, 0], "Unitary": [1, 1]}


def test_themes_are_counted_by_where_it_was_said(
    session: Session, derived: Survey, consultant: Person
) -> None:
    decide(session, derived, SAID, "S01", "add", consultant)

    by_source = {"questionnaire": [1, 1], "interview": [1, 1]}
    assert counts(session, derived, columns="source") == by_source
    passages = counts(session, derived, columns="source", counts="passages")
    assert passages == {"questionnaire": [2, 1], "interview": [1, 1]}
    confirmed = counts(session, derived, columns="source", confirmed=True)
    assert confirmed == {"questionnaire": [0, 1], "interview": [1, 1]}


def test_stances_by_the_rating_of_a_strand_are_those_said_on_it(
    session: Session, derived: Survey, consultant: Person, staff: CheckingClient
) -> None:
    decide(session, derived, FRONT_DOOR, "P2", "add", consultant)
    on_it = counts(session, derived, rows="stance", columns="rating-S01", confirmed=True)
    assert on_it["3"][-1] == 0
    assert sum(on_it["3"][:-1]) == 0

    decide(session, derived, FRONT_DOOR, "S01", "add", consultant)

    on_it = counts(session, derived, rows="stance", columns="rating-S01", confirmed=True)
    assert on_it["3"][-1] == 1
    assert sum(on_it["3"][:-1]) == 1
    page = staff.get(f"{ROOM}crosstab/?rows=stance&columns=rating-S01").text
    assert "Counted where it was said on S01" in page
    assert "Stances by rating: S01 Identification of needs" in page


def test_themes_are_counted_by_rating(session: Session, derived: Survey) -> None:
    found = counts(session, derived, columns="rating-S01")

    assert found["3"] == [1, 1]
    assert sum(column[0] for column in found.values()) == 1
    assert {"don't know", "not answered"} <= found.keys()


def test_themes_are_counted_with_other_themes(
    session: Session, derived: Survey, consultant: Person
) -> None:
    decide(session, derived, FRONT_DOOR, "P1", "add", consultant)

    assert counts(session, derived, columns="themes-stance") == {
        "P1": [1, 1],
        "P2": [0, 0],
        "P3": [0, 0],
    }


def test_held_withheld_and_rejected_words_are_counted_nowhere(
    session: Session, derived: Survey, consultant: Person
) -> None:
    decide(session, derived, SAID, "S01", "add", consultant)
    assert counts(session, derived, counts="passages")["Unitary"] == [3, 1]
    decide(session, derived, FRONT_DOOR, "S01", "reject", consultant)
    assert counts(session, derived, counts="passages")["Unitary"] == [2, 1]

    hold(session, derived, SAID)
    assert counts(session, derived, counts="passages")["Unitary"] == [1, 1]
    hold(session, derived, "Neighbours and faith groups")

    assert counts(session, derived)["Unitary"] == [0, 1]


def test_rounds_stand_beside_each_other(
    staff: CheckingClient, session: Session, derived: Survey
) -> None:
    assert staff.get(f"{ROOM}crosstab/?columns=round").status_code == 404
    pinned = {
        name: getattr(derived, name)
        for name in ("questionnaire_id", "guide_id", "codebook_id", "outline_id", "region")
    }
    later = Survey(
        code="later", title="Later", opens_on=NOON.date(), closes_on=NOON.date(), **pinned
    )
    session.add(later)
    session.flush()
    session.add(
        Submission(survey=later, authority_code=ALDER, questionnaire_id=derived.questionnaire_id)
    )
    shared = {"authority_code": ALDER, "source": "questionnaire", "question_code": "S01.2"}
    session.add(
        Passage(
            key="f" * 16,
            survey_id=later.id,
            response="r",
            start=0,
            end=1,
            words="Later",
            asked="S01",
            use_level="named",
            verbatim=True,
            place=0,
            doubt=0.0,
            **shared,
        )
    )
    session.add(Tag(passage_key="f" * 16, theme="S01", survey_id=later.id, score=1.0, reason=""))
    session.commit()

    assert counts(session, derived, columns="round") == {
        "tiny-survey-2015": [1, 1],
        "later": [1, 1],
    }
    assert "Later" in staff.get(f"{ROOM}crosstab/?columns=round").text


def test_a_percentage_needs_a_base(session: Session, derived: Survey) -> None:
    grow(session, derived, crosstab.FEWEST)
    for number in range(crosstab.FEWEST):
        one = submission_of(session, f"Elm {number}")
        save(session, one, "S01.3", {"options": ["other"], "other": "The front door."})
    derive(session, derived)
    table = crosstab.make(session, derived, Asked("strand", "type"))
    (_, entries), *_ = table.lines
    pairs = zip(table.columns, entries, strict=True)
    shares = {column.code: entry.share for column, entry in pairs}

    assert shares["County"] is None
    assert shares["Unitary"] == 100
    passages = crosstab.make(session, derived, Asked("strand", "type", counts="passages"))
    assert all(entry.share is None for _, line in passages.lines for entry in line)


def test_the_table_can_be_taken_away(staff: CheckingClient, derived: Survey) -> None:
    answer = staff.get(f"{ROOM}crosstab.xlsx?rows=strand&columns=type")

    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    rows = [row[:4] for row in sheet.iter_rows(values_only=True)]
    assert rows[0] == ("Code", "Theme", "County", "Unitary")
    assert rows[1] == ("S01", "Identification of needs", 0, 1)
    assert rows[2][1:] == ("Base: authorities whose words belong here", 0, 1)


@pytest.mark.parametrize(
    "asked", ["rows=x", "columns=x", "counts=x", "columns=rating-X9", "columns=themes-x"]
)
def test_what_cannot_be_chosen_is_no_page(
    asked: str, staff: CheckingClient, derived: Survey
) -> None:
    assert staff.get(f"{ROOM}crosstab/?{asked}").status_code == 404
    assert staff.get(f"{ROOM}crosstab.xlsx?{asked}").status_code == 404


def test_ratings_are_drawn_with_their_base(staff: CheckingClient, derived: Survey) -> None:
    page = staff.get(f"{ROOM}ratings/").text

    assert "1 of 3 rated; don&#39;t know 1; not answered 1." in page
    drawn = "Not in place 0, Emerging 0, Developing 0, Established 1, Embedded 0"
    assert f'aria-label="{drawn}"' in page


def test_who_gave_which_rating_is_told(staff: CheckingClient, derived: Survey) -> None:
    page = staff.get(f"{ROOM}ratings/").text

    who = page.partition("Who gave which rating")[2]
    assert re.search(r"3 [A-Z]\w+.*?</dt>\s*<dd[^>]*>Alder</dd>", who, re.DOTALL)


def test_a_rating_not_for_publication_or_corrected_is_counted_apart(
    session: Session, derived: Survey, consultant: Person
) -> None:
    def standing() -> str:
        session.expire_all()
        (one,) = ratings.read(session, derived, ALDER)
        return one.standing

    assert standing() == "rated"
    state = session.get_one(SectionState, (submission_of(session, "Alder").id, "S01"))
    state.use_level = "withheld"
    session.commit()
    assert standing() == "not for publication"
    state.use_level = "named"
    call = session.scalars(select(Interview)).one()
    correct(session, call, "S01.1", consultant)
    assert standing() == "corrected on the telephone"


def correct(session: Session, call: Interview, code: str, person: Person) -> None:
    session.add(
        Correction(
            note=call.notes[0],
            question_code=code,
            kind="corrects",
            prevails="note",
            made_by=person,
            at=NOON,
        )
    )
    session.commit()


def flags(session: Session, survey: Survey, theme: str = "S01") -> set[str]:
    session.expire_all()
    found = sides.side_by_side(session, survey, ALDER)
    assert found is not None
    return {flag for one in found.strands if one.theme.code == theme for flag in one.flags}


def test_what_was_written_stands_beside_what_was_said(
    staff: CheckingClient, session: Session, derived: Survey
) -> None:
    page = staff.get(f"{ROOM}beside/{ALDER}/").text

    assert FRONT_DOOR in page
    assert SAID in page
    assert re.search("Schools; [^<]*Neighbours and faith groups", page)
    assert "3 (Established)" in page
    assert "Paraphrase" in page
    assert flags(session, derived) == set()
    assert "Said, and under no theme" in page
    assert "Nothing written and nothing said" not in re.split("Child abuse", page)[0]


def test_differences_are_flagged_by_the_rules_on_the_page(
    session: Session, derived: Survey, consultant: Person
) -> None:
    decide(session, derived, SAID, "P2", "add", consultant)
    assert flags(session, derived) == {"only gaps"}
    decide(session, derived, SAID, "P1", "add", consultant)
    assert flags(session, derived) == set()

    correct(session, session.scalars(select(Interview)).one(), "S01.2", consultant)
    assert flags(session, derived) == {"corrected"}


def test_words_on_one_side_only_are_flagged(session: Session, derived: Survey) -> None:
    call = session.scalars(select(Interview)).one()
    call.notes[0].theme = "A1"
    session.commit()

    assert flags(session, derived) == {"not said"}
    assert flags(session, derived, "A1") == {"not written"}


def test_a_low_rating_of_which_only_good_is_said_is_flagged(
    session: Session, derived: Survey, consultant: Person
) -> None:
    answer = next(
        one
        for one in session.scalars(select(sides.Answer))
        if one.question_code == "S01.1" and one.value.get("rating") == 3
    )
    answer.value = {"rating": 1}
    session.commit()
    decide(session, derived, SAID, "P1", "add", consultant)

    assert "only strengths" in flags(session, derived)


def test_an_authority_without_an_interview_says_so(staff: CheckingClient, derived: Survey) -> None:
    assert "No interview has been held." in staff.get(f"{ROOM}beside/{BIRCH}/").text
    assert staff.get(f"{ROOM}beside/X06000009/").status_code == 404
