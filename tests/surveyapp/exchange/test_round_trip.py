"""What goes out comes back as it was: nothing is new, and everybody's coding stays theirs."""

import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import leftovers, people
from surveyapp.coding.codebook import planning
from surveyapp.config import Settings
from surveyapp.derived import acts
from surveyapp.derived.acts import Change, Hand, On, Place
from surveyapp.exchange import coding, taking_in
from surveyapp.exchange.bringing import Workshop
from surveyapp.extensions import db
from surveyapp.material import codebooks, decided
from surveyapp.models import (
    AuditEvent,
    Cell,
    CodedPassage,
    CodingAct,
    Decision,
    Memo,
    Passage,
    Person,
    Response,
    Sample,
    Survey,
    Tag,
)
from synthesis import exchange
from synthesis.exchange.project import Project, Selection, User
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON
from tests.surveyapp.coding import keeping_codebook
from tests.surveyapp.coding.keeping_codebook import CALLS, DOORS, FRONT_DOOR, LATER
from tests.surveyapp.deriving import derive, derive_afresh
from tests.surveyapp.exchange.bringing_in import confirm, send, work
from tests.surveyapp.exchange.coded import HOME

pytestmark = pytest.mark.exchange
CODING = (Decision, CodedPassage, CodingAct, Sample, Memo, Passage, Tag, Cell)


@pytest.fixture
def workshop(settings: Settings) -> Workshop:
    return Workshop(db.sessionmaker, settings.instance / leftovers.BROUGHT)


@pytest.fixture
def coded(session: Session, survey: Survey, client: CheckingClient) -> Survey:
    """Decisions of three people, one of them blind; some on themes that are others since."""
    people.know(session, "ina@trees.example", "Ina Codes", "consultant")
    dom = people.know(session, "dom@trees.example", "Dom Blind", "consultant")
    kay = keeping_codebook.kay(session)
    client.sign_in(kay)
    keeping_codebook.add(session, survey, CALLS, DOORS)
    derive(session, survey)
    place = Place(*_place(keeping_codebook.passage(session)))
    hand = Hand(kay, NOON)
    verdicts = {On(place, "S02"): "accept", On(place, "E1"): "add", On(place, "E2"): "reject"}
    acts.perform(session, survey, hand, "finish", Change(verdicts, {place: {"S02": 0.9}}))
    keeping_codebook.decide(session, survey, "A1", "add", coder="Ina Codes")
    keeping_codebook.decide(session, survey, "S03", "add", coder="Ina Codes")
    blind = Hand(dom, NOON, _sample(session, survey, dom).id)
    acts.perform(session, survey, blind, "blind", Change({On(place, "A1"): "add"}, {place: {}}))
    session.add(Memo(survey=survey, about="theme", subject="A1", text="Wide.", author=dom, at=NOON))
    session.commit()
    _change_codebook(session, survey)
    derive_afresh(session, survey)
    session.commit()
    return survey


def _sample(session: Session, survey: Survey, coder: Person) -> Sample:
    drawn = {"drawn_by": coder, "drawn_at": NOON, "seed": 1, "authorities": ["X06000001"]}
    sample = Sample(survey=survey, coder=coder, **drawn)
    session.add(sample)
    session.flush()
    return sample


def _change_codebook(session: Session, survey: Survey) -> None:
    """Let S02 be S01, and S03 mean something else: somebody is to look again."""
    book, front = codebooks.current(survey), keeping_codebook.theme(survey, "S01")
    merge = planning.to_merge(book, ["S02"], front, changes_meaning=True)
    keeping_codebook.make(session, survey, merge, LATER)
    wider = planning.to_reword(replace(DOORS, definition="Any way in."), changes_meaning=True)
    keeping_codebook.make(session, survey, wider, LATER + dt.timedelta(minutes=1))


def _place(passage: Passage) -> tuple[str, int, int]:
    return passage.response, passage.start, passage.end


def everything(session: Session) -> Mapping[str, list[tuple[object, ...]]]:
    """Return every row of the coding."""
    session.expire_all()
    return {
        one.__tablename__: sorted(
            (tuple(row) for row in session.execute(select(one.__table__))), key=repr
        )
        for one in CODING
    }


def flags(session: Session, survey: Survey) -> int:
    return decided.look_again(session, survey).total


def exported(session: Session, survey: Survey) -> Project:
    return coding.project(session, survey)


def code(project: Project, theme: str) -> UUID:
    """Return the id of a theme as a code."""
    return next(one.guid for one in project.each_code() if one.name.startswith(f"{theme} "))


def recoded(
    project: Project, whose: str, theme: str = "", *, by: User | None = None, was: str = ""
) -> bytes:
    """Return a file in which what somebody coded has another code, or is somebody else's."""
    theirs = user(project, whose)

    def change(one: Selection) -> Selection:
        if one.user != theirs.guid or (was and one.code != code(project, was)):
            return one
        to = code(project, theme) if theme else one.code
        return replace(one, code=to, user=(by or theirs).guid)

    users = dict.fromkeys((*project.users, by or theirs))
    sources = [
        replace(one, selections=tuple(map(change, one.selections))) for one in project.sources
    ]
    return exchange.write_project(replace(project, users=tuple(users), sources=tuple(sources)))


def looked_through(
    client: CheckingClient, workshop: Workshop, survey: Survey, content: bytes
) -> str:
    """Send a file, have it looked through, and return its page."""
    page = send(client, content)
    work(workshop, survey, page)
    return page


def user(project: Project, name: str) -> User:
    return next(one for one in project.users if one.name == name)


def test_an_unchanged_file_brings_nothing_and_changes_nothing(
    session: Session, coded: Survey, client: CheckingClient, workshop: Workshop
) -> None:
    project = exported(session, coded)
    assert [one.name for one in project.users] == [
        "Dom Blind",
        "Dom Blind (blind)",
        "Ina Codes",
        "Kay Runs",
        "tagger",
    ]
    before, to_look_at = everything(session), flags(session, coded)
    assert to_look_at == 2

    page = looked_through(client, workshop, coded, exchange.write_project(project))

    shown = client.get(page).text
    assert "0 codings are new" in shown
    assert "4 are decided here already, and stay as they are" in shown
    assert "1 was coded blind, and stays out" in shown
    assert "0 have no place here" in shown
    assert "There is nothing to take in." in shown
    assert "Nothing new" in client.get(f"{HOME}/").text
    client.post(page)
    work(workshop, coded, page)
    assert everything(session) == before
    assert flags(session, coded) == to_look_at


def test_one_changed_coding_is_one_new_one_of_its_coder(
    session: Session, coded: Survey, client: CheckingClient, workshop: Workshop
) -> None:
    sent = recoded(exported(session, coded), "Ina Codes", "E2", was="S03")
    before = {row.id for row in session.scalars(select(Decision))}

    page = looked_through(client, workshop, coded, sent)

    shown = client.get(page).text
    assert "1 coding is new" in shown
    assert "Ina Codes: 1 coding" in shown
    confirm(client, page)
    work(workshop, coded, page)
    session.expire_all()
    new = [one for one in session.scalars(select(Decision)) if one.id not in before]
    assert [(one.theme, one.coder.name, one.response) for one in new] == [
        ("E2", "Ina Codes", FRONT_DOOR)
    ]
    # Nobody looked again at what the file no longer has.
    assert flags(session, coded) == 2


@pytest.mark.parametrize("name", ["dom blind (Blind)", "Dom Blind", "Somebody (blind)"])
def test_a_blind_coding_is_never_anybodys_decision(
    session: Session, coded: Survey, client: CheckingClient, workshop: Workshop, name: str
) -> None:
    project = exported(session, coded)
    # Another program keeps no more than the name, or takes both for one person.
    sent = recoded(project, "Dom Blind (blind)", by=User(uuid4(), name))

    shown = client.get(looked_through(client, workshop, coded, sent)).text

    assert "0 codings are new" in shown
    assert "1 was coded blind, and stays out" in shown


def test_strangers_are_ticked_one_by_one(
    session: Session, coded: Survey, client: CheckingClient, workshop: Workshop
) -> None:
    rae, sam = User(uuid4(), "Rae Reader"), User(uuid4(), "Sam Sees")
    sent = recoded(exported(session, coded), "Ina Codes", "P1", by=rae, was="A1")
    sent = recoded(exchange.read_project(sent, "x"), "Ina Codes", "P2", by=sam, was="S03")
    page = looked_through(client, workshop, coded, sent)
    shown = client.get(page).text
    assert shown.count("Nobody here has this name. They become your decisions.") == 2
    assert "checked" not in shown

    refused = client.post(page)
    assert refused.status_code == 422
    assert "Select whose codings you want to take in" in refused.text
    confirm(client, page, 1)
    work(workshop, coded, page)

    taken = select(Decision.theme, Person.name).join(Decision.coder)
    rows = session.execute(taken.where(Decision.theme.in_(("P1", "P2")))).all()
    assert [tuple(row) for row in rows] == [("P2", "Kay Runs")]


@pytest.fixture
def taken(session: Session, coded: Survey, client: CheckingClient, workshop: Workshop) -> str:
    """The page of a file whose coding was taken in: a stranger's P2, Kay's decision now."""
    rae = User(uuid4(), "Rae Reader")
    sent = recoded(exported(session, coded), "Ina Codes", "P2", by=rae)
    page = looked_through(client, workshop, coded, sent)
    confirm(client, page)
    work(workshop, coded, page)
    session.expire_all()
    return page


def test_what_was_taken_in_is_undone_at_once(
    session: Session, coded: Survey, client: CheckingClient, workshop: Workshop, taken: str
) -> None:
    assert session.scalars(select(Tag).where(Tag.theme == "P2", Tag.verdict == "add")).all()
    assert "Undo what was taken in" in client.get(taken).text

    client.post(f"{taken}/undo")
    assert "are being taken back" in client.get(taken).text
    work(workshop, coded, taken)

    assert not session.scalars(select(Decision).where(Decision.theme == "P2")).all()
    assert not session.scalars(select(Tag).where(Tag.theme == "P2", Tag.verdict == "add")).all()
    # A second press does nothing, and neither does one on an older page.
    client.post(f"{taken}/undo")
    client.post(taken)
    assert "Decisions taken back: 1." in client.get(taken).text
    assert "Taken back" in client.get(f"{HOME}/").text
    noted = session.scalars(select(AuditEvent.action).where(AuditEvent.action.like("coding.%")))
    assert sorted(noted) == ["coding.taken_back", "coding.taken_in"]


@pytest.mark.usefixtures("taken")
def test_undo_while_coding_leaves_it_alone(session: Session, coded: Survey) -> None:
    kay = session.scalars(select(Person).where(Person.name == "Kay Runs")).one()

    last = acts.last(session, coded, kay.id)

    assert last is not None
    assert last.kind == "finish"


def test_all_is_as_it_was_after_an_undo(
    session: Session, coded: Survey, client: CheckingClient, workshop: Workshop
) -> None:
    before = everything(session)
    sent = recoded(exported(session, coded), "Ina Codes", "P2")
    page = looked_through(client, workshop, coded, sent)
    for path in (page, f"{page}/undo"):
        client.post(path, data={"coder": "0"})
        work(workshop, coded, page)

    after = everything(session)
    assert {one for one in after if after[one] != before[one]} == {"coding_act"}


def test_what_was_decided_again_since_stays(
    session: Session, coded: Survey, client: CheckingClient, workshop: Workshop, taken: str
) -> None:
    one = session.scalars(select(Decision).where(Decision.theme == "P2")).one()
    hand = Hand(one.coder, one.made_at + dt.timedelta(minutes=1))
    on = On(Place(one.response, one.start, one.end), "P2")
    acts.perform(session, coded, hand, "decide", Change({on: "reject"}))
    session.commit()

    client.post(f"{taken}/undo")
    work(workshop, coded, taken)

    shown = client.get(taken).text
    assert "Decisions taken back: 0. Decided again since, and left: 1." in shown


def test_two_people_of_one_name_are_told_apart(
    session: Session, coded: Survey, client: CheckingClient, workshop: Workshop
) -> None:
    session.add(Person(email="other@trees.example", name="Kay Runs", staff_role="consultant"))
    session.commit()
    project = exported(session, coded)
    assert "Kay Runs (kay@trees.example)" in {one.name for one in project.users}
    sent = recoded(project, "Kay Runs (kay@trees.example)", by=User(uuid4(), "P"))
    sent = recoded(
        exchange.read_project(sent, "x"), "P", by=User(uuid4(), "kay runs (kay@trees.example)")
    )

    assert "0 codings are new" in client.get(looked_through(client, workshop, coded, sent)).text


def test_the_file_holds_no_address(session: Session, coded: Survey) -> None:
    content = exchange.write_project(exported(session, coded))

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"@" not in archive.read("project.qde")


def test_an_undo_that_fails_goes_on_where_it_failed(
    client: CheckingClient,
    coded: Survey,
    workshop: Workshop,
    taken: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client.post(f"{taken}/undo")
    with monkeypatch.context() as broken:
        broken.setattr(taking_in, "take_back", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            work(workshop, coded, taken)
    assert "the rest can still be taken back" in client.get(taken).text
    assert "Not taken back" in client.get(f"{HOME}/").text

    client.post(taken)
    work(workshop, coded, taken)

    assert "Decisions taken back: 1." in client.get(taken).text


def test_where_a_file_names_no_coder_it_says_so(
    session: Session, coded: Survey, client: CheckingClient, workshop: Workshop
) -> None:
    sent = recoded(exported(session, coded), "Ina Codes", "P1", by=User(uuid4(), ""))

    shown = client.get(looked_through(client, workshop, coded, sent)).text

    assert "Somebody unnamed: 1 coding" in shown
    assert "suggestions may be among them" in shown


def test_words_that_changed_meanwhile_are_left_out(
    session: Session, coded: Survey, client: CheckingClient, workshop: Workshop
) -> None:
    sent = recoded(exported(session, coded), "Ina Codes", "P1")
    page = looked_through(client, workshop, coded, sent)
    confirm(client, page)
    session.expire_all()
    response = session.get_one(Response, (coded.id, FRONT_DOOR))
    response.text = response.text.upper()
    session.commit()

    work(workshop, coded, page)

    shown = client.get(page).text
    assert "Decisions taken in: 0." in shown
    assert "Undo" not in shown
