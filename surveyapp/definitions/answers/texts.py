"""Words as they are typed: cleaned of what no one sees, counted, and kept within their limits."""

import re
from typing import Final

from surveyapp.definitions.answers.errors import AnswerError, Problem
from surveyapp.definitions.questions import TextQuestion
from surveyapp.definitions.values import Answers, Stored

LINE: Final = 500  # characters; what fits no line is no name, title or address
_LINE_ENDS: Final = re.compile(r"\r\n|[\r\u0085\u2028\u2029]")
# Characters that nobody types or sees; databases and Word refuse most of them.
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(raw: object, field: str) -> str:
    """Return what was typed, with one kind of line end and nothing unseen; nothing typed is ""."""
    if raw is None:
        return ""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise AnswerError(Problem(field, "Enter this in words."))
    return _UNSEEN.sub("", _LINE_ENDS.sub("\n", str(raw))).strip()


def line(raw: object, field: str) -> str:
    """Return what was typed as one line of words."""
    words = " ".join(clean(raw, field).split())
    if len(words) > LINE:
        raise AnswerError(Problem(field, f"Shorten this to {LINE} characters or fewer."))
    return words


def count(words: str) -> int:
    """Count words as the page does while they are typed: anything between spaces is one."""
    return len(words.split())


def read(question: TextQuestion, raw: Answers) -> Stored:
    """Read an answer in words."""
    words = clean(raw.get("text"), "text")
    words = " ".join(words.split()) if question.type == "short" else words
    limit, found = question.words, count(words)
    if limit is not None and found > limit:
        message = f"Your answer is {found} words. Shorten it to {limit} words or fewer."
        raise AnswerError(Problem("text", message))
    return {"text": words} if words else {}
