"""What an authority says to its words: how they are printed then, and what its page tells."""

import html

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import models
from surveyapp.material import checked, concluded, gathering
from surveyapp.models import (
    CheckItem,
    MemberCheck,
    Passage,
    Survey,
    Tag,
)
from synthesis.findings.quotations import spoken
from synthesis.material import CORRECTED, Cited, Response, WrittenFinding
from tests.surveyapp import charting
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import somebody
from tests.surveyapp.checking.building_checks import whole
from tests.surveyapp.deriving import derive

HOME = "/checking/tiny-survey-2015"


def answer(client: CheckingClient, check: MemberCheck, words: str, **said: str) -> None:
    """Say something to the first words that begin so, and that the rest is right."""
    item = next(one for one in check.items if one.words.startswith(words))
    form = {f"{item.id.hex}:{name}": value for name, value in said.items()}
    client.sign_in(check.person)
    client.post(f"/checks/{check.id}/", data=whole(check, **form, rest="right", send="yes"))


def test_a_correction_is_suggested_what_a_coder_gave_the_words_before(
    session: Session, survey: Survey, client: CheckingClient, check: MemberCheck
) -> None:
    item = next(one for one in check.items if one.words.startswith("We count every"))
    coder = somebody(session, "Kay Runs")
    charting.decide(session, survey, item.words, "A1", "add", coder)
    charting.decide(session, survey, item.words, "P2", "reject", coder)
    answer(client, check, "We count every", verdict="corrected", instead="Colleagues count them.")

    derive(session, survey)

    tags = select(Tag).join(Passage, Passage.key == Tag.passage_key)
    corrected = f"{item.response}/corrected-{item.start}"
    found = {one.theme: one for one in session.scalars(tags.where(Passage.response == corrected))}
    assert found["A1"].verdict == ""
    assert found["A1"].reason == "carried by the words that these take the place of"
    assert "P2" not in found


def test_words_may_be_corrected_and_unnamed_at_once(
    session: Session, survey: Survey, client: CheckingClient, check: MemberCheck
) -> None:
    words = "Calls to the front door are counted."
    answer(client, check, "We count every", verdict="corrected", instead=words, unnamed="yes")

    found = gathering.gather(session, survey).material

    theirs = next(one for one in found.responses if one.text == words)
    assert theirs.use_level == "unnamed"
    assert [one.kind for one in found.held] == [CORRECTED]


def test_a_correction_says_on_the_finding_why_the_words_before_do_not_count(
    session: Session, survey: Survey, client: CheckingClient, check: MemberCheck
) -> None:
    item = next(one for one in check.items if one.words.startswith("We count every"))
    cited = WrittenFinding(
        "f", "S01", "calls are counted", (Cited(item.response, item.start, item.end, item.words),)
    )
    answer(client, check, "We count every", verdict="corrected", instead="Most are counted.")

    ground = concluded.ground(session, survey, [cited])

    [(_, why)] = concluded.weigh(cited, ground, looked=True).left_out
    assert why.startswith("the authority has put other words in their place")


def test_a_note_that_the_authority_stands_by_is_printed_as_that() -> None:
    note = Response(
        "n", "They wait. Nobody counts.", "X06000001", "interview", confirmed=False, verbatim=False
    )
    said = CheckItem(response="n", start=0, end=10, words="They wait.")
    said.verdict, said.instead = "confirmed", ""

    [checked_note] = checked.obey([note], [said]).responses

    assert checked_note.stood_by(0, 10) == "authority"
    assert checked_note.stood_by(11, 25) is False
    assert spoken(verbatim=False, confirmed="authority").endswith("confirmed by the authority")


def test_a_correction_without_a_name_still_needs_words(
    session: Session, client: CheckingClient, check: MemberCheck
) -> None:
    answer(client, check, "We count every", verdict="corrected", instead="", unnamed="yes")

    session.expire_all()
    assert check.returned_at is None
    item = next(one for one in check.items if one.words.startswith("We count every"))
    assert (item.verdict, item.instead) == ("unnamed", item.words)


def test_the_page_says_what_was_asked_and_where_words_are_printed(
    client: CheckingClient, check: MemberCheck
) -> None:
    client.sign_in(check.person)

    page = client.get(f"/checks/{check.id}/").text

    assert "You were asked (S01.2): " in page
    assert "Quoted under" in page
    assert "In the list of evidence at the end." in page
    assert "must not be printed at all, write to" in page


@pytest.mark.parametrize("confirmed", [None, False, True])
def test_what_an_interviewer_noted_is_not_called_their_words(
    client: CheckingClient,
    session: Session,
    survey: Survey,
    check: MemberCheck,
    *,
    confirmed: bool | None,
) -> None:
    noted = session.get_one(models.Response, (survey.id, check.items[0].response))
    noted.source, noted.verbatim, noted.confirmed = "interview", False, confirmed
    session.commit()
    client.sign_in(check.person)

    page = client.get(f"/checks/{check.id}/").text

    own, _, notes = page.partition("What our interviewer noted. Is it right?")
    assert check.items[0].words in html.unescape(notes)
    assert check.items[0].words not in html.unescape(own)
    stands_by_it = "The person interviewed has confirmed this note."
    assert (stands_by_it in notes, stands_by_it in own) == (confirmed is True, False)
    client.sign_in(somebody(session, "Kay Runs"))
    row = f'{check.items[0].words}<span class="checking-noted">Noted by the interviewer'
    assert row in html.unescape(client.get(f"{HOME}/{check.id}/").text)


def test_the_message_calls_nothing_their_words_that_an_interviewer_may_have_noted(
    session: Session, check: MemberCheck
) -> None:
    letter = session.scalars(select(models.Mail).where(models.Mail.kind == "check_sent")).one()

    assert f"{len(check.items)} passages of what you told us" in letter.text
    assert "your words" not in letter.text


def test_whoever_is_late_is_told_that_they_can_still_answer(
    session: Session, client: CheckingClient, check: MemberCheck
) -> None:
    client.sign_in(check.person)
    late = "An answer was due by 20 August 2015. You can still send one, until"
    assert late in " ".join(client.get(f"/checks/{check.id}/").text.split())

    check.due_on = check.due_on.replace(year=2999)
    session.commit()

    page = client.get(f"/checks/{check.id}/").text
    assert "Answer by 20 August 2999" in page
    assert "was due" not in page
