"""The public home page: the surveys, the state of each return, and the review to download."""

from flask import Flask

from surveyapp.home.routes import bp


def init_app(app: Flask) -> None:
    """Serve the home page."""
    app.register_blueprint(bp)
