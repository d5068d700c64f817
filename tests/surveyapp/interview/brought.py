"""A file of notes brought in, and its passages placed, as a browser would."""

import io
import re
from html import unescape

from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from surveyapp.models import Interview
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.interview.calls import TRANSCRIPT


def address(call: Interview) -> str:
    return f"/interviews/{call.id}/bring-in"


def bring(
    client: CheckingClient, call: Interview, content: bytes, name: str = "notes.txt", **data: str
) -> TestResponse:
    """Bring a file in, and go where that leads."""
    answer = client.post(address(call), data={"file": (io.BytesIO(content), name), **data})
    return client.get(answer.location) if answer.status_code == 303 else answer


def bring_call(client: CheckingClient, call: Interview) -> TestResponse:
    """Bring the transcript in and say who is who."""
    page = bring(client, call, TRANSCRIPT.encode(), "call.vtt")
    told = {"who-0": "ours", "who-1": "interviewee"}
    return client.get(client.post(f"{page.request.path}/speakers", data=told).location)


def typed(page: TestResponse) -> dict[str, str]:
    """What a browser would send from the passages of a page as they are."""
    html = page.text
    found = {}
    for one in re.findall(r'id="text-([\d.]+)"', html):
        area = re.search(rf'id="text-{one}"[^>]*>([^<]*)</textarea>', html)
        chosen = re.search(
            rf'name="where-{one}">.*?value="([^"]*)" selected.*?</select>', html, re.DOTALL
        )
        found[f"text-{one}"] = unescape(area[1]) if area else ""
        found[f"where-{one}"] = chosen[1] if chosen else ""
        if re.search(rf'id="verbatim-{one}"[^>]* checked', html):
            found[f"verbatim-{one}"] = "yes"
    return found


def place(client: CheckingClient, page: TestResponse, **data: str) -> TestResponse:
    """Send the passages of a page, some of them otherwise, and go where that leads."""
    changed = {name.replace("_", "-"): value for name, value in data.items()}
    answer = client.post(page.request.path, data=typed(page) | changed)
    return client.get(answer.location) if answer.status_code == 303 else answer


def said(session: Session, call: Interview) -> list[tuple[str, str, bool, int | None]]:
    session.expire_all()
    return [(one.prompt_code, one.text, one.verbatim, one.second) for one in call.notes]
