"""The pages of a return, by what a person does there."""

from surveyapp.respond.routes import colleagues, conflicts, finishing, sections, tasks, typing
from surveyapp.respond.routes.doorway import bp

__all__ = ["bp", "colleagues", "conflicts", "finishing", "sections", "tasks", "typing"]
