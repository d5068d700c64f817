"""The telephone interview: arranged, prepared, typed while people talk, and agreed afterwards."""

from functools import partial

from flask import Flask

from surveyapp import jobs
from surveyapp.config import Settings
from surveyapp.extensions import db
from surveyapp.interview import papers
from surveyapp.interview.bringing import suggesting

SWEEP_EVERY = 60  # minutes


def init_app(app: Flask) -> None:
    """Serve the interviewer's pages and those of the person interviewed."""
    # Imported only now: the services of this room are also used where there are no pages.
    from surveyapp.interview.routes import interviewee, room

    app.register_blueprint(room.bp)
    app.register_blueprint(interviewee.bp)
    settings: Settings = app.config["SETTINGS"]
    with app.app_context():
        sweep = partial(papers.sweep_now, db.sessionmaker, settings.instance)
        suggest = partial(suggesting.make, db.sessionmaker, settings.instance)
    jobs.of(app).add("sweep_interview_papers", sweep, every=SWEEP_EVERY)
    jobs.of(app).add(suggesting.JOB, suggest)
