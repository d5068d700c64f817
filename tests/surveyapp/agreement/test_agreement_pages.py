"""The pages of agreement: for the consultant, and for the blind coder alone."""

import re
import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.agreement import comparing, drawing
from surveyapp.models import (
    AuditEvent,
    Decision,
    Interview,
    Passage,
    Person,
    Sample,
    Survey,
)
from tests.surveyapp.agreement.two_coders import (
    AN_HOUR,
    code_blind,
    consultant,
    draw,
    elms,
    give,
    iris,
    speak,
)
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, queries

ROOM = "/agreement/tiny-survey-2015"


@pytest.fixture
def me(session: Session, survey: Survey, client: CheckingClient) -> Person:
    person = consultant(session)
    session.commit()
    client.sign_in(person)
    return person


def ready(session: Session, survey: Survey, count: int) -> Sample:
    """Return a sample that both have coded: they agree on audits, and on nothing else."""
    speak(session, survey, count)
    sample = draw(session, survey)
    for passage in elms(session):
        themes = "E2" if "Audit" in passage.words else "E1"
        give(session, survey, passage, themes, consultant(session), NOON)
    code_blind(session, sample, {"Audit": "E2", "figures": "A1"}, NOON + AN_HOUR)
    session.commit()
    return sample


def compared(session: Session, survey: Survey, count: int) -> Sample:
    sample = ready(session, survey, count)
    comparing.compare(session, sample, consultant(session), NOON + AN_HOUR)
    session.commit()
    return sample


def at(sample: Sample) -> str:
    return f"{ROOM}/samples/{sample.id}"


def test_a_sample_is_shown_before_it_is_drawn(
    session: Session, survey: Survey, client: CheckingClient, me: Person
) -> None:
    speak(session, survey, 4)
    coder = iris(session).id.hex

    page = client.get(f"{ROOM}/draw?coder={coder}&amount=60%25&seed=3").text

    assert "3 authorities with " in page
    assert "The seed is 3" in page
    assert session.scalars(select(Sample)).all() == []
    drawn = client.post(f"{ROOM}/draw", data={"coder": coder, "amount": "60%", "seed": "3"})
    sample = session.scalars(select(Sample)).one()
    assert drawn.headers["Location"] == f"{at(sample)}/"
    names = re.findall(r'rowheader">(.*?)</th>', page)
    assert len(names) == len(sample.authorities) == 3
    told = client.get(f"{at(sample)}/").text
    assert all(name in told for name in names)
    assert f"/blind/{sample.id}/" in told
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "sample.drawn")).one()
    assert event.detail["authorities"] == 3


@pytest.mark.parametrize(("more", "amount"), [(1, "2"), (9, "5"), (29, "20%")])
def test_as_many_are_proposed_as_are_needed_to_tell(
    more: int, amount: str, session: Session, survey: Survey, client: CheckingClient, me: Person
) -> None:
    speak(session, survey, more)
    session.commit()

    page = client.get(f"{ROOM}/draw").text

    assert re.search(r'name="amount"[^>]* value="([^"]*)"', page)[1] == amount
    assert "Fewer than 5 authorities are too few" in page
    coder = iris(session).id.hex
    drawn = client.get(f"{ROOM}/draw", query_string={"coder": coder, "amount": amount, "seed": "1"})
    assert "at 30 seconds a passage" in drawn.text


def test_it_warns_of_authorities_that_the_coder_has_interviewed(
    session: Session, survey: Survey, client: CheckingClient, me: Person
) -> None:
    speak(session, survey, 1)
    session.commit()
    call = session.scalars(
        select(Interview).where(Interview.held_on.is_not(None), Interview.cancelled_at.is_(None))
    ).first()
    assert call is not None
    call.interviewer_id = iris(session).id
    session.commit()
    name = call.submission.authority.name
    typed = {"coder": iris(session).id.hex, "amount": "100%", "seed": "1"}
    warned = f"Iris Notes took part in an interview of {name}, and heard more"

    assert warned in client.get(f"{ROOM}/draw", query_string=typed).text
    drawn = client.post(f"{ROOM}/draw", data=typed)

    assert warned in client.get(drawn.headers["Location"]).text


@pytest.mark.parametrize("amount", ["", "0", "99", "101%", "some", "-1", "2.5"])
def test_an_amount_that_cannot_be_drawn_is_refused(
    amount: str, session: Session, survey: Survey, client: CheckingClient, me: Person
) -> None:
    speak(session, survey, 1)
    typed = {"coder": iris(session).id.hex, "amount": amount, "seed": "1"}

    answers = (
        client.post(f"{ROOM}/draw", data=typed),
        client.get(f"{ROOM}/draw", query_string=typed),
    )
    for answer in answers:
        assert answer.status_code == 422
        assert 'href="#amount"' in answer.text
    assert session.scalars(select(Sample)).all() == []


@pytest.mark.parametrize("coder", ["", "x", "me"])
def test_a_coder_is_chosen_who_is_somebody_else(
    coder: str, session: Session, survey: Survey, client: CheckingClient, me: Person
) -> None:
    speak(session, survey, 1)
    typed = {"coder": me.id.hex if coder == "me" else coder, "amount": "1", "seed": "1"}

    answer = client.post(f"{ROOM}/draw", data=typed)

    assert answer.status_code == 422
    assert 'href="#coder"' in answer.text


def test_who_has_coded_everything_is_told_why_they_cannot_be_chosen(
    session: Session, survey: Survey, client: CheckingClient, me: Person
) -> None:
    speak(session, survey, 1)
    draw(session, survey)
    session.commit()

    page = client.get(f"{ROOM}/draw").text

    assert "Not offered: Iris Notes." in page
    assert "so there is none left to code blind" in page
    assert iris(session).id.hex not in page


def test_a_sample_is_drawn_again_and_set_aside(
    session: Session, survey: Survey, client: CheckingClient, me: Person
) -> None:
    speak(session, survey, 3)
    sample = draw(session, survey, 2)
    session.commit()

    client.post(f"{at(sample)}/draw-again")

    other = session.scalars(select(Sample).where(Sample.dropped_at.is_(None))).one()
    assert other.id != sample.id
    client.post(f"{at(other)}/set-aside")
    assert "Set aside" in client.get(f"{ROOM}/").text
    refused = client.post(f"{at(other)}/draw-again")
    assert refused.status_code == 422
    assert "cannot be drawn again" in refused.text


def test_nothing_of_the_second_coder_is_shown_before_the_comparison(
    session: Session, survey: Survey, client: CheckingClient, me: Person
) -> None:
    sample = ready(session, survey, 2)
    key = elms(session)[1].key

    for rest in ("agreement", "differences/", f"differences/{key}"):
        answer = client.get(f"{at(sample)}/{rest}")
        assert answer.headers["Location"] == f"{at(sample)}/"
    page = client.get(f"{at(sample)}/").text

    assert "Compare the codings" in page
    assert "Child abuse" not in page


def test_comparing_shows_how_far_coders_agree(
    session: Session, survey: Survey, client: CheckingClient, me: Person
) -> None:
    sample = ready(session, survey, 15)

    answer = client.post(f"{at(sample)}/compare")

    assert answer.headers["Location"] == f"{at(sample)}/agreement"
    page = client.get(f"{at(sample)}/agreement").text
    assert "Some Consultant and Iris Notes have both coded 45 passages of 15 authorities" in page
    assert "1.00 (1.00 to 1.00)" in page
    assert "Almost perfect" in page
    assert "Nobody gave: " in page
    assert "alpha of the two coders is" in client.get(f"{ROOM}/").text


def test_where_there_is_too_little_no_figure_is_shown(
    session: Session, survey: Survey, client: CheckingClient, me: Person
) -> None:
    sample = compared(session, survey, 2)

    page = client.get(f"{at(sample)}/agreement").text

    assert "too few to tell" in page.lower()
    assert not re.search(r"\d\.\d\d \(", page)
    assert "too small to tell" in client.get(f"{ROOM}/").text


def test_a_sample_is_not_compared_twice(
    session: Session, survey: Survey, client: CheckingClient, me: Person
) -> None:
    sample = compared(session, survey, 1)

    answer = client.post(f"{at(sample)}/compare")

    assert answer.status_code == 422
    assert "no more passage" in answer.text


def test_a_difference_is_settled_and_the_next_is_shown(
    session: Session, survey: Survey, client: CheckingClient, me: Person
) -> None:
    sample = compared(session, survey, 2)
    first = re.search(r"differences/(\w{16})", client.get(f"{at(sample)}/differences/").text)
    assert first is not None
    where = f"{at(sample)}/differences/{first.group(1)}"
    assert "Only Iris Notes gave it." in client.get(where).text

    answer = client.post(
        where, data={"theme-A1": "keep", "theme-E1": "leave out", "reason": "It is harm."}
    )

    assert answer.status_code == 302
    assert answer.headers["Location"] != where
    kept = session.get_one(Passage, first.group(1))
    made = session.scalars(select(Decision).where(Decision.coder_id == me.id)).all()
    here = {one.theme: one.verdict for one in made if one.response == kept.response}
    assert here["E1"] == "reject"
    page = client.get(f"{at(sample)}/differences/?show=settled").text
    assert "A1: kept; E1: left out" in " ".join(page.split())
    assert "Change" in page


def test_what_was_typed_stays_where_a_choice_is_missing(
    session: Session, survey: Survey, client: CheckingClient, me: Person
) -> None:
    sample = compared(session, survey, 1)
    key = elms(session)[1].key

    answer = client.post(
        f"{at(sample)}/differences/{key}", data={"theme-A1": "keep", "reason": "It is harm."}
    )

    assert answer.status_code == 422
    assert "It is harm." in answer.text
    assert 'href="#theme-E1"' in answer.text
    assert re.search(r'name="theme-A1"[^>]* value="keep" checked', answer.text)


def test_a_passage_on_which_they_agree_is_not_settled(
    session: Session, survey: Survey, client: CheckingClient, me: Person
) -> None:
    sample = compared(session, survey, 1)

    assert client.get(f"{at(sample)}/differences/{elms(session)[0].key}").status_code == 404


def test_only_its_coder_sees_a_sample(
    session: Session, survey: Survey, client: CheckingClient, me: Person
) -> None:
    speak(session, survey, 1)
    sample = draw(session, survey)
    session.commit()
    where = f"/blind/{sample.id}"
    key = elms(session)[0].key

    for rest in ("/", "/next", f"/passages/{key}"):
        assert client.get(where + rest).status_code == 403
    assert client.post(f"{where}/passages/{key}", data={"command": "+E2"}).status_code == 403
    client.sign_in(iris(session))
    assert client.get(f"{where}/").status_code == 200
    assert client.get(f"/blind/{uuid.uuid4()}/").status_code == 404
    assert client.get(f"{where}/passages/guessed").status_code == 404


def test_a_sample_set_aside_is_gone_for_its_coder(
    session: Session, survey: Survey, client: CheckingClient
) -> None:
    speak(session, survey, 1)
    sample = draw(session, survey)
    sample.dropped_at = NOON
    session.commit()
    client.sign_in(iris(session))

    assert client.get(f"/blind/{sample.id}/").status_code == 404


@pytest.mark.queries
def test_pages_cost_as_many_queries_for_a_large_sample_as_for_a_small_one(
    session: Session, survey: Survey, client: CheckingClient, me: Person
) -> None:
    speak(session, survey, 12)
    for passage in elms(session):
        give(session, survey, passage, "E2", me, NOON)
    small = _coded(session, survey, me, iris(session), 2)
    before = _costs(session, client, small, me)

    large = _coded(session, survey, me, consultant(session, "Third Coder"), 12)

    assert _costs(session, client, large, me) == before


def _coded(session: Session, survey: Survey, me: Person, coder: Person, count: int) -> Sample:
    """Return a sample that is compared, and another of the same size that is still coded."""
    wish = drawing.Wish(coder.id, count, 1)
    sample = drawing.draw(session, survey, wish, me, NOON)
    code_blind(session, sample, {"figures": "A1"}, NOON + AN_HOUR)
    comparing.compare(session, sample, me, NOON + AN_HOUR)
    session.commit()
    return sample


def _costs(session: Session, client: CheckingClient, sample: Sample, me: Person) -> dict[str, int]:
    """Return how many queries each page takes; the first time it may fill what is kept."""
    differing = [one for one in elms(session) if one.authority_code in sample.authorities]
    rest = ("", "agreement", "differences/", f"differences/{differing[0].key}")
    pages = (f"{ROOM}/", f"{ROOM}/draw", *(f"{at(sample)}/{one}" for one in rest))
    return {
        str(place): _cost(session, client, person, page)
        for place, (person, page) in enumerate(
            [(me, page) for page in pages] + [(sample.coder, f"/blind/{sample.id}/")]
        )
    }


def _cost(session: Session, client: CheckingClient, person: Person, page: str) -> int:
    client.sign_in(person)
    client.get(page)
    with queries(session) as sent:
        assert client.get(page).status_code == 200
    return len(sent)
