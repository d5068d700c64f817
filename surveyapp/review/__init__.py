"""The review: what authorities said, handed to synthesis, built, numbered and compared."""

from functools import partial

from flask import Flask

from surveyapp import built, jobs
from surveyapp.config import Settings
from surveyapp.extensions import db

SWEEP_EVERY = 5  # minutes


def init_app(app: Flask) -> None:
    """Serve the pages of this room, and do what they ask for behind them."""
    # Imported only now: the services of this room are also used where there are no pages.
    from surveyapp.derived import inspecting
    from surveyapp.review import builds, links, making
    from surveyapp.review.routes import bp

    settings: Settings = app.config["SETTINGS"]
    folder = settings.instance / built.FOLDER
    with app.app_context():
        built.keep_in(db.sessionmaker, folder)
        desk = inspecting.Desk(db.sessionmaker, settings.instance / inspecting.UPLOADS)
        look = partial(inspecting.inspect, desk)
        workshop = making.Workshop(db.sessionmaker, folder, look=look)
    jobs.of(app).add(builds.JOB, partial(making.make, workshop))
    jobs.of(app).add("sweep_builds", partial(making.sweep, workshop), every=SWEEP_EVERY)
    jobs.of(app).add(links.JOB, partial(links.check_all, workshop.sessions))
    app.register_blueprint(bp)
