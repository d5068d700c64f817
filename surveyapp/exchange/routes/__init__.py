"""The pages of this room, at /exchange/<survey code>/."""

from surveyapp.exchange.routes import overview, taking_away, taking_in
from surveyapp.exchange.routes.room import bp

__all__ = ["bp", "overview", "taking_away", "taking_in"]
