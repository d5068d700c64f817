"""What a consultant types, chooses and sends; meaning is checked by the services."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Regexp

from surveyapp.forms import address_field, stripped


class FileForm(FlaskForm):
    """A spreadsheet of contacts."""

    file = FileField("Spreadsheet", validators=[FileRequired("Choose a spreadsheet")])


class ConfirmForm(FlaskForm):
    """The rows that were checked, signed, so that they come back as they were."""

    rows = HiddenField(validators=[DataRequired()])


class InviteForm(FlaskForm):
    """Whom to invite, and the number that was shown."""

    who = HiddenField()
    count = HiddenField()


class PrivacyForm(FlaskForm):
    """Who answers for what people tell us in a survey, whom to ask, and how long it is kept."""

    controller = StringField(
        "Who is responsible",
        filters=[stripped],
        validators=[
            DataRequired("Enter which organisation is responsible for what people tell you"),
            Length(max=200, message="The organisation must be 200 characters or fewer"),
        ],
    )
    contact = StringField(
        "Whom people write to",
        filters=[stripped],
        validators=[
            DataRequired("Enter the address that people write to"),
            Length(max=200, message="The address must be 200 characters or fewer"),
        ],
    )
    kept_for = StringField(
        "How long answers are kept",
        filters=[stripped],
        validators=[
            DataRequired("Enter how long answers are kept"),
            Length(max=200, message="How long they are kept must be 200 characters or fewer"),
        ],
    )


class AboutForm(FlaskForm):
    """What a survey is called; its first day is read beside it."""

    title = StringField("Title", validators=[DataRequired("Enter a title"), Length(max=120)])
    region = StringField("Region", validators=[DataRequired("Enter the region"), Length(max=120)])


class SetUpForm(AboutForm, PrivacyForm):
    """The name of a new survey and who is responsible; its dates are read beside it."""

    code = StringField(
        "Code",
        validators=[
            DataRequired("Enter a code"),
            Regexp(
                r"^[a-z0-9]+(-[a-z0-9]+)*$",
                message="Use small letters, figures and hyphens only, such as early-help-2015",
            ),
            Length(max=60),
        ],
    )


class PersonForm(FlaskForm):
    """A person's name, address and job title, put right."""

    name = StringField(
        "Full name",
        filters=[stripped],
        validators=[
            DataRequired("Enter their full name"),
            Length(max=200, message="The name must be 200 characters or fewer"),
        ],
    )
    email = address_field("Email address", "Enter their email address")
    job_title = StringField(
        "Job title",
        filters=[stripped],
        validators=[Length(max=200, message="The job title must be 200 characters or fewer")],
    )


class NoteForm(FlaskForm):
    """What the consultant adds to every invitation."""

    note = TextAreaField("Note", validators=[Length(max=2000)])
