"""What the forms of more than one room have in common."""

from flask_wtf import FlaskForm
from wtforms import Field, StringField
from wtforms.validators import DataRequired, Email, Length

from surveyapp.definitions.values import as_date
from surveyapp.people import tidy

ADDRESS = "Enter an email address in the correct format, like name@example.com"


class ButtonForm(FlaskForm):
    """A button and nothing else."""


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

    def problem(self, name: str) -> str:
        """Return what is wrong with what was typed, under the name people know the date by."""
        if self.iso:
            return ""
        parts = {"a day": self.day, "a month": self.month, "a year": self.year}
        missing = [part for part, typed in parts.items() if not typed]
        if len(missing) == len(parts):
            return f"Enter the {name}"
        if missing:
            return f"The {name} must include {' and '.join(missing)}"
        return f"The {name} must be a real date, such as 31 7 2015"


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
