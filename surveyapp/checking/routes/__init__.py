"""The pages of this room: the consultant's at /checking/, and each authority's at /checks/."""

from surveyapp.checking.routes import one, overview, theirs
from surveyapp.checking.routes.room import bp
from surveyapp.checking.routes.theirs import member

__all__ = ["bp", "member", "one", "overview", "theirs"]
