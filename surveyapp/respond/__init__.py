"""Completing a return: answers saved one by one, sections finished, the whole submitted."""

from flask import Flask

from surveyapp.respond.routes import bp


def init_app(app: Flask) -> None:
    """Serve the pages of a return."""
    app.register_blueprint(bp)
