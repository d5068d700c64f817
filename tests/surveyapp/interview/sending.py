"""A filled-in guide sent back, and what is taken of it."""

import io

from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from surveyapp.models import Interview
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.interview.calls import (
    AGREED,
    Filled,
    form_sent_back,
)
from tests.surveyapp.respond.filling import fields

NOTED: Filled = {
    **AGREED,
    "note:I01:1": "Mostly through school.\nAnd GPs.",
    "note:I01:2": "One front door.",
    "note:I01:2:verbatim": ("yes",),
    "note:-:1": "Ring before nine.",
}


def address(call: Interview, rest: str = "") -> str:
    return f"/interviews/{call.id}/form{rest}"


def send(client: CheckingClient, call: Interview, docx: bytes) -> TestResponse:
    """Send a form back, and go where that leads."""
    answer = client.post(address(call), data={"form": (io.BytesIO(docx), "form.docx")})
    return client.get(answer.location) if answer.status_code == 303 else answer


def take(client: CheckingClient, page: TestResponse, *left: str) -> TestResponse:
    """Take what is ticked on a page, except what begins like this; go where that leads."""
    ticked = fields(page.text, "take")
    ticked["take"] = [one for one in ticked["take"] if not one.startswith(left or ("-",))]
    answer = client.post(page.request.path, data=ticked)
    return client.get(answer.location) if answer.status_code == 303 else answer


def sent_and_taken(client: CheckingClient, call: Interview, given: Filled) -> TestResponse:
    """Send a form back and take everything that is ticked."""
    return take(client, send(client, call, form_sent_back(client.session, call, given)))


def said(session: Session, call: Interview) -> set[tuple[str, str, bool, str]]:
    session.expire_all()
    return {(one.prompt_code, one.text, one.verbatim, one.origin) for one in call.notes}
