"""The pages of this room, at /review/<survey code>/."""

from surveyapp.review.routes import overview
from surveyapp.review.routes.room import bp

__all__ = ["bp", "overview"]
