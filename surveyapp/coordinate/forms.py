"""What a consultant types, chooses and sends; meaning is checked by the services."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Regexp

from surveyapp.definitions.values import as_date

DAY = "Enter a date as day, month and year, such as 31 7 2015"


class DayFields:
    """Day, month and year in three boxes, as typed."""

    def __init__(self, name: str, typed: dict[str, str]) -> None:
        """Take what was typed in the boxes that belong to one date."""
        self.day, self.month, self.year = (
            typed.get(f"{name}-{part}", "").strip() for part in ("day", "month", "year")
        )

    @property
    def iso(self) -> str:
        """Return the date as year-month-day, or "" where it is none."""
        parts = (self.year.zfill(4), self.month.zfill(2), self.day.zfill(2))
        written = "-".join(parts)
        return written if as_date(written) else ""


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


class SetUpForm(FlaskForm):
    """The name of a new survey; its dates are read beside it."""

    title = StringField("Title", validators=[DataRequired("Enter a title"), Length(max=120)])
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
    region = StringField("Region", validators=[DataRequired("Enter the region"), Length(max=120)])


class NoteForm(FlaskForm):
    """What the consultant adds to every invitation."""

    note = TextAreaField("Note", validators=[Length(max=2000)])
