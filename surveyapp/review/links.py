"""Links to shared documents tried out, when the consultant asks for it and never by itself.

This is the one place from which the service calls out to addresses that people gave us. It asks
nobody but public web servers: a name is looked up first, and an address within our own walls is
never called, neither at once nor by way of a redirect. The call goes to the address that was looked
at, so that a name cannot mean another one a moment later.
"""

import datetime as dt
import ipaddress
import socket
import uuid
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit

import urllib3
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from surveyapp.definitions.questions import DocumentQuestion
from surveyapp.extensions import begin_writing
from surveyapp.material import gathering, reading
from surveyapp.models import LinkCheck, Survey

JOB: Final = "check_links"
PATIENCE: Final = 10  # seconds
AT_ONCE: Final = 4
MOST_REDIRECTS: Final = 5
PORTS: Final = {"http": 80, "https": 443}
REDIRECTS: Final = (301, 302, 303, 307, 308)
# Servers that do not know what they are asked without the page itself.
ASK_AGAIN: Final = (400, 403, 404, 405, 406, 501)
NAME: Final = "early-help-review link checker"
Allowed = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Found:
    """What came of trying a link, in a few words."""

    works: bool
    outcome: str


class RefusedError(Exception):
    """An address that is not called; the message says why."""


def is_public(address: str) -> bool:
    """Say whether an address is out on the internet, and not within anybody's own walls."""
    found = ipaddress.ip_address(address)
    inside = getattr(found, "ipv4_mapped", None)
    return (inside or found).is_global and not (inside or found).is_multicast


def to_check(session: Session, survey: Survey) -> Sequence[str]:
    """Return the links of documents that may be shared, each once; an example has none to try."""
    if survey.is_example:
        return ()
    found = gathering.offered(
        session, survey, lambda asked: reading.of_kinds(asked, DocumentQuestion)
    )
    return sorted({one.url for one in found.documents if one.may_share and one.url})


def check_all(
    sessions: sessionmaker[Session], survey_id: str, allowed: Allowed = is_public
) -> None:
    """Try every link of a survey, a few at once, and note what came of each."""
    one = uuid.UUID(survey_id)
    with sessions() as session:
        urls = to_check(session, session.get_one(Survey, one))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        results = pool.map(lambda url: (url, check(url, allowed)), urls)
        for url, found in results:
            _note(sessions, one, url, found)
    _forget_others(sessions, one, urls)


def check(url: str, allowed: Allowed = is_public) -> Found:
    """Try one link, and say whether it works or what is wrong."""
    try:
        return _follow(url, allowed)
    except RefusedError as refused:
        return Found(works=False, outcome=str(refused))
    except urllib3.exceptions.TimeoutError:
        return Found(works=False, outcome="No answer within 10 seconds")
    except urllib3.exceptions.SSLError:
        return Found(works=False, outcome="Its certificate cannot be trusted")
    except (urllib3.exceptions.HTTPError, OSError, ValueError):
        return Found(works=False, outcome="No connection")


def _follow(url: str, allowed: Allowed) -> Found:
    """Follow a link and where it leads on to, each address looked at before it is called."""
    for _ in range(MOST_REDIRECTS + 1):
        status, onward = _ask(url, "HEAD", allowed)
        if status in ASK_AGAIN:
            status, onward = _ask(url, "GET", allowed)
        if status in REDIRECTS and onward:
            url = urljoin(url, onward)
            continue
        works = 200 <= status < 300
        return Found(works=works, outcome="Found" if works else f"The server answered {status}")
    return Found(works=False, outcome="It leads on and on")


def _ask(url: str, method: str, allowed: Allowed) -> tuple[int, str]:
    """Ask for a page, and return the status and where it leads on to; nothing of it is read."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise RefusedError("Not a web address")
    host, port = parts.hostname, parts.port or PORTS[parts.scheme]
    address = _look_up(host, port, allowed)
    pool = _pool(parts.scheme, address, port, host)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    with pool:
        answer = pool.urlopen(
            method,
            path,
            headers={"Host": parts.netloc.rpartition("@")[2], "User-Agent": NAME},
            redirect=False,
            retries=False,
            preload_content=False,
        )
        answer.close()
    return answer.status, answer.headers.get("Location", "")


def _look_up(host: str, port: int, allowed: Allowed) -> str:
    """Return an address of a host; one within anybody's own walls among them refuses the host."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise RefusedError("There is no server of this name") from error
    addresses = [str(one[4][0]).partition("%")[0] for one in found]
    if not addresses or not all(map(allowed, addresses)):
        raise RefusedError("Not called: its address is not public")
    return addresses[0]


def _pool(scheme: str, address: str, port: int, host: str) -> urllib3.HTTPConnectionPool:
    """Return what calls this very address, and knows the server by its name."""
    patience = urllib3.Timeout(connect=PATIENCE, read=PATIENCE)
    if scheme == "http":
        return urllib3.HTTPConnectionPool(address, port, timeout=patience)
    return urllib3.HTTPSConnectionPool(
        address,
        port,
        timeout=patience,
        cert_reqs="CERT_REQUIRED",
        server_hostname=host,
        assert_hostname=host,
    )


def _note(sessions: sessionmaker[Session], survey_id: uuid.UUID, url: str, found: Found) -> None:
    with sessions() as session:
        begin_writing(session)
        row = session.get(LinkCheck, (survey_id, url)) or LinkCheck(survey_id=survey_id, url=url)
        row.checked_at = dt.datetime.now(dt.UTC)
        row.works, row.outcome = found.works, found.outcome
        session.add(row)
        session.commit()


def _forget_others(
    sessions: sessionmaker[Session], survey_id: uuid.UUID, urls: Iterable[str]
) -> None:
    """Forget links that no document has any more."""
    kept = set(urls)
    with sessions() as session:
        begin_writing(session)
        rows = select(LinkCheck).where(LinkCheck.survey_id == survey_id)
        for row in session.scalars(rows).all():
            if row.url not in kept:
                session.delete(row)
        session.commit()
