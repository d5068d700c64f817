"""What people type and press on the way in."""

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Email, Length

from surveyapp.account.services import tidy

ADDRESS = "Enter an email address in the correct format, like name@example.com"


class ButtonForm(FlaskForm):
    """A button and nothing else."""


class AddressForm(FlaskForm):
    """Where to send a link."""

    email = StringField(
        "Email address",
        filters=[tidy],
        validators=[
            DataRequired("Enter your email address"),
            Length(max=254, message=ADDRESS),
            Email(ADDRESS),
        ],
    )


class CodeForm(FlaskForm):
    """A code from an authenticator app, or one kept for the day the telephone is lost."""

    code = StringField(
        "Code",
        filters=[lambda typed: (typed or "").strip()],
        validators=[DataRequired("Enter the code"), Length(max=40, message="Enter the code")],
    )
