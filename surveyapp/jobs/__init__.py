"""The one door to the queue: work that is done after a page has answered.

`flask jobs run` does the work. The queue is a SQLite file beside the database, or Redis where
REDIS_URL names one; whoever adds work cannot tell which.
"""

from flask import Flask

from surveyapp.jobs import cli
from surveyapp.jobs.queue import NAME, Jobs

__all__ = ["Jobs", "init_app", "of"]


def init_app(app: Flask) -> None:
    """Give the application its queue, and the commands that work through it."""
    app.extensions[NAME] = Jobs(app.config["SETTINGS"], app.app_context)
    app.cli.add_command(cli.jobs)


def of(app: Flask) -> Jobs:
    """Return the queue of an application."""
    found: Jobs = app.extensions[NAME]
    return found
