"""Getting in and out: links, the second step, organisations, staff, who sees what, signing out."""

from flask import Flask
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError

from surveyapp.account import cli
from surveyapp.account.routes import (
    carrying,
    colleagues,
    elsewhere,
    entrance,
    mine,
    organisation,
    second_step,
    security,
)
from surveyapp.guards import SignInNeededError

ROOMS = (entrance, second_step, elsewhere, mine, security, colleagues)


def init_app(app: Flask) -> None:
    """Serve the pages, and carry what was typed across a sign-in."""
    organisation.init_app(app, app.config["SETTINGS"])
    for room in ROOMS:
        app.register_blueprint(room.bp)
    app.register_error_handler(SignInNeededError, carrying.sign_in_needed)
    app.register_error_handler(CSRFError, carrying.press_again)
    app.register_error_handler(RateLimitExceeded, carrying.too_many)
    app.cli.add_command(cli.demo)
    app.cli.add_command(cli.staff)
