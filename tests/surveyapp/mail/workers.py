"""Workers in processes of their own: one that does its work, and two that are killed at it."""

import os
import signal
from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.orm import sessionmaker

from surveyapp.extensions import prepare
from surveyapp.mail import delivery
from surveyapp.mail.claims import Post
from surveyapp.mail.senders.letters import Letter
from surveyapp.mail.senders.smtp import Smtp


class Dying(Smtp):
    """A sender whose process is killed the moment the server has accepted a letter."""

    def send(self, letter: Letter, handing_over: Callable[[], None]) -> None:
        super().send(letter, handing_over)
        os.kill(os.getpid(), signal.SIGKILL)


class DyingEarly(Smtp):
    """A sender whose process is killed before anything is handed over."""

    def send(self, _letter: Letter, _handing_over: Callable[[], None]) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


def work(url: str, mail_server: str, sender: type[Smtp] = Smtp) -> None:
    """Send all mail that is due, as a worker in a process of its own."""
    engine = prepare(sa.create_engine(url))
    delivery.deliver_due(Post(sessionmaker(engine), sender(mail_server, "Review <us@survey.test>")))
    engine.dispose()
