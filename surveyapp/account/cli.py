"""The commands about people: links for the demo, and the first staff accounts."""

import datetime as dt

import click
from email_validator import EmailNotValidError, validate_email
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import audit, links
from surveyapp.account import second_factor
from surveyapp.account import staff as accounts
from surveyapp.config import Settings
from surveyapp.errors import AlreadyThereError
from surveyapp.extensions import begin_writing, db
from surveyapp.models import Authority, Contributor, Interview, Person, Submission, Survey
from surveyapp.models.person import STAFF_ROLES
from surveyapp.people import tidy

demo = AppGroup("demo", help="See the example region as the people in it do.")
staff = AppGroup("staff", help="Make the first staff account, or help an administrator back in.")


@demo.command("links")
@click.option("--authority", default="Dunmere", help="Whose coordinator and contributor to be.")
def print_links(authority: str) -> None:
    """Print a link for each kind of person: coordinator, contributor, and each role of staff."""
    settings: Settings = current_app.config["SETTINGS"]
    if not settings.demo:
        raise click.ClickException("This is not a demo. Set DEMO=1, on your own machine only.")
    begin_writing(db.session)
    now = dt.datetime.now(dt.UTC)
    session = db.session
    lines = [*_contributors(session, authority, now), *_staff(session, now), *_asked(session, now)]
    db.session.commit()
    for who, token in lines:
        click.echo(f"{who}:\n  {links.address(settings, token)}")
    click.echo(
        f"The workbench, once you are signed in as the consultant:\n  {_workbench(settings)}"
    )


def _contributors(session: Session, authority: str, at: dt.datetime) -> list[tuple[str, str]]:
    parts = session.scalars(
        select(Contributor)
        .join(Contributor.submission)
        .join(Submission.survey)
        .join(Submission.authority)
        .join(Contributor.person)
        .where(Survey.is_example, Authority.name == authority, Contributor.left_at.is_(None))
        .order_by(Contributor.coordinator.desc(), Person.name)
        .limit(2)
    ).all()
    if not parts:
        raise click.ClickException(f"Nobody in the example completes a return for {authority}.")
    return [
        (
            f"{part.person.name}, {'coordinator' if part.coordinator else 'contributor'}"
            f" of {authority}",
            links.invite(session, part.person, part.submission, at),
        )
        for part in parts
    ]


def _staff(session: Session, at: dt.datetime) -> list[tuple[str, str]]:
    people = session.scalars(
        select(Person).where(Person.staff_role.is_not(None)).order_by(Person.name)
    ).all()
    by_role = {person.staff_role: person for person in reversed(people)}
    return [
        (f"{by_role[role].name}, {role}", links.sign_in(session, by_role[role], at))
        for role in STAFF_ROLES
        if role in by_role
    ]


def _asked(session: Session, at: dt.datetime) -> list[tuple[str, str]]:
    """Return a link for somebody interviewed, to a record that waits for their answer."""
    offered = (
        Interview.offered_at.is_not(None),
        Interview.confirmed_at.is_(None),
        Interview.cancelled_at.is_(None),
    )
    found = session.scalars(
        select(Interview)
        .join(Interview.submission)
        .join(Submission.survey)
        .join(Submission.authority)
        .where(Survey.is_example, Interview.interviewee_id.is_not(None), *offered)
        .order_by(Interview.answer_by.desc(), Authority.name)
        .limit(1)
    ).all()
    return [
        (
            f"{one.interviewee}, interviewed for {one.submission.authority.name}:"
            " the record to confirm",
            links.invite_to_interview(session, one.person, one, at),
        )
        for one in found
        if one.person is not None
    ]


def _workbench(settings: Settings) -> str:
    """Return the address of the example's workbench."""
    code = db.session.scalars(select(Survey.code).where(Survey.is_example).limit(1)).one()
    onward = current_app.url_map.bind("").build("coding.overview", {"code": code})
    return f"{settings.service_url.rstrip('/')}{onward}"


@staff.command("add")
@click.argument("email")
@click.argument("name")
@click.argument("role", type=click.Choice(STAFF_ROLES))
def add_staff(email: str, name: str, role: str) -> None:
    """Give the person with the address EMAIL a staff account; quote a NAME of two words."""
    settings: Settings = current_app.config["SETTINGS"]
    begin_writing(db.session)
    try:
        validate_email(email, check_deliverability=False)
        added = accounts.add(db.session, tidy(email), name, role)
    except EmailNotValidError as error:
        raise click.ClickException(f"{email} is not an email address.") from error
    except AlreadyThereError as error:
        raise click.ClickException(str(error)) from error
    audit.record(db.session, "staff.added", added, None, role=role)
    db.session.commit()
    where = f"{settings.service_url.rstrip('/')}/account/sign-in"
    click.echo(f"{added.name} is {role}. They ask for a link at {where}")


@staff.command("reset")
@click.argument("email")
def reset_staff(email: str) -> None:
    """Let the member of staff with the address EMAIL set up their second step anew."""
    begin_writing(db.session)
    found = db.session.scalars(
        select(Person).where(Person.email == tidy(email), Person.staff_role.is_not(None))
    ).one_or_none()
    if found is None:
        raise click.ClickException(f"No member of staff has the address {email}.")
    second_factor.forget(db.session, found, dt.datetime.now(dt.UTC))
    audit.record(db.session, "second_factor.reset", found, None)
    db.session.commit()
    click.echo(f"{found.name} sets up a second step anew when they sign in next.")
