"""Findings written with their evidence, examples shortlisted, and introductions drawn up."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Serve the pages of this room."""
    # Imported only now: the services of this room are also used where there are no pages.
    from surveyapp.findings.routes import bp

    app.register_blueprint(bp)
