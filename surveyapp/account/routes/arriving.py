"""Where people arrive once they have signed in."""

from flask import url_for

from surveyapp.models import Person


def first_page(person: Person) -> str:
    """Return the address of what a person begins with: interviewers, with their interviews."""
    mine = "interview.index" if person.staff_role == "interviewer" else "account.mine"
    return url_for(mine)
