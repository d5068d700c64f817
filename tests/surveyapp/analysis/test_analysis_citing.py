"""Passages cited in a cell’s summary: by number, by button, and only those that may be."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import (
    Cell,
    Person,
    Summary,
    Survey,
)
from tests.surveyapp.analysis.summing_up import CELL, SAID, WITHHELD, kept, write
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.charting import (
    ALDER,
    BIRCH,
    FRONT_DOOR,
    decide,
    hold,
    passage,
)


def test_a_summary_is_kept_with_its_author_and_links_to_its_passages(
    staff: CheckingClient, session: Session, derived: Survey
) -> None:
    key = passage(session, FRONT_DOOR).key
    answer = write(staff, f"They count calls [{key[:8]}], all of them [{key[:8].upper()}].")

    assert answer.status_code == 302
    page = staff.get(CELL).text
    shown = f'<a class="govuk-link analysis-cited" href="#p-{key}">[1<'
    assert page.count(shown) == 2
    assert "Kay Runs, " in page
    assert "The summary is out of date" not in page
    row = kept(session)
    assert row.version == 1
    assert row.rests_on == session.get_one(Cell, (derived.id, ALDER, "S01")).rests_on


def test_what_it_refers_to_must_be_a_passage_that_may_be_used(
    staff: CheckingClient, session: Session, derived: Survey
) -> None:
    withheld = passage(session, WITHHELD).key[:8]
    for token, words in (("00000000", "is no passage of Alder"), (withheld, "not for publication")):
        answer = write(staff, f"They count [{token}].")

        assert answer.status_code == 422
        assert f"[{token}] is" in answer.text
        assert words in answer.text
        assert f"They count [{token}].</textarea>" in answer.text
    held = hold(session, derived, FRONT_DOOR)
    assert "held back: it may identify a child" in write(staff, f"See [{held.key[:8]}]").text
    assert session.scalars(select(Summary)).all() == []


def test_a_passage_of_another_authority_is_not_to_be_cited(
    staff: CheckingClient, session: Session, derived: Survey
) -> None:
    passage(session, FRONT_DOOR).authority_code = BIRCH
    session.commit()

    assert write(staff, f"[{passage(session, FRONT_DOOR).key[:8]}]").status_code == 422


def test_a_button_beside_a_passage_puts_it_into_the_text_and_saves_nothing(
    staff: CheckingClient, session: Session, derived: Survey
) -> None:
    key = passage(session, FRONT_DOOR).key

    answer = write(staff, "They count", cite=key)

    assert answer.status_code == 200
    assert "They count [1]</textarea>" in answer.text
    assert session.scalars(select(Summary)).all() == []


def test_passages_are_cited_by_their_numbers(
    staff: CheckingClient, session: Session, derived: Survey
) -> None:
    write(staff, "They count [1], and schools help [3].")

    keys = [passage(session, words).key[:8] for words in (FRONT_DOOR, SAID)]
    assert kept(session).text == f"They count [{keys[0]}], and schools help [{keys[1]}]."
    page = staff.get(CELL).text
    assert "They count [1], and schools help [3].</textarea>" in page
    assert re.findall(r'analysis-cited" href="[^"]*">\[(\d)<', page) == ["1", "3"]


def test_what_leads_to_no_passage_is_refused_or_pointed_out(
    staff: CheckingClient, session: Session, derived: Survey
) -> None:
    refused = write(staff, "They count [9].")
    assert refused.status_code == 422
    assert "[9] is no passage here" in refused.text
    assert "They count [9].</textarea>" in refused.text

    saved = write(staff, "They [sic] count [1] and [zzz].")
    assert "No passage is cited by [sic], [zzz]" in staff.get(saved.location).text


def test_the_same_passage_is_not_cited_twice_in_a_row(
    staff: CheckingClient, session: Session, derived: Survey
) -> None:
    token = f"[{passage(session, FRONT_DOOR).key[:8]}]"

    again = write(staff, f"They count {token}", cite=passage(session, FRONT_DOOR).key)
    write(staff, f"They count {token} {token}{token.upper()}. Schools {token} too.")

    assert "They count [1]</textarea>" in again.text
    assert kept(session).text == f"They count {token}. Schools {token} too."


def test_citing_what_is_only_suggested_says_so(
    staff: CheckingClient, session: Session, derived: Survey, consultant: Person
) -> None:
    key = passage(session, FRONT_DOOR).key
    told = "It is only suggested: nobody has decided on it."

    assert f"] is in the summary. {told} Save it" in write(staff, "They count", cite=key).text
    write(staff, f"They count [{key[:8]}].")
    assert ", a passage below</span>, only suggested]" in staff.get(CELL).text
    for words in (FRONT_DOOR, SAID):
        decide(session, derived, words, "S01", "accept", consultant)
    confirmed = staff.get(CELL).text
    assert ", a passage below</span>]" in confirmed
    assert confirmed.count(f"</button> {told}") == 1
