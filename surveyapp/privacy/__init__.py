"""Privacy: words that may identify a child, held back until a person clears or erases them."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Serve the pages of this room."""
    # Imported only now: the services of this room are also used where there are no pages.
    from surveyapp.privacy.routes import bp, noticing

    app.register_blueprint(bp)
    app.register_blueprint(noticing.bp)
    noticing.init_app(app)
