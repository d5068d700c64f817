"""Answers: what people give under each question type, read into what is stored, and read back.

What is stored is a small mapping that JSON can carry; an empty one means that nothing was answered.
Every type also takes `{"missing": "don't know"}` or `{"missing": "not applicable"}`.

maturity        {"rating": 3}
single          {"option": code}, with "other" for the words beside something else
multiple        {"options": [code, …]}, likewise
number          {"number": 12.5}, with "period" where the answer covers another than was asked
date            {"date": "2015-03-01"}
short, long     {"text": "…"}
document        {"title", "kind", "url", "dated", "owner", "file", "may_share"}, one an entry
contact         {"name", "role", "email", "phone", "strands", "may_publish"}, one an entry
group           {code of a part: its own answer, …}, one an entry
"""

from surveyapp.definitions.answers.errors import AnswerError, Problem
from surveyapp.definitions.answers.reader import first_field, problems, read
from surveyapp.definitions.answers.writing import as_text, count_words, written

__all__ = [
    "AnswerError",
    "Problem",
    "as_text",
    "count_words",
    "first_field",
    "problems",
    "read",
    "written",
]
