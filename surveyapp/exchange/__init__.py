"""Exchange: the coding out to other programs and in again, and the whole survey as one file."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Serve the pages of this room."""
    # Imported only now: the services of this room are also used where there are no pages.
    from surveyapp.exchange.routes import bp

    app.register_blueprint(bp)
