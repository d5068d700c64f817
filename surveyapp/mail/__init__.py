"""The one door to mail: written in the transaction that causes it, sent by a job, logged for good.

A page calls `queue`; nothing is sent before its commit. GOV.UK Notify tells us of mail that came
back by calling an address of ours; of other mail a person records that with `bounced`.
"""

import uuid
from email.utils import parseaddr
from functools import partial

from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from surveyapp import jobs
from surveyapp.config import Settings
from surveyapp.extensions import db
from surveyapp.mail import reminders, senders
from surveyapp.mail.claims import Post
from surveyapp.mail.dates import calendar, deadline
from surveyapp.mail.delivery import deliver, deliver_due
from surveyapp.mail.log import bounced, can_be_sent_again, opened, send_again, state, struck
from surveyapp.mail.queueing import queue, take_waiting
from surveyapp.mail.routes import bp, deliveries

__all__ = [
    "bounced",
    "calendar",
    "can_be_sent_again",
    "deadline",
    "init_app",
    "opened",
    "queue",
    "send_again",
    "state",
    "struck",
]
REMIND_EVERY = 10  # minutes
# Beyond this many at once, one job sends them all: the page need not wait for as many.
MANY = 10


def init_app(app: Flask) -> None:
    """Send mail once it is committed, look for what was left behind, and remind people."""
    settings: Settings = app.config["SETTINGS"]
    work = jobs.of(app)
    with app.app_context():
        sessions = db.sessionmaker
    post = Post(sessions, senders.choose(settings), domain=_domain(settings))
    work.add("send_mail", lambda mail_id: deliver(post, uuid.UUID(mail_id)))
    work.add("send_all_mail", partial(deliver_due, post))
    work.add("sweep_mail", partial(deliver_due, post), every=1)
    work.add("remind", partial(reminders.remind, post, settings), every=REMIND_EVERY)

    def send(session: Session) -> None:
        if session.in_nested_transaction():
            return
        waiting = take_waiting(session)
        if len(waiting) > MANY:
            work.enqueue("send_all_mail")
            return
        for mail_id in waiting:
            work.enqueue("send_mail", str(mail_id))

    event.listen(sessions, "after_commit", send)
    app.register_blueprint(bp)
    app.register_blueprint(deliveries)


def _domain(settings: Settings) -> str:
    """Return the part of our address that names us: Message-IDs end in it."""
    return parseaddr(settings.mail_from)[1].rpartition("@")[2] or "localhost"
