"""The command of the demo: links that let one in as each kind of person."""

import datetime as dt

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import links
from surveyapp.config import Settings
from surveyapp.extensions import begin_writing, db
from surveyapp.models import Authority, Contributor, Person, Submission, Survey
from surveyapp.models.person import STAFF_ROLES

demo = AppGroup("demo", help="See the example region as the people in it do.")


@demo.command("links")
@click.option("--authority", default="Dunmere", help="Whose coordinator and contributor to be.")
def print_links(authority: str) -> None:
    """Print a link for each kind of person: coordinator, contributor, and each role of staff."""
    settings: Settings = current_app.config["SETTINGS"]
    if not settings.demo:
        raise click.ClickException("This is not a demo. Set DEMO=1, on your own machine only.")
    begin_writing(db.session)
    now = dt.datetime.now(dt.UTC)
    lines = [*_contributors(db.session, authority, now), *_staff(db.session, now)]
    db.session.commit()
    for who, token in lines:
        click.echo(f"{who}:\n  {links.address(settings, token)}")


def _contributors(session: Session, authority: str, at: dt.datetime) -> list[tuple[str, str]]:
    parts = session.scalars(
        select(Contributor)
        .join(Contributor.submission)
        .join(Submission.survey)
        .join(Submission.authority)
        .join(Contributor.person)
        .where(Survey.is_example, Authority.name == authority)
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
