"""A file brought from another program: sent, worked on, and what came of it."""

import io

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.exchange import bringing
from surveyapp.exchange.bringing import Workshop
from surveyapp.models import Decision, Survey
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.exchange.coded import HOME


def send(client: CheckingClient, content: bytes) -> str:
    """Send a file, and return its page."""
    return client.post(
        f"{HOME}/coding",
        data={"project": (io.BytesIO(content), "coding.qdpx")},
        content_type="multipart/form-data",
    ).location


def work(workshop: Workshop, survey: Survey, page: str) -> None:
    """Let a worker do what waits."""
    bringing.work(workshop, survey.id.hex, page.rpartition("/")[2])


def confirm(client: CheckingClient, page: str, *coders: int) -> None:
    """Say whose codings are to be taken in, by their places in the list."""
    client.post(page, data={"coder": [str(one) for one in coders or (0,)]})


def made(session: Session) -> list[tuple[str, str, str]]:
    """Return what is decided: words, theme and verdict."""
    session.expire_all()
    return [(one.words, one.theme, one.verdict) for one in session.scalars(select(Decision))]
