"""What is typed and chosen in this room; meaning is checked by the services."""

import math
import re

from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from surveyapp.agreement.drawing import Pool
from surveyapp.forms import stripped

HOW_MUCH = re.compile(r"(\d{1,4}) ?(%?)", re.ASCII)


class DrawForm(FlaskForm):
    """Who is to code blind, how many authorities, and the seed that they are drawn by."""

    coder = StringField("Who codes", validators=[DataRequired("Choose who codes the sample")])
    amount = StringField(
        "How many authorities",
        filters=[stripped],
        validators=[DataRequired("Enter how many authorities, such as 4, or a share, such as 20%")],
    )
    seed = IntegerField("Seed", validators=[InputRequired(), NumberRange(0, 999_999)])

    def pool(self, pools: list[Pool]) -> Pool | None:
        """Return what the chosen person may be given; an error stands where there is nothing."""
        found = next((one for one in pools if one.person.id.hex == self.coder.data), None)
        if found is None:
            _add(self.coder, "Choose who codes the sample")
        elif not found.free:
            _add(self.coder, f"{found.person.name} knows all authorities; choose somebody else")
        return found if found and found.free else None

    def count(self, pool: Pool) -> int:
        """Return how many authorities are meant; 0 with an error where that cannot be done."""
        match, free = HOW_MUCH.fullmatch(self.amount.data or ""), len(pool.free)
        if match is None:
            _add(self.amount, "Enter a whole number, such as 4, or a share, such as 20%")
            return 0
        typed = int(match.group(1))
        count = math.ceil(free * typed / 100) if match.group(2) else typed
        if not 1 <= count <= free:
            _add(self.amount, f"Enter a number from 1 to {free}, or a share from 1% to 100%")
            return 0
        return count


class ReasonForm(FlaskForm):
    """Why a difference was settled as it was."""

    reason = TextAreaField(
        "Why",
        filters=[lambda typed: (typed or "").strip()],
        validators=[Length(max=2000, message="The reason must be 2,000 characters or fewer")],
    )


def _add(field: StringField, problem: str) -> None:
    field.errors = (*field.errors, problem)
