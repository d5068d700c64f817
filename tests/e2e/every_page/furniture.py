"""What stands in the database of the service whose every page is looked at."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import create_app, example, mail, migrating
from surveyapp.account import second_factor
from surveyapp.config import Settings
from surveyapp.coordinate import services as coordinate
from surveyapp.extensions import begin_writing, db
from surveyapp.interview import services as interviews
from surveyapp.interview.services import Call
from surveyapp.models import (
    Answer,
    Authority,
    Comment,
    Contributor,
    Export,
    Passkey,
    Person,
    StaffKey,
    Submission,
    Survey,
)
from surveyapp.respond import services as respond
from surveyapp.respond.services import Draft
from tests.surveyapp.building import NOON, TINY, load_tiny, somebody, submission_of
from tests.surveyapp.respond.every_type import load_every_type
from tests.surveyapp.wordform.paper import Filled, paper_of, sent_back
from tests.synthesis.word.inspection.planting import plant

STAFF = ("interviewer", "consultant", "administrator")
OPEN, CLOSING, PLANNED = "tiny-survey-2015", "closing-survey", "planned-survey"
# A survey whose page fails, and how much may be sent at once, so that a test can send more.
BROKEN, MOST = "broken", 2_000_000
# Half: staff who have opened their link and not taken the second step yet.
PEOPLE = {
    "coordinator": "Cy Birch",
    "colleague": "Dee Birch",
    "newcomer": "Eve Birch",
    "handed in": "Ann Alder",
    "keyholder": "Jo Keys",
    "half": "Hal Key",
    "half with app": "Ida App",
    **{role: f"Some {role}" for role in STAFF},
}
ROLES = {who: who for who in STAFF} | dict.fromkeys(
    ("keyholder", "half", "half with app"), "consultant"
)
TOLD: Filled = {
    "S01.2:text": "Families tell us.\nSo do schools.",
    "S01.4:number": "about ten",
    "A1.1:option": ("yes",),
}
LONG_WORD = "https://birch.example/" + "a-very-long-address-of-a-document" * 4
CONTACTS = {
    "good": "authority,name,email,job_title,coordinator\nCedar,Di Cedar,di@cedar.example,,yes\n",
    "faulty": "authority,name,email,phone\nNowhere,X,x,3\nCedar,Di Cedar,di@cedar.example,4\n",
    "wrong columns": "name,email\nBo,bo@alder.example\n",
}


def application(folder: Path) -> Flask:
    """Return the service, with an empty database and its outbox shown."""
    settings = Settings(instance=folder, review_file=folder / "review.docx", demo=True)
    settings.review_file.write_bytes(b"x" * 812_345)
    app = create_app(settings)
    app.config["MAX_CONTENT_LENGTH"] = MOST
    shown = app.view_functions["home.survey"]
    app.view_functions["home.survey"] = lambda code: {}[code] if code == BROKEN else shown(code)
    with app.app_context(), db.engine.connect() as connection:
        migrating.upgrade(connection)
    return app


def furnish(app: Flask) -> Mapping[str, str]:
    """Fill the database, and return the ids that addresses need, by what states call them."""
    with app.app_context():
        session: Session = db.session
        load_tiny(session)
        begin_writing(session)
        birch, alder = submission_of(session, "Birch"), submission_of(session, "Alder")
        returns = {"every": load_every_type(session), "closing": _closing(session)}
        _plan(session)
        _people(app, session, birch)
        for one in returns.values():
            session.add(Contributor(submission=one, person=somebody(session), coordinator=True))
        session.flush()
        for part in session.scalars(select(Contributor)):
            part.agreed_at = None if part.person.name == PEOPLE["newcomer"] else NOON
        _words(session, birch)
        _call(session, birch)
        known = {"birch": birch, "alder": alder, "passkey": _passkey(session), **returns}
        known |= {who: somebody(session, name) for who, name in PEOPLE.items()}
        ids = {name: str(one.id) for name, one in known.items()}
        ids |= {f"{part.person.name}'s part": str(part.id) for part in birch.contributors}
        ids |= {"letter": str(_letter(session, birch)), **_exports(session)}
        session.commit()
        return ids


def files(app: Flask, folder: Path) -> Mapping[str, Path]:
    """Write the files that people send: contacts, and Word forms of Birch's return."""
    made = {f"{name} contacts": (folder / f"{name}.csv") for name in CONTACTS}
    for name, words in CONTACTS.items():
        made[f"{name} contacts"].write_text(words)
    with app.app_context():
        docx = sent_back(paper_of(db.session, submission_of(db.session, "Birch")), TOLD)
    stray = "<w:p><w:r><w:t>Ask Ann about this.</w:t></w:r></w:p><w:sectPr>"
    form, not_word = folder / "form.docx", folder / "not word.docx"
    form.write_bytes(plant(docx, "word/document.xml", "<w:sectPr>", stray))
    not_word.write_bytes(b"no Word document")
    return made | {"form": form, "not word": not_word}


def answer(
    session: Session, submission: Submission, code: str, value: Mapping[str, object]
) -> None:
    """Let a colleague change an answer, whatever it is now."""
    seen = session.scalar(
        select(Answer.version).where(
            Answer.submission_id == submission.id, Answer.question_code == code
        )
    )
    draft = Draft(code, value, seen=seen or 0)
    respond.save_answer(session, submission, draft, somebody(session, PEOPLE["colleague"]), NOON)


def _call(session: Session, birch: Submission) -> None:
    """Let an interviewer have spoken with Birch, who may then read what they wrote."""
    asks = somebody(session, PEOPLE["interviewer"])
    about = Call(asks, "Dee Birch", "Data lead", NOON.date())
    interviews.record_interview(session, birch, about)


def _people(app: Flask, session: Session, birch: Submission) -> None:
    known = set(session.scalars(select(Person.name)))
    for who, name in PEOPLE.items():
        if name not in known:
            person = Person(name=name, email=f"{who.replace(' ', '-')}@birch.example")
            person.staff_role = ROLES.get(who)
            session.add(person)
    session.flush()
    for who in ("colleague", "newcomer"):
        person = somebody(session, PEOPLE[who])
        session.add(Contributor(submission=birch, person=person, job_title="Data lead"))
    with_app = somebody(session, PEOPLE["half with app"])
    sealed = second_factor.make(app.config["SETTINGS"].signing_key)
    session.add(StaffKey(person=with_app, secret=sealed, confirmed_at=NOON))


def _passkey(session: Session) -> Passkey:
    """Give a member of staff a passkey, which is all that lets them in."""
    found = Passkey(
        person=somebody(session, PEOPLE["keyholder"]),
        credential_id="a" * 43,
        public_key=b"key",
        sign_count=0,
        name="Telephone",
        created_at=NOON,
    )
    session.add(found)
    session.flush()
    return found


def _exports(session: Session) -> Mapping[str, str]:
    """Ask for an export that is being made, one that is made and one that failed."""
    survey = session.scalars(select(Survey).where(Survey.code == OPEN)).one()
    asked = {
        "survey": survey,
        "asked_by": somebody(session, PEOPLE["consultant"]),
        "asked_at": NOON,
    }
    made = {
        "export under way": Export(kind="json", steps=20, steps_done=7, started_at=NOON, **asked),
        "export made": Export(kind="xlsx", done_at=NOON, file_key="k" * 32, size=9_876, **asked),
        "export failed": Export(kind="csv", failed_at=NOON, **asked),
    }
    session.add_all(made.values())
    session.flush()
    return {name: str(one.id) for name, one in made.items()}


def _closing(session: Session) -> Submission:
    """Ask Cedar in a survey that can be closed and opened while somebody is writing."""
    folder = example.read(TINY).folder
    opens, closes = NOON.date().replace(day=1), NOON.date().replace(day=31)
    plan = coordinate.Plan(CLOSING, "Closing survey", "Tiny", opens, closes)
    survey = coordinate.set_up(session, plan, coordinate.publish(session, folder, NOON))
    coordinate.open_survey(session, survey, NOON)
    cedar = session.scalars(select(Authority).where(Authority.name == "Cedar")).one()
    return coordinate.invite(session, survey, cedar)


def _plan(session: Session) -> None:
    """Set up a survey that is not open yet."""
    folder = example.read(TINY).folder
    plan = coordinate.Plan(
        PLANNED, "Planned survey", "Tiny", NOON.date(), NOON.date().replace(day=31)
    )
    coordinate.set_up(session, plan, coordinate.publish(session, folder, NOON))


def _words(session: Session, birch: Submission) -> None:
    """Write what may be too wide for a narrow page, and what a colleague says about it."""
    answer(session, birch, "S01.1", {"rating": 3})
    answer(session, birch, "S01.2", {"text": LONG_WORD})
    dee = somebody(session, PEOPLE["colleague"])
    session.add(
        Comment(
            submission=birch,
            question_code="S01.2",
            author=dee,
            text=f"See {LONG_WORD}",
            created_at=NOON,
        )
    )
    session.flush()


def _letter(session: Session, birch: Submission) -> object:
    """Queue a message with a date in it."""
    day = dt.date(2015, 7, 31)
    told = {
        "survey_title": "Tiny survey 2015",
        "authority": "Birch",
        "link": f"http://127.0.0.1/link/{'x' * 43}",
        "invited_by": "Some consultant",
        "note": "",
        "closes_on": day,
        "is_coordinator": True,
    }
    cy = somebody(session)
    written = mail.queue(
        session,
        kind="invitation",
        to=cy,
        key="every page",
        context=told,
        submission=birch,
        calendar=mail.calendar(mail.deadline("tiny", "Tiny survey 2015", day, url=""), NOON),
    )
    written.sent_at, written.attempts = NOON, 1
    session.flush()
    return written.id
