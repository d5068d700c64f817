"""The pages of this room at /agreement/<survey code>/, and a blind coder's at /blind/<sample>/."""

from surveyapp.agreement.routes import blind_coding, differences, measures, overview, samples
from surveyapp.agreement.routes.blind_room import bp as blind
from surveyapp.agreement.routes.room import bp

__all__ = ["blind", "blind_coding", "bp", "differences", "measures", "overview", "samples"]
