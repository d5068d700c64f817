"""What follows from what people said, kept for speed: passages, tags and cells.

`deriving` makes the rows, `laying` keeps them in line with what people decide, `working` is the
job, `learning` betters what is suggested, and `inspecting` holds back what may identify a child.
All of it may be dropped at any time, and is derived again just the same.
"""

from functools import partial
from uuid import UUID

from flask import Flask

from surveyapp import jobs
from surveyapp.config import Settings
from surveyapp.extensions import db

SWEEP_EVERY = 5  # minutes


def init_app(app: Flask) -> None:
    """Let passages be derived behind the pages, when asked for and whenever they are behind."""
    # Imported only now: the tables are also read where nothing is derived.
    from surveyapp.derived import inspecting, learning, working

    settings: Settings = app.config["SETTINGS"]
    with app.app_context():
        desk = inspecting.Desk(db.sessionmaker, settings.instance / inspecting.UPLOADS)
        workshop = working.Workshop(db.sessionmaker, look=partial(inspecting.inspect, desk))
    jobs.of(app).add(working.JOB, partial(working.make, workshop))
    jobs.of(app).add(inspecting.JOB, lambda one: inspecting.inspect(desk, UUID(one)))
    jobs.of(app).add("sweep_inspected", partial(inspecting.sweep, desk), every=SWEEP_EVERY)
    jobs.of(app).add("sweep_derived", partial(working.sweep, workshop), every=SWEEP_EVERY)
    jobs.of(app).add(learning.JOB, partial(learning.make, workshop))
    jobs.of(app).add("sweep_learnt", partial(learning.sweep, workshop), every=SWEEP_EVERY)
