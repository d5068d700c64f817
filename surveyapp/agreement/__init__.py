"""Agreement: a blind second coder, how far coders and the tagger agree, and what they do not."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Serve the pages of this room."""
    # Imported only now: the services of this room are also used where there are no pages.
    from surveyapp.agreement.routes import blind, bp

    app.register_blueprint(bp)
    app.register_blueprint(blind)
