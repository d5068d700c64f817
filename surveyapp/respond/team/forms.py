"""What a coordinator types about a colleague; whether they can join is for the services to say."""

from flask_wtf import FlaskForm
from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from surveyapp.definitions.answers.texts import clean
from surveyapp.forms import address_field

LONGEST, LONGEST_NOTE = 120, 2000


def one_line(typed: str | None) -> str:
    """Return what was typed as one line: a name with a second one could forge a message."""
    return " ".join(clean(typed, "").split())


def lines(typed: str | None) -> str:
    """Return what was typed without what nobody sees."""
    return clean(typed, "")


class InviteForm(FlaskForm):
    """A colleague to be invited, with a note for them and the sections that they take."""

    name = StringField(
        "Full name",
        filters=[one_line],
        validators=[
            DataRequired("Enter the name of your colleague"),
            Length(max=LONGEST, message=f"Name must be {LONGEST} characters or fewer"),
        ],
    )
    email = address_field("Work email address", "Enter their work email address")
    job_title = StringField(
        "Job title",
        filters=[one_line],
        validators=[
            DataRequired("Enter their job title"),
            Length(max=LONGEST, message=f"Job title must be {LONGEST} characters or fewer"),
        ],
    )
    note = TextAreaField(
        "Note for them (optional)",
        filters=[lines],
        validators=[
            Length(max=LONGEST_NOTE, message=f"Note must be {LONGEST_NOTE} characters or fewer")
        ],
    )
    sections = SelectMultipleField("Sections to hand over now (optional)")
