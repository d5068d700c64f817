"""Running a survey: publish what is asked, open it, bring in authorities and people."""

from functools import partial

from flask import Flask

from surveyapp import jobs
from surveyapp.config import Settings
from surveyapp.extensions import db

SWEEP_EVERY = 5  # minutes


def init_app(app: Flask) -> None:
    """Serve the consultant's pages, and make what they ask for behind them."""
    # Imported only now: the services of this room are also used where there are no pages.
    from surveyapp import exporting
    from surveyapp.coordinate import exports
    from surveyapp.coordinate.routes import bp

    settings: Settings = app.config["SETTINGS"]
    with app.app_context():
        workshop = exporting.Workshop(db.sessionmaker, settings.instance / "exports")
    exporting.MAKERS.update(exports.MAKERS)
    jobs.of(app).add(exporting.JOB, partial(exporting.make, workshop))
    jobs.of(app).add("sweep_exports", partial(exporting.sweep, workshop), every=SWEEP_EVERY)
    app.register_blueprint(bp)
