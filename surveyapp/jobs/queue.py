"""Jobs: named work that waits in a queue, and work that is done every few minutes.

A job may be done twice or late, and the queue may be lost: whoever adds work must hold up under
that. So a job is only ever a hint, and what there is to do is read from the database.
"""

import datetime as dt
import logging
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property

from huey import Huey, RedisHuey, SqliteHuey
from huey.serializer import SignedSerializer
from redis import ConnectionPool, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from surveyapp.config import Settings

NAME = "jobs"
PATIENCE = 2  # seconds that a page waits for a queue that does not answer
log = logging.getLogger(__name__)
Work = Callable[..., object]
Context = Callable[[], AbstractContextManager[object]]


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work, and every how many minutes it is done by itself (0 for never)."""

    work: Work
    every: int


@dataclass(frozen=True, slots=True)
class _Queue:
    """An open queue, and its work by name."""

    huey: Huey
    tasks: Mapping[str, Work]


def _open(settings: Settings) -> Huey:
    # Signed, because what is read from the queue is run.
    options = {
        "name": "survey",
        "results": False,
        "serializer": SignedSerializer(secret=settings.signing_key, salt=NAME),
    }
    url = settings.redis_url.get_secret_value()
    if url:
        # The sweep tries again, so a page need not.
        once = Retry(NoBackoff(), 0)
        pool = ConnectionPool.from_url(url, socket_connect_timeout=PATIENCE, retry=once)
        return RedisHuey(connection_pool=pool, **options)
    file = settings.instance.resolve() / "jobs.db"
    return SqliteHuey(filename=str(file), fsync=True, timeout=PATIENCE, **options)


class Jobs:
    """The queue of one application: work by name, put in by pages and done by workers."""

    def __init__(self, settings: Settings, around: Context) -> None:
        """Take the settings, and the context in which every job runs."""
        self._settings = settings
        self._around = around
        self._jobs: dict[str, Job] = {}

    def add(self, name: str, work: Work, *, every: int = 0) -> None:
        """Let work be asked for by name, and done every few minutes where that is said."""
        self._jobs[name] = Job(work, every)

    def enqueue(self, name: str, *arguments: str) -> bool:
        """Ask for work soon, and say whether the queue took it.

        A page must not fail because of the queue: its own work has been committed by now.
        """
        try:
            self._queue.tasks[name](*arguments)
        except (sqlite3.Error, RedisError):
            log.warning("The queue did not take %s; the next sweep will.", name, exc_info=True)
            return False
        return True

    def run(self, workers: int) -> None:
        """Work until this process is told to stop."""
        options = {"workers": workers, "max_delay": 1.0, "graceful_signal": "TERM"}
        self._queue.huey.create_consumer(**options).run()

    def run_once(self) -> None:
        """Do all that waits, and all that is done at regular times, once."""
        huey = self._queue.huey
        while (task := huey.dequeue()) is not None:
            huey.execute(task)
        for job in self._jobs.values():
            if job.every:
                self._inside(job.work)()

    @cached_property
    def _queue(self) -> _Queue:
        """Open the queue and make it know the work; only now, so most commands never open it."""
        huey = _open(self._settings)
        tasks = {name: self._register(huey, name, job) for name, job in self._jobs.items()}
        return _Queue(huey, tasks)

    def _register(self, huey: Huey, name: str, job: Job) -> Work:
        def is_time(moment: dt.datetime) -> bool:
            return moment.minute % job.every == 0

        known = huey.periodic_task(is_time, name=name) if job.every else huey.task(name=name)
        task: Work = known(self._inside(job.work))
        return task

    def _inside(self, work: Work) -> Work:
        def run(*arguments: str) -> None:
            with self._around():
                work(*arguments)

        return run
