"""Analysis: the framework matrix, cross-tabulations, search, ratings, and instruments compared."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Serve the pages of this room."""
    # Imported only now: the services of this room are also used where there are no pages.
    from surveyapp.analysis.routes import bp

    app.register_blueprint(bp)
