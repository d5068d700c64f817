"""What people type and press on the way in, and when they change how they get in."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.validators import AnyOf, DataRequired, Length

from surveyapp.forms import address_field, stripped
from surveyapp.models.person import STAFF_ROLES

NO_ROLE = "Select a role"


class AddressForm(FlaskForm):
    """Where to send a link."""

    email = address_field("Email address", "Enter your email address")


class CodeForm(FlaskForm):
    """A code from an authenticator app, or one kept for the day the telephone is lost."""

    code = StringField(
        "Code",
        filters=[lambda typed: (typed or "").strip()],
        validators=[DataRequired("Enter the code"), Length(max=40, message="Enter the code")],
    )


class PasskeyForm(FlaskForm):
    """What the browser answers when it is asked for a passkey."""

    answer = HiddenField(
        validators=[DataRequired("Your browser did not send a passkey. Try again.")]
    )


class NameForm(FlaskForm):
    """What a person calls a passkey."""

    name = StringField(
        "Name of this passkey",
        filters=[stripped],
        validators=[
            DataRequired("Enter a name for this passkey, such as ‘work laptop’"),
            Length(max=60, message="The name must be 60 characters or less"),
        ],
    )


class NewPasskeyForm(NameForm):
    """A new passkey and its name."""

    answer = HiddenField(
        validators=[DataRequired("Your browser did not send a passkey. Try again.")]
    )


class RoleForm(FlaskForm):
    """What a member of staff is to be."""

    roles = STAFF_ROLES
    role = StringField("Role", validators=[AnyOf(STAFF_ROLES, NO_ROLE)])


class InviteForm(RoleForm):
    """A new member of staff."""

    name = StringField(
        "Full name",
        filters=[stripped],
        validators=[
            DataRequired("Enter their full name"),
            Length(max=200, message="The name must be 200 characters or less"),
        ],
    )
    email = address_field("Work email address", "Enter their email address")
