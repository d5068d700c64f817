"""Mail over GOV.UK Notify, against a server on this machine that speaks as Notify does."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from surveyapp.config import Settings
from surveyapp.mail import senders
from surveyapp.mail.senders.letters import (
    Fate,
    Letter,
    NotNowError,
    RefusedError,
    UnknownOutcomeError,
)
from surveyapp.mail.senders.notify import Notify
from surveyapp.mail.senders.outbox import Outbox
from surveyapp.mail.senders.smtp import Smtp

pytestmark = [pytest.mark.mail, pytest.mark.allow_hosts(["127.0.0.1"])]
KEY = "test-00000000-0000-4000-8000-000000000000-00000000-0000-4000-8000-000000000001"
TEMPLATE = "11111111-1111-4111-8111-111111111111"
LETTER = Letter("<1@survey.test>", "Ann", "ann@ash.test", "Hello", "Words\n", "<p>Words</p>")


class Service(ThreadingHTTPServer):
    """Notify as far as we use it: takes messages, and lists those it has."""

    def __init__(self) -> None:
        self.given: list[dict[str, object]] = []
        self.status = 201
        self.errors: list[dict[str, str]] = []
        super().__init__(("127.0.0.1", 0), Handler)


class Handler(BaseHTTPRequestHandler):
    """Answers as the service is told to."""

    server: Service

    def do_POST(self) -> None:
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.server.status < 300:
            self.server.given.append(told)
        self._answer(self.server.status, {"id": "x", "errors": self.server.errors})

    def do_GET(self) -> None:
        self._answer(200, {"notifications": self.server.given})

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _answer(self, status: int, said: object) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(said).encode())


@pytest.fixture
def service() -> Iterator[Service]:
    service = Service()
    thread = threading.Thread(target=service.serve_forever, args=(0.02,))
    thread.start()
    yield service
    service.shutdown()
    thread.join()
    service.server_close()


def notify(service: Service) -> Notify:
    return Notify(KEY, TEMPLATE, f"http://127.0.0.1:{service.server_port}")


def test_what_notify_is_given(service: Service) -> None:
    notify(service).send(LETTER, lambda: None)

    assert service.given == [
        {
            "email_address": "ann@ash.test",
            "template_id": TEMPLATE,
            "personalisation": {"subject": "Hello", "message": "Words\n"},
            "reference": "<1@survey.test>",
        }
    ]


@pytest.mark.parametrize(
    ("status", "words", "error", "is_address"),
    [
        (400, "email_address Not a valid email address", RefusedError, True),
        (403, "Invalid token", RefusedError, False),
        (429, "Exceeded rate limit", NotNowError, None),
        (500, "Internal server error", UnknownOutcomeError, None),
    ],
)
def test_a_no_is_understood(
    status: int,
    words: str,
    error: type[Exception],
    *,
    is_address: bool | None,
    service: Service,
) -> None:
    service.status, service.errors = status, [{"error": "Error", "message": words}]

    with pytest.raises(error) as said:
        notify(service).send(LETTER, lambda: None)

    assert getattr(said.value, "bad_address", None) is is_address


def test_notify_is_asked_what_became_of_a_letter(service: Service) -> None:
    ours = notify(service)

    assert ours.fate(LETTER.reference) is Fate.NEVER_ARRIVED
    ours.send(LETTER, lambda: None)
    assert ours.fate(LETTER.reference) is Fate.ACCEPTED


def test_nobody_can_tell_while_notify_is_away() -> None:
    away = Notify(KEY, TEMPLATE, "http://127.0.0.1:1")

    assert away.fate(LETTER.reference) is Fate.UNKNOWN
    with pytest.raises(UnknownOutcomeError):
        away.send(LETTER, lambda: None)


@pytest.mark.parametrize(
    ("given", "sender"),
    [
        ({}, Outbox),
        ({"mail": "smtp"}, Smtp),
        ({"mail": "notify", "notify_key": KEY, "notify_template": TEMPLATE}, Notify),
    ],
)
def test_the_settings_say_who_sends(given: dict[str, str], sender: type[object]) -> None:
    assert isinstance(senders.choose(Settings(**given)), sender)


def test_notify_without_its_key_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="NOTIFY_KEY"):
        senders.choose(Settings(mail="notify"))
