"""Forms that more than one room shows: so far, a button alone."""

from flask_wtf import FlaskForm


class ButtonForm(FlaskForm):
    """A button and nothing else."""
