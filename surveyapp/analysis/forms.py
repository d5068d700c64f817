"""What the consultant types in this room."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, TextAreaField

from surveyapp.analysis.summaries import Written


class SeenForm(FlaskForm):
    """What somebody had before them: the version of a summary, and what its cell rested on."""

    seen = IntegerField(default=0)
    rests_on = HiddenField(default="")


class SummaryForm(SeenForm):
    """A cell's summary."""

    text = TextAreaField()

    def written(self) -> Written:
        """Return what was typed."""
        words = (self.text.data or "").replace("\r\n", "\n").strip()
        return Written(words, self.seen.data or 0, self.rests_on.data or "")
