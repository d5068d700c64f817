"""The questionnaire as a Word form: handed out, sent back filled in, compared and accepted.

On paper, too: every question to read and to write notes on.
"""

from functools import partial

from flask import Flask

from surveyapp import jobs
from surveyapp.config import Settings
from surveyapp.extensions import db
from surveyapp.wordform import sweeping
from surveyapp.wordform.routes import bp, paper, receipt

SWEEP_EVERY = 60  # minutes


def init_app(app: Flask) -> None:
    """Serve the pages of the Word form, and the questions on paper."""
    app.register_blueprint(bp)
    app.register_blueprint(paper)
    app.register_blueprint(receipt)
    settings: Settings = app.config["SETTINGS"]
    with app.app_context():
        sweep = partial(sweeping.sweep_now, db.sessionmaker, settings.instance / "forms")
    jobs.of(app).add("sweep_forms", sweep, every=SWEEP_EVERY)
