"""Getting in and out: personal links, the second step of staff, who sees what, signing out."""

from flask import Flask
from flask_wtf.csrf import CSRFError

from surveyapp.account.cli import demo
from surveyapp.account.routes import carrying, entrance, mine, second_step
from surveyapp.guards import SignInNeededError


def init_app(app: Flask) -> None:
    """Serve the pages, and carry what was typed across a sign-in."""
    for room in (entrance.bp, second_step.bp, mine.bp):
        app.register_blueprint(room)
    app.register_error_handler(SignInNeededError, carrying.sign_in_needed)
    app.register_error_handler(CSRFError, carrying.press_again)
    app.cli.add_command(demo)
