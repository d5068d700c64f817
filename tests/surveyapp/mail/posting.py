"""What tests of mail build on: a mailbox, senders that fail, and mail to send."""

import datetime as dt
import email
import email.policy
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as Client
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from surveyapp.extensions import begin_writing
from surveyapp.mail.kinds import Kind
from surveyapp.mail.queueing import queue
from surveyapp.mail.senders.letters import Fate, Letter, SendingError
from surveyapp.models import Mail
from tests.surveyapp.building import somebody, submission_of

NOW = dt.datetime(2015, 7, 20, 9, 30, tzinfo=dt.UTC)
LATER = dt.timedelta(minutes=11)
LINK = "https://survey.test/link/a-very-personal-token_1"
_RETURN = {"survey_title": "Tiny survey 2015", "authority": "Birch", "link": LINK}
_ENTRY = {"service_name": "Early help review", "link": LINK, "expires_at": NOW}
CLOSES = {"closes_on": dt.date(2015, 7, 31)}
_CALL = _RETURN | {
    "interviewer": "Iris Notes",
    "interviewee": "Cy Birch",
    "is_interviewee": True,
}
_AT_A_TIME = _CALL | {
    "starts_at": dt.datetime(2015, 7, 22, 13, 0, tzinfo=dt.UTC),
    "lasts_minutes": 45,
    "place": "01632 960123",
    "note_taker": "Tia Types",
}
_RECORD = _RETURN | {"interviewer": "Iris Notes", "answer_by": dt.date(2015, 8, 5)}
_CHECK = _RETURN | {"sent_by": "Con Sultant", "answer_by": dt.date(2015, 8, 5), "count": 3}
CONTEXTS: Mapping[Kind, Mapping[str, object]] = {
    "invitation": _RETURN
    | CLOSES
    | {"invited_by": "Iris Notes", "note": "We spoke on Monday.", "is_coordinator": True},
    "new_link": _ENTRY,
    "handover": _RETURN | CLOSES | {"section": "Needs", "from_name": "Cy Birch", "note": ""},
    "comment": _RETURN | {"question": "S01.2", "author": "Cy Birch"},
    "reminder": _RETURN | CLOSES | {"waiting": 2, "is_coordinator": True},
    "receipt": _RETURN | {"reference": "TINY-1", "submitted_at": NOW, "submitted_by": "Cy Birch"},
    "extended": _RETURN | CLOSES,
    "reopened": _RETURN
    | CLOSES
    | {"reason": "One figure is missing.", "reopened_by": "Iris Notes"},
    "sign_in": _ENTRY | {"is_set_up": True},
    "staff_invitation": _ENTRY
    | {"invited_by": "Rowan Root", "role": "consultant", "sign_in_page": LINK},
    "interview_times": _RETURN | {"interviewer": "Iris Notes", "lasts_minutes": 45},
    "interview_booked": _AT_A_TIME,
    "interview_moved": _AT_A_TIME | {"was": NOW, "moved_by": "Iris Notes"},
    "interview_cancelled": _CALL
    | {
        "starts_at": NOW,
        "reason": "Iris is ill.\nSorry.",
        "cancelled_by": "Iris Notes",
        "is_off": True,
    },
    "interview_reassigned": _AT_A_TIME | {"was_interviewer": "Ira Asks", "is_leaving": False},
    "record_offered": _RECORD,
    "record_reminder": _RECORD,
    "check_sent": _CHECK,
    "check_reminder": _CHECK,
    "sample_finished": {
        "survey_title": "Early help 2015",
        "link": LINK,
        "coder": "Bea Birch",
        "passages": 120,
    },
    "sample_drawn": {
        "survey_title": "Early help 2015",
        "link": LINK,
        "drawn_by": "Rowan Root",
        "instead": True,
        "authorities": 4,
        "passages": 120,
        "minutes": 60,
    },
    "record_answered": _RETURN
    | {
        "interviewee": "Cy Birch",
        "changed": 1,
        "withdrawn": 2,
        "confirmed": 11,
        "is_whole": False,
    },
}


@dataclass
class Mailbox:
    """A mail server's handler: keeps what it accepts, and answers as it is told to."""

    port: int = 0
    given: list[EmailMessage] = field(default_factory=list)
    answer: str = "250 Accepted"
    to_address: str = "250 Fine"
    hangs_up: bool = False

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def ids(self) -> list[str]:
        return [message["Message-ID"] for message in self.given]

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, _server: SMTP, _client: Client, envelope: Envelope, address: str, _options: object
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.to_address

    async def handle_DATA(  # noqa: N802 - the library's name
        self, server: SMTP, _client: Client, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        if self.answer.startswith("2"):
            self.given.append(message)
        if self.hangs_up:
            server.transport.abort()
        return self.answer


@dataclass
class Recorder:
    """A sender that keeps letters, or fails before or after it has begun to hand one over."""

    before: SendingError | None = None
    after: SendingError | None = None
    fated: Fate = Fate.UNKNOWN
    reaches_people: bool = True
    letters: list[Letter] = field(default_factory=list)
    meanwhile: Callable[[], object] = lambda: None

    def send(self, letter: Letter, handing_over: Callable[[], None]) -> None:
        self.meanwhile()
        if self.before is not None:
            raise self.before
        handing_over()
        if self.after is not None:
            raise self.after
        self.letters.append(letter)

    def fate(self, _reference: str) -> Fate:
        return self.fated


def write(session: Session, key: str = "one", kind: Kind = "new_link") -> Mail:
    """Write a mail to Cy Birch, about Birch's return."""
    return queue(
        session,
        kind=kind,
        to=somebody(session),
        key=key,
        context=CONTEXTS[kind],
        submission=submission_of(session, "Birch"),
        due_at=NOW,
    )


def written(sessions: sessionmaker[Session], key: str = "one") -> uuid.UUID:
    """Write a mail, commit it and return its id."""
    with sessions() as session:
        begin_writing(session)
        mail_id = write(session, key).id
        session.commit()
    return mail_id


def stored(sessions: sessionmaker[Session]) -> Sequence[Mail]:
    """Return all mail as it is stored."""
    with sessions() as session:
        return session.scalars(select(Mail).order_by(Mail.key)).all()
