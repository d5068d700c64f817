"""What the consultant types in this room."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, TextAreaField

from surveyapp.analysis import citing
from surveyapp.analysis.summaries import Written


class SeenForm(FlaskForm):
    """What somebody had before them: the version of a summary, and what its cell rested on."""

    seen = IntegerField(default=0)
    rests_on = HiddenField(default="")


class SummaryForm(SeenForm):
    """A cell's summary; `shown` are the keys of the passages on the page, in their order."""

    text = TextAreaField()
    shown = HiddenField(default="")

    def resolve(self) -> None:
        """Let what was referred to by a number on the page be referred to by key."""
        self.text.data = citing.resolved(self.text.data or "", (self.shown.data or "").split())

    def written(self) -> Written:
        """Return what was typed."""
        words = (self.text.data or "").replace("\r\n", "\n").strip()
        return Written(words, self.seen.data or 0, self.rests_on.data or "")
