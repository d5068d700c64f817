"""The second coder is written to when a sample is theirs to code; who drew it, when it is done."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import mail
from surveyapp.agreement import samples
from surveyapp.config import Settings
from surveyapp.mail.kinds import Kind
from surveyapp.models import Mail, Person, Sample


def tell(
    session: Session, sample: Sample, settings: Settings, instead_of: Sample | None = None
) -> bool:
    """Write to the coder of a sample, and say whether that was done.

    Nobody is written to about an example: its people are invented.
    """
    session.flush()
    standing = samples.standing(session, sample)
    told = {
        "drawn_by": sample.drawn_by.name,
        "authorities": len(sample.authorities),
        "passages": standing.passages,
        "minutes": standing.minutes,
        "instead": instead_of is not None,
    }
    letter = _Letter("sample_drawn", sample.coder, f"blind/{sample.id}/", told)
    return _write(session, sample, settings, letter)


def tell_finished(session: Session, sample: Sample, settings: Settings) -> bool:
    """Write to whoever drew a sample that it is coded, and say whether that was done."""
    session.flush()
    told = {"coder": sample.coder.name, "passages": samples.standing(session, sample).done}
    where = f"agreement/{sample.survey.code}/samples/{sample.id}/"
    letter = _Letter("sample_finished", sample.drawn_by, where, told)
    return _write(session, sample, settings, letter)


def letter(session: Session, sample: Sample) -> Mail | None:
    """Return the message that the coder of a sample was sent, if there is one."""
    return session.scalars(
        select(Mail).where(Mail.key == _key("sample_drawn", sample))
    ).one_or_none()


class _Letter(NamedTuple):
    """A message about a sample: whom it goes to, where it leads, and what else it says."""

    kind: Kind
    to: Person
    where: str
    told: Mapping[str, object]


def _write(session: Session, sample: Sample, settings: Settings, letter: _Letter) -> bool:
    if sample.survey.is_example and settings.mail != "outbox":
        return False
    link = f"{settings.service_url.rstrip('/')}/{letter.where}"
    mail.queue(
        session,
        kind=letter.kind,
        to=letter.to,
        key=_key(letter.kind, sample),
        context={"survey_title": sample.survey.title, "link": link, **letter.told},
    )
    return True


def _key(kind: Kind, sample: Sample) -> str:
    return f"{kind}:{sample.id}"
