"""The pages of this room, at /review/<survey code>/."""

from surveyapp.review.routes import build, overview, registers, texts
from surveyapp.review.routes.room import bp

__all__ = ["bp", "build", "overview", "registers", "texts"]
