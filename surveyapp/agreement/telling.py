"""The second coder is written to when a sample is theirs to code; who drew it, when it is done."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import mail
from surveyapp.agreement import samples
from surveyapp.config import Settings
from surveyapp.models import Mail, Sample


def tell(
    session: Session, sample: Sample, settings: Settings, instead_of: Sample | None = None
) -> bool:
    """Write to the coder of a sample, and say whether that was done.

    Nobody is written to about an example: its people are invented.
    """
    if sample.survey.is_example and settings.mail != "outbox":
        return False
    session.flush()
    standing = samples.standing(session, sample)
    mail.queue(
        session,
        kind="sample_drawn",
        to=sample.coder,
        key=_key(sample),
        context={
            "survey_title": sample.survey.title,
            "link": f"{settings.service_url.rstrip('/')}/blind/{sample.id}/",
            "drawn_by": sample.drawn_by.name,
            "authorities": len(sample.authorities),
            "passages": standing.passages,
            "minutes": standing.minutes,
            "instead": instead_of is not None,
        },
    )
    return True


def tell_finished(session: Session, sample: Sample, settings: Settings) -> bool:
    """Write to whoever drew a sample that it is coded, and say whether that was done."""
    if sample.survey.is_example and settings.mail != "outbox":
        return False
    session.flush()
    where = f"agreement/{sample.survey.code}/samples/{sample.id}/"
    mail.queue(
        session,
        kind="sample_finished",
        to=sample.drawn_by,
        key=f"sample_finished:{sample.id}",
        context={
            "survey_title": sample.survey.title,
            "link": f"{settings.service_url.rstrip('/')}/{where}",
            "coder": sample.coder.name,
            "passages": samples.standing(session, sample).done,
        },
    )
    return True


def letter(session: Session, sample: Sample) -> Mail | None:
    """Return the message that the coder of a sample was sent, if there is one."""
    return session.scalars(select(Mail).where(Mail.key == _key(sample))).one_or_none()


def _key(sample: Sample) -> str:
    return f"sample_drawn:{sample.id}"
