"""Exchange: the coding out to other programs and in again, and the whole survey as one file."""

from flask import Flask

from surveyapp.config import Settings


def init_app(app: Flask) -> None:
    """Serve the pages of this room, and make the files it offers."""
    # Imported only now: the services of this room are also used where there are no pages.
    from surveyapp import exporting
    from surveyapp.exchange import making
    from surveyapp.exchange.routes import bp

    settings: Settings = app.config["SETTINGS"]
    exporting.MAKERS.update(making.makers(settings.instance / "uploads"))
    app.register_blueprint(bp)
