"""What the forms of more than one room have in common."""

from flask_wtf import FlaskForm
from wtforms import Field, StringField
from wtforms.validators import DataRequired, Email, Length

from surveyapp.people import tidy

ADDRESS = "Enter an email address in the correct format, like name@example.com"


class ButtonForm(FlaskForm):
    """A button and nothing else."""


def stripped(typed: str | None) -> str:
    """Return what was typed as one line, without the blanks around it."""
    return " ".join((typed or "").split())


def address_field(label: str, missing: str) -> Field:
    """Return a field for an e-mail address; missing is said where there is none."""
    return StringField(
        label,
        filters=[tidy],
        validators=[DataRequired(missing), Length(max=254, message=ADDRESS), Email(ADDRESS)],
    )
