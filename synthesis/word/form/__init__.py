"""Forms in Word: written with a content control for every answer, and read back.

Reading says everything it did not understand, so that no words are dropped silently.
"""

from synthesis.word.form.blocks import Choice, Field, Form, Heading, Kind, Words, known_as
from synthesis.word.form.reading import FormAnswers, Given, read, reference
from synthesis.word.form.walking import Notice
from synthesis.word.form.writing import write

__all__ = [
    "Choice",
    "Field",
    "Form",
    "FormAnswers",
    "Given",
    "Heading",
    "Kind",
    "Notice",
    "Words",
    "known_as",
    "read",
    "reference",
    "write",
]
