"""Exchange: the coding out to other programs and in again, and the whole survey as one file."""

from functools import partial

from flask import Flask

from surveyapp import jobs
from surveyapp.config import Settings
from surveyapp.extensions import db

SWEEP_EVERY = 5  # minutes


def init_app(app: Flask) -> None:
    """Serve the pages of this room, and make the files it offers."""
    # Imported only now: the services of this room are also used where there are no pages.
    from surveyapp import exporting, leftovers
    from surveyapp.exchange import bringing, making
    from surveyapp.exchange.routes import bp

    settings: Settings = app.config["SETTINGS"]
    exporting.MAKERS.update(making.makers(settings.instance / "uploads"))
    with app.app_context():
        workshop = bringing.Workshop(db.sessionmaker, settings.instance / leftovers.BROUGHT)
    jobs.of(app).add(bringing.JOB, partial(bringing.work, workshop))
    jobs.of(app).add("sweep_brought", partial(bringing.sweep, workshop), every=SWEEP_EVERY)
    app.register_blueprint(bp)
