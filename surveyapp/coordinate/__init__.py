"""Running a survey: publish what is asked, open it, bring in authorities and people."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Serve the consultant's pages."""
    # Imported only now: the services of this room are also used where there are no pages.
    from surveyapp.coordinate.routes import bp

    app.register_blueprint(bp)
