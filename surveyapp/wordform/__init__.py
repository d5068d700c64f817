"""The questionnaire as a Word form: handed out, sent back filled in, compared and accepted."""

from flask import Flask

from surveyapp.wordform.routes import bp


def init_app(app: Flask) -> None:
    """Serve the pages of the Word form."""
    app.register_blueprint(bp)
