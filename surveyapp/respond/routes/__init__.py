"""The pages of a return, by what a person does there."""

from surveyapp.respond.routes import (
    attachments,
    colleagues,
    conflicts,
    finishing,
    kept,
    sections,
    tasks,
    team,
    typing,
)
from surveyapp.respond.routes.doorway import bp

__all__ = [
    "attachments",
    "bp",
    "colleagues",
    "conflicts",
    "finishing",
    "kept",
    "sections",
    "tasks",
    "team",
    "typing",
]
