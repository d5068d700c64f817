"""The commands of the queue: `flask jobs run` and `flask jobs once`."""

import click
from flask import current_app
from flask.cli import AppGroup

from surveyapp.jobs.queue import NAME, Jobs

jobs = AppGroup("jobs", help="Do the work that waits behind the pages, such as sending mail.")


@jobs.command("run")
@click.option(
    "--workers", type=click.IntRange(1, 16), default=1, show_default=True, help="How many at once."
)
def run(workers: int) -> None:
    """Work through the queue until stopped; a job that has begun is finished first."""
    click.echo("Waiting for work. Press Ctrl+C to stop.")
    _queue().run(workers)


@jobs.command("once")
def once() -> None:
    """Do what waits now, and what is done at regular times, and stop."""
    _queue().run_once()
    click.echo("Done: nothing waits.")


def _queue() -> Jobs:
    found: Jobs = current_app.extensions[NAME]
    return found
