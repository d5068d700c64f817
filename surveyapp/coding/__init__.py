"""Coding: passages read in their context, suggestions accepted or not, the codebook kept."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Serve the pages of this room."""
    # Imported only now: the services of this room are also used where there are no pages.
    from surveyapp.coding.routes import bp

    app.register_blueprint(bp)
