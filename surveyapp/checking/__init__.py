"""Member checking: each authority looks at its profile and its words before the review is out."""

from functools import partial

from flask import Flask

from surveyapp import jobs
from surveyapp.extensions import db

LOOK_EVERY = 60  # minutes


def init_app(app: Flask) -> None:
    """Serve the pages of both sides, and record silence once a day to answer by has passed."""
    # Imported only now: the services of this room are also used where there are no pages.
    from surveyapp.checking import sending
    from surveyapp.checking.routes import bp, member

    with app.app_context():
        sessions = db.sessionmaker
    jobs.of(app).add("note_silence", partial(sending.note_silence, sessions), every=LOOK_EVERY)
    app.register_blueprint(bp)
    app.register_blueprint(member)
