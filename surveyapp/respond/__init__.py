"""Completing a return: answers saved one by one, sections finished, the whole submitted."""

from functools import partial

from flask import Flask

from surveyapp import jobs
from surveyapp.config import Settings
from surveyapp.extensions import db
from surveyapp.respond import sweeping
from surveyapp.respond.routes import bp

SWEEP_EVERY = 60  # minutes


def init_app(app: Flask) -> None:
    """Serve the pages of a return, and sweep up files that no answer holds."""
    app.register_blueprint(bp)
    settings: Settings = app.config["SETTINGS"]
    with app.app_context():
        sweep = partial(sweeping.sweep_now, db.sessionmaker, settings.instance / "uploads")
    jobs.of(app).add("sweep_uploads", sweep, every=SWEEP_EVERY)
