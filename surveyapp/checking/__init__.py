"""Member checking: each authority looks at its profile and its words before the review is out."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Serve the pages of this room."""
    # Imported only now: the services of this room are also used where there are no pages.
    from surveyapp.checking.routes import bp

    app.register_blueprint(bp)
