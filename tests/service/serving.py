"""The service on a real server: gunicorn with several workers, started and killed at will."""

import multiprocessing
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

import requests
import sqlalchemy as sa
from flask import Flask
from gunicorn.app.base import BaseApplication
from sqlalchemy.orm import Session, sessionmaker

from surveyapp import create_app, migrating
from surveyapp.config import Settings
from surveyapp.extensions import db, prepare

PATIENCE = 30
# Forked from a process that has imported everything, so that a restart takes no seconds.
STARTING = multiprocessing.get_context("forkserver")
STARTING.set_forkserver_preload(["tests.service.warm"])


class Server(BaseApplication):
    """Gunicorn as its command starts it, with options from here."""

    def __init__(self, options: Mapping[str, object]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return create_app()


def run(environment: Mapping[str, str], options: Mapping[str, object]) -> None:
    """Serve until killed, as a group of processes of its own."""
    os.setsid()
    os.environ.update(environment)
    sys.argv = ["gunicorn"]
    Server(options).run()


@dataclass
class Service:
    """A service on a database of its own: an application to look at it from here, and a server."""

    folder: Path
    app: Flask
    environment: Mapping[str, str]
    port: int = 0
    process: BaseProcess | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return (self.folder / "server.log").read_text("utf-8")

    def sessions(self) -> sessionmaker[Session]:
        """Sessions on connections of their own, beside the server."""
        with self.app.app_context():
            return sessionmaker(prepare(db.engine))

    def start(self, workers: int = 2) -> None:
        """Start the server, and return when it answers."""
        self.port = self.port or free_port()
        options = {
            "bind": f"127.0.0.1:{self.port}",
            "worker_class": "gthread",
            "workers": workers,
            "threads": 2,
            "errorlog": str(self.folder / "server.log"),
            "capture_output": True,
            "control_socket_disable": True,
        }
        self.process = STARTING.Process(target=run, args=(self.environment, options))
        self.process.start()
        for _ in range(PATIENCE * 50):
            if self._listens():
                break
            threading.Event().wait(0.02)
        # Gunicorn listens before its workers are there; the first one to come answers this.
        requests.get(self.url, timeout=PATIENCE).raise_for_status()

    def kill(self) -> None:
        """End the server and all its workers at once, in the middle of whatever they do."""
        process, self.process = self.process, None
        if process is not None and process.pid is not None:
            os.killpg(process.pid, signal.SIGKILL)
            process.join(PATIENCE)
            process.close()
            # The workers are killed with it, and may be a moment behind it.
            while self._listens():
                threading.Event().wait(0.01)

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE).close()
        except ConnectionRefusedError:
            return False
        except ConnectionResetError:
            return True  # It is going.
        return True


@contextmanager
def service(folder: Path, database_url: str) -> Iterator[Service]:
    """Lay the tables of an empty database, and end the server whatever happens."""
    settings = Settings(instance=folder, database_url=database_url, demo=True)
    app = create_app(settings)
    with app.app_context(), db.engine.connect() as connection:
        migrating.upgrade(connection)
    environment = {"INSTANCE": str(folder), "DATABASE_URL": database_url, "DEMO": "1"}
    found = Service(folder, app, environment)
    try:
        yield found
    finally:
        found.kill()
        with app.app_context():
            db.engine.dispose()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


def opens_without_repair(sessions: sessionmaker[Session]) -> bool:
    """Say whether a database that was left in the middle is whole; SQLite can tell."""
    with sessions() as session:
        if session.get_bind().dialect.name != "sqlite":
            return session.execute(sa.text("SELECT 1")).scalar() == 1
        return session.execute(sa.text("PRAGMA integrity_check")).scalar() == "ok"
