"""The pages of this room, at /findings/<survey code>/."""

from surveyapp.findings.routes import against, overview, sharing, writing
from surveyapp.findings.routes.room import bp

__all__ = ["against", "bp", "overview", "sharing", "writing"]
