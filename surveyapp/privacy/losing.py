"""What erasing takes away besides the words: every build and export that was made so far."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp import built, leftovers
from surveyapp.config import Settings
from surveyapp.models import Build, Export, Survey


@dataclass(frozen=True, slots=True)
class Lost:
    """How many files there are to lose, and which build was signed off; 0 where none was."""

    builds: int
    signed_off: int
    exports: int
    # The review that the home page offers, made by whoever runs this service.
    review: bool = False
    brought: bool = False

    @property
    def is_any(self) -> bool:
        """Tell whether there is anything to lose."""
        return bool(self.builds or self.exports or self.review or self.brought)


def lost(session: Session, settings: Settings, survey: Survey) -> Lost:
    """Return what would be removed if words were erased now, in three queries."""
    builds = select(func.count()).where(
        Build.survey_id == survey.id, Build.forgotten_at.is_(None), Build.done_at.is_not(None)
    )
    exports = select(func.count()).where(Export.survey_id == survey.id)
    signed_off = built.signed_off(session, survey)
    return Lost(
        builds=session.scalar(builds.select_from(Build)) or 0,
        signed_off=signed_off.number if signed_off else 0,
        exports=session.scalar(exports.where(Export.file_key.is_not(None)).select_from(Export))
        or 0,
        review=leftovers.has_review(settings, survey),
        brought=any((settings.instance / leftovers.BROUGHT / survey.id.hex).glob("**/*")),
    )
