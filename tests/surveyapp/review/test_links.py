"""Links are tried when asked for, on public servers alone, and what came of each is noted."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.extensions import db
from surveyapp.models import Answer, LinkCheck, Survey
from surveyapp.review import links


class Pages(BaseHTTPRequestHandler):
    """A small web server with a page, and several ways of not having one."""

    asked: list[tuple[str, str]]

    def do_HEAD(self) -> None:
        self.asked.append(("HEAD", self.path))
        if self.path == "/no-head":
            self.send_response(405)
        elif self.path == "/gone":
            self.send_response(410)
        elif self.path == "/round":
            self.send_response(302)
            self.send_header("Location", "/round")
        elif self.path == "/moved":
            self.send_response(301)
            self.send_header("Location", "/page?a=1")
        elif self.path == "/inward":
            self.send_response(302)
            self.send_header("Location", "http://10.0.0.1/secret")
        else:
            self.send_response(200)
        self.end_headers()

    def do_GET(self) -> None:
        self.asked.append(("GET", self.path))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def address(socket_enabled: None) -> Iterator[str]:
    Pages.asked = []
    server = HTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def at_home(address: str) -> bool:
    """Let a test's own server be called, and nothing else."""
    return address == "127.0.0.1"


@pytest.mark.parametrize(
    ("path", "works", "outcome"),
    [
        ("/page", True, "Found"),
        ("/moved", True, "Found"),
        ("/no-head", True, "Found"),
        ("/gone", False, "The server answered 410"),
        ("/round", False, "It leads on and on"),
        ("/inward", False, "Not called: its address is not public"),
    ],
)
def test_a_link_is_tried(address: str, path: str, *, works: bool, outcome: str) -> None:
    found = links.check(address + path, at_home)

    assert (found.works, found.outcome) == (works, outcome)


def test_what_no_redirect_may_lead_to_is_never_called(address: str) -> None:
    assert not links.check(address + "/page").works
    assert Pages.asked == []


@pytest.mark.parametrize(
    "inside",
    [
        *("127.0.0.1", "10.1.2.3", "192.168.0.9", "172.16.0.1", "169.254.169.254"),
        *("::1", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "100.64.0.1", "224.0.0.1"),
    ],
)
def test_addresses_within_walls_are_not_public(inside: str) -> None:
    assert not links.is_public(inside)


def test_an_address_on_the_internet_is_public() -> None:
    assert links.is_public("93.184.215.14")
    assert links.is_public("2606:2800:21f::1")


@pytest.mark.parametrize("url", ["ftp://a.example/x", "file:///etc/passwd", "javascript:1", "//"])
def test_what_is_no_web_address_is_not_called(url: str) -> None:
    assert links.check(url).outcome == "Not a web address"


def test_an_example_has_no_links_to_try(session: Session, survey: Survey) -> None:
    assert survey.is_example
    assert links.to_check(session, survey) == ()


def test_what_came_of_each_link_is_noted_and_old_ones_go(
    session: Session, survey: Survey, address: str
) -> None:
    survey.is_example = False
    rows = [row for row in session.scalars(select(Answer)) if row.value.get("url")]
    for row in rows:
        row.value = {**row.value, "url": f"{address}/gone", "share": "yes"}
    links._note(
        db.sessionmaker, survey.id, "http://old.example/", links.Found(works=True, outcome="")
    )
    session.commit()
    wanted = set(links.to_check(session, survey))

    links.check_all(db.sessionmaker, str(survey.id), at_home)

    session.expire_all()
    checks = session.scalars(select(LinkCheck)).all()
    assert {one.url for one in checks} == wanted
    assert all(not one.works for one in checks)
