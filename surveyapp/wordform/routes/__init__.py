"""The pages of the Word form, the questions on paper, and the copy of what was submitted."""

from surveyapp.wordform.routes.form import bp, paper
from surveyapp.wordform.routes.receipt import bp as receipt

__all__ = ["bp", "paper", "receipt"]
