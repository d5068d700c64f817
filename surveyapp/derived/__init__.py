"""What follows from what people said, kept for speed: passages, tags and cells.

`deriving` makes the rows, `laying` keeps them in line with what people decide, `working` is the
job. All of it may be dropped at any time, and is derived again just the same.
"""

from functools import partial

from flask import Flask

from surveyapp import jobs
from surveyapp.extensions import db

SWEEP_EVERY = 5  # minutes


def init_app(app: Flask) -> None:
    """Let passages be derived behind the pages, when asked for and whenever they are behind."""
    # Imported only now: the tables are also read where nothing is derived.
    from surveyapp.derived import working

    with app.app_context():
        workshop = working.Workshop(db.sessionmaker)
    jobs.of(app).add(working.JOB, partial(working.make, workshop))
    jobs.of(app).add("sweep_derived", partial(working.sweep, workshop), every=SWEEP_EVERY)
