"""More time, told to everybody who can use it: one message a person for each new last day."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from surveyapp import links, mail, published
from surveyapp.coordinate.invitations import UNMADE_LINK, Inviting
from surveyapp.mail.rendering import Rendered, render
from surveyapp.models import AuditEvent, Authority, Contributor, Mail, Person, Submission, Survey


def to_tell(session: Session, survey: Survey) -> Sequence[Contributor]:
    """Return who has been invited, has not submitted, and has not been told of this last day.

    An address that mail comes back from is left out: the tracker asks for another.
    """
    invited = session.scalars(
        select(Contributor)
        .join(Contributor.person)
        .join(Contributor.submission)
        .join(Submission.authority)
        .where(
            Submission.survey_id == survey.id,
            Submission.submitted_at.is_(None),
            Contributor.invited_at.is_not(None),
            Contributor.left_at.is_(None),
        )
        .options(
            contains_eager(Contributor.person),
            contains_eager(Contributor.submission).options(
                contains_eager(Submission.authority), joinedload(Submission.questionnaire)
            ),
        )
        .order_by(Authority.name, Person.name, Contributor.id)
    ).all()
    keys = {_key(survey, one): one for one in invited}
    told = set(session.scalars(select(Mail.key).where(Mail.key.in_(keys))))
    back = set(session.scalars(select(Mail.to_address).where(Mail.bounced_at.is_not(None))))
    return [one for key, one in keys.items() if key not in told and one.person.email not in back]


def was_extended(session: Session, survey: Survey) -> bool:
    """Say whether a survey has ever been given another last day than it was set up with."""
    extended = select(AuditEvent.id).where(
        AuditEvent.action == "survey.extended", AuditEvent.subject_id == str(survey.id)
    )
    return session.scalars(extended.limit(1)).first() is not None


def preview(inviting: Inviting, to: Contributor) -> Rendered:
    """Return the message that a person will get; its link is made only when it is sent."""
    ask = published.privacy(to.submission).contact
    return render("extended", to.person.name, _context(inviting, to, UNMADE_LINK), ask)


def tell(session: Session, inviting: Inviting, people: Iterable[Contributor]) -> int:
    """Write to each of these people; return how many there were."""
    wanted = tuple(people)
    for one in wanted:
        token = links.invite(session, one.person, one.submission, inviting.at)
        mail.queue(
            session,
            kind="extended",
            to=one.person,
            key=_key(inviting.survey, one),
            context=_context(inviting, one, links.address(inviting.settings, token)),
            submission=one.submission,
        )
    return len(wanted)


def _key(survey: Survey, one: Contributor) -> str:
    return f"extended:{one.id}:{survey.closes_on}"


def _context(inviting: Inviting, to: Contributor, link: str) -> dict[str, object]:
    return {
        "survey_title": inviting.survey.title,
        "authority": to.submission.authority.name,
        "link": link,
        "closes_on": inviting.survey.closes_on,
    }
