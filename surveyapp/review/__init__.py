"""The review: what authorities said, handed to synthesis, built, numbered and compared."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Serve the pages of this room."""
    # Imported only now: the services of this room are also used where there are no pages.
    from surveyapp.review.routes import bp

    app.register_blueprint(bp)
