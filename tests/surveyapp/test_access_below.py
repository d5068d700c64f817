"""No address gives what belongs to another return, survey or person, under an address of one's own.

Every address with an id besides the return's is listed from the URL map, and asked for something
that is somebody else's. A new kind of id fails here until it is said what another one's would be.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from surveyapp import files
from surveyapp.extensions import limiter
from surveyapp.models import (
    Base,
    Comment,
    Contributor,
    Correction,
    Export,
    FollowUp,
    Interview,
    InterviewSlot,
    KeyContact,
    Mail,
    Note,
    Passkey,
    Person,
    SharedDocument,
    Submission,
    Survey,
    Upload,
)
from tests.surveyapp import workbench_of_others
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, somebody, submission_of
from tests.surveyapp.test_access import PARTS

pytestmark = pytest.mark.access
# Parts of addresses that name no row of anybody's: codes of the questionnaire and of a survey.
CODES = {
    *("code", "entry_id", "filename", "kind", "name", "path"),
    *("question_code", "section_code", "survey_code"),
    *("authority_code", "emerging_key", "theme"),
}
# A token is the key to a person's own link; whoever holds it is its owner.
KEYS = {"token"}
# There only in the demo, for whoever runs it.
DEMO = {"outbox"}
FROM_A_FILE = {
    "respond.attachment",
    "coordinate.export_file",
    "wordform.compare",
    "interview.compare_form",
    "interview.passages",
}
# What is below an interview, and not below a return or a survey.
OF_CALLS = ("/interviews/", "/calls/")


@dataclass(frozen=True)
class Owner:
    """Whose things are: a return, the survey it is for, and a person with a part in it."""

    session: Session
    app: Flask
    submission: Submission
    person: Person

    def keep(self, row: Base) -> uuid.UUID:
        self.session.add(row)
        self.session.commit()
        return row.id


def _comment(owner: Owner) -> uuid.UUID:
    return owner.keep(
        Comment(
            submission=owner.submission,
            question_code=str(PARTS["question_code"]),
            author=owner.person,
            text="Is that still so?",
            created_at=NOON,
        )
    )


def _contributor(owner: Owner) -> uuid.UUID:
    person = Person(email=f"{uuid.uuid4()}@tarn.example", name="Some Colleague")
    return owner.keep(Contributor(submission=owner.submission, person=person))


def _upload(owner: Owner) -> uuid.UUID:
    return owner.keep(
        Upload(
            submission=owner.submission,
            question_code="S01.5",
            file_key="k",
            file_name="plan.pdf",
            media_type="application/pdf",
            size=1,
            sha256="a" * 64,
            uploaded_by=owner.person,
            at=NOON,
        )
    )


def _mail(owner: Owner) -> uuid.UUID:
    return owner.keep(
        Mail(
            key=str(uuid.uuid4()),
            kind="reminder",
            to_address=owner.person.email,
            person=owner.person,
            submission=owner.submission,
            subject="S",
            text="T",
            html="H",
            created_at=NOON,
            due_at=NOON,
            sent_at=NOON,
            attempts=1,
        )
    )


def _export(owner: Owner) -> uuid.UUID:
    survey = owner.submission.survey
    # One that failed: of those under way there is one of each kind.
    failed = {"asked_at": NOON, "started_at": NOON, "failed_at": NOON}
    return owner.keep(Export(survey=survey, kind="csv", asked_by=owner.person, **failed))


def _passkey(owner: Owner) -> uuid.UUID:
    return owner.keep(
        Passkey(
            person=owner.person,
            credential_id=str(uuid.uuid4()),
            public_key=b"x",
            sign_count=0,
            name="Laptop",
            created_at=NOON,
        )
    )


def _person(owner: Owner) -> uuid.UUID:
    """Somebody who is not staff, and so is not among the staff accounts."""
    return owner.person.id


def _submission(owner: Owner) -> uuid.UUID:
    return owner.submission.id


def _interview(owner: Owner) -> Interview:
    """Return the call with somebody of the authority, which is there for every test."""
    held = select(Interview).where(Interview.submission_id == owner.submission.id)
    return owner.session.scalars(held.order_by(Interview.id)).first() or _ring(owner)


def _ring(owner: Owner) -> Interview:
    call = Interview(
        submission=owner.submission,
        guide=owner.submission.survey.guide,
        interviewer=somebody(owner.session, "Iris Notes"),
        interviewee="Ann",
        interviewee_role="Lead",
        held_on=NOON.date(),
        consent_notes=True,
    )
    owner.keep(call)
    return call


def _note(owner: Owner) -> uuid.UUID:
    call = _interview(owner)
    words = {"text": "Late.", "original_text": "Late."}
    note = Note(interview=call, author=call.interviewer, **words)
    note.created_at = note.updated_at = NOON
    return owner.keep(note)


def _task(owner: Owner) -> uuid.UUID:
    call = _interview(owner)
    task = FollowUp(interview=call, text="Ring.", made_by=call.interviewer, created_at=NOON)
    return owner.keep(task)


def _correction(owner: Owner) -> uuid.UUID:
    made_by = _interview(owner).interviewer
    correction = Correction(note_id=_note(owner), made_by=made_by, at=NOON)
    correction.question_code = str(PARTS["question_code"])
    correction.kind, correction.prevails = "corrects", "note"
    return owner.keep(correction)


def _document(owner: Owner) -> uuid.UUID:
    note_id = _note(owner)
    document = SharedDocument(interview=_interview(owner), note_id=note_id, theme="s01")
    document.title = "Plan"
    return owner.keep(document)


def _contact(owner: Owner) -> uuid.UUID:
    note_id = _note(owner)
    return owner.keep(
        KeyContact(interview=_interview(owner), note_id=note_id, theme="s01", name="Bea")
    )


def _slot(owner: Owner) -> uuid.UUID:
    """Return a time of an interviewer's, on a day of its own."""
    day = NOON + dt.timedelta(days=uuid.uuid4().int % 100_000)
    iris = somebody(owner.session, "Iris Notes")
    slot = InterviewSlot(survey=owner.submission.survey, interviewer=iris, starts_at=day)
    return owner.keep(slot)


def _word_form(owner: Owner) -> str:
    folder = owner.app.config["SETTINGS"].instance / "forms" / owner.submission.id.hex
    return files.put(folder, b"a form of somebody")


# What stands for another one's thing in an address: a new part of an address belongs here.
ANOTHERS: Mapping[str, Callable[[Owner], object]] = {
    **workbench_of_others.ANOTHERS,
    "comment_id": _comment,
    "contact_id": _contact,
    "contributor_id": _contributor,
    "correction_id": _correction,
    "document_id": _document,
    "export_id": _export,
    "key": _word_form,
    "mail_id": _mail,
    "note_id": _note,
    "other_id": _note,
    "passkey_id": _passkey,
    "person_id": _person,
    "slot_id": _slot,
    "submission_id": _submission,
    "task_id": _task,
    "upload_id": _upload,
}


def below(app: Flask) -> Iterator[tuple[Rule, str]]:
    """List the addresses with an id of a thing below what they are about."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.rpartition(".")[0] in {"", *DEMO} or not _second(rule):
            continue
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method


def _second(rule: Rule) -> set[str]:
    """Return the parts of an address that name a thing below what the address is about."""
    about = {"submission_id"} if rule.rule.startswith(("/r/", "/account/returns/")) else set()
    calls = {"interview_id"} if rule.rule.startswith(OF_CALLS) else set()
    return rule.arguments - about - calls - CODES - KEYS


@dataclass(frozen=True)
class Scene:
    """Birch's return, Alder's, a return to another survey, and people with parts in them."""

    own: Owner
    same_survey: Owner
    other_survey: Owner
    both: Person
    administrator: Person
    interviewer: Person

    def actors(self, rule: Rule) -> tuple[Person, ...]:
        """Return those who may go as far as the return or the survey, and no further."""
        if rule.rule.startswith("/r/"):
            return self.own.person, self.both
        if "slot_id" in rule.arguments:
            return (self.interviewer,)
        return (self.administrator,)

    def other(self, rule: Rule) -> Owner:
        return self.other_survey if "code" in rule.arguments else self.same_survey


@pytest.fixture
def scene(session: Session, survey: Survey, app: Flask) -> Scene:
    """One coordinates both Birch and Alder; Birch's id never opens what is Alder's."""
    birch, alder = submission_of(session, "Birch"), submission_of(session, "Alder")
    both = Person(email="both@tarn.example", name="Bea Both")
    root = Person(email="root@tarn.example", name="Rowan Root", staff_role="administrator")
    iva = Person(email="iva@tarn.example", name="Iva Inter", staff_role="interviewer")
    session.add_all([both, root, iva])
    session.add_all(Contributor(submission=one, person=both) for one in (birch, alder))
    other = Submission(
        survey=_another(session, survey),
        authority_code=alder.authority_code,
        questionnaire_id=survey.questionnaire_id,
    )
    session.add(other)
    session.flush()
    for part in session.scalars(select(Contributor)):
        part.agreed_at = NOON
    session.commit()
    cy, bob = somebody(session), somebody(session, "Bob Alder")
    own = Owner(session, app, birch, cy)
    owners = (own, Owner(session, app, alder, bob), Owner(session, app, other, bob))
    for owner in owners:
        _interview(owner)
    return Scene(*owners, both, root, iva)


def _another(session: Session, survey: Survey) -> Survey:
    pinned = {
        name: getattr(survey, name)
        for name in ("questionnaire_id", "guide_id", "codebook_id", "outline_id")
    }
    days = {"opens_on": dt.date(2016, 1, 1), "closes_on": dt.date(2016, 2, 1)}
    another = Survey(code="another", title="Another", region="R", **pinned, **days)
    session.add(another)
    session.flush()
    return another


def test_every_id_in_every_address_has_another_ones(app: Flask) -> None:
    rules = {rule.rule: _second(rule) - ANOTHERS.keys() for rule, _ in below(app)}
    missing = {rule: sorted(names) for rule, names in rules.items() if names}

    assert missing == {}, (
        "Say in ANOTHERS, here, how to make a thing of this kind that belongs to another return, "
        "survey or person; or in CODES that it names no row of anybody's."
    )


def test_what_is_anothers_is_not_there_under_ones_own_address(
    app: Flask, client: CheckingClient, scene: Scene
) -> None:
    wrong = []
    for rule, method in below(app):
        other = scene.other(rule)
        parts = {name: ANOTHERS[name](other) for name in sorted(_second(rule))}
        before = rows(scene.own.session)
        for actor in scene.actors(rule):
            status = ask(client, actor, address(app, rule, scene, parts), method)
            if status not in {403, 404}:
                wrong.append(f"{method} {rule.rule} gave {actor.name} another's: {status}")
            if rows(scene.own.session) != before:
                wrong.append(f"{method} {rule.rule} let {actor.name} change another's")

    assert wrong == []


def test_what_is_ones_own_is_there(app: Flask, client: CheckingClient, scene: Scene) -> None:
    """Or the test above would prove nothing."""
    wrong = []
    for rule, method in below(app):
        if method != "GET" or rule.endpoint in FROM_A_FILE:
            continue
        actor = scene.actors(rule)[0]
        own = Owner(scene.own.session, app, scene.own.submission, _keeper(rule, scene))
        parts = {name: ANOTHERS[name](own) for name in sorted(_second(rule))}
        status = ask(client, actor, address(app, rule, scene, parts), method)
        if status in {403, 404}:
            wrong.append(f"{method} {rule.rule} refused {actor.name} their own: {status}")

    assert wrong == []


def _keeper(rule: Rule, scene: Scene) -> Person:
    return scene.administrator if rule.rule.startswith("/account/") else scene.own.person


def address(app: Flask, rule: Rule, scene: Scene, parts: Mapping[str, object]) -> str:
    given = {name: PARTS.get(name) for name in rule.arguments}
    given |= {"submission_id": scene.own.submission.id}
    given |= {"interview_id": _interview(scene.own).id} | dict(parts)
    with app.test_request_context():
        return app.url_for(rule.endpoint, **{name: given[name] for name in rule.arguments})


def ask(client: CheckingClient, actor: Person, where: str, method: str) -> int:
    limiter.reset()
    client.sign_in(actor)
    send = client.post if method == "POST" else client.get
    return send(where, data={"name": "x", "role": "interviewer"}).status_code


def rows(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """Return everything that is stored, except who looked."""
    session.expire_all()
    tables = [one for one in Base.metadata.sorted_tables if one.name != "audit_event"]
    return {
        one.name: sorted((tuple(row) for row in session.execute(select(one))), key=repr)
        for one in tables
    }
