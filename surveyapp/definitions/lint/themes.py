"""Themes: well formed, in the codebook when they are asked about, and asked about if strands."""

import io
from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from surveyapp.definitions import codebook, interview, questionnaire
from surveyapp.definitions.codebook import CodebookFile
from surveyapp.definitions.faults import Fault, suggestion
from surveyapp.definitions.interview import InterviewGuide
from surveyapp.definitions.questionnaire import Questionnaire
from synthesis import cues
from synthesis.codebook import Codebook, Theme, read_examples
from synthesis.errors import InputError

_ASKED_ABOUT: Final = ("strand", "outcome")


def of_codebook(book: CodebookFile) -> Iterator[Fault]:
    """Find themes with one code, and cues that cannot be read."""
    if not book.themes:
        yield Fault(codebook.NAME, "", "The codebook has no themes.", "Add [[themes]].")
    for code, count in Counter(theme.code for theme in book.themes).items():
        if count > 1:
            what = f"The code {code} is used {count} times."
            yield Fault(codebook.NAME, f"theme {code}", what, "Give each theme a code of its own.")
    for theme in book.themes:
        yield from _cues(theme)


def _cues(theme: Theme) -> Iterator[Fault]:
    try:
        cues.of(Codebook("", "", (theme,)))
    except InputError as error:
        yield Fault(codebook.NAME, f"theme {theme.code}", error.fault, error.remedy)


def of_examples(book: CodebookFile, texts: Mapping[str, str]) -> Iterator[Fault]:
    """Find what stops the coded examples that a codebook names from being read."""
    if not book.examples:
        return
    if book.examples not in texts:
        what = f"The coded examples are to be in {book.examples}, which is missing."
        yield Fault(codebook.NAME, "", what, "Put the file back, or take `examples` out.")
        return
    codes = frozenset(theme.code for theme in book.themes)
    stream = io.BytesIO(texts[book.examples].encode())
    try:
        deque(read_examples(stream, book.examples, codes), maxlen=0)
    except InputError as error:
        yield of_input(error)


def of_input(error: InputError) -> Fault:
    """Return what `synthesis` refuses as a fault: its place is a file and, perhaps, an item."""
    file, _, item = error.place.partition(", ")
    return Fault(file, item, error.fault, error.remedy)


def of_questionnaire(asked: Questionnaire, themes: Collection[str]) -> Iterator[Fault]:
    """Find sections and questions about themes that the codebook does not have."""
    named = [(f"section {section.code}", section.theme) for section in asked.sections]
    named += [(f"question {code}", question.theme) for code, question in asked.by_code.items()]
    return _unknown(questionnaire.NAME, named, themes)


def of_interview(guide: InterviewGuide, themes: Collection[str]) -> Iterator[Fault]:
    """Find prompts about themes that the codebook does not have."""
    named = [(f"prompt {prompt.code}", prompt.theme) for prompt in guide.prompts]
    return _unknown(interview.NAME, named, themes)


def _unknown(
    file: str, named: Iterable[tuple[str, str]], themes: Collection[str]
) -> Iterator[Fault]:
    for item, theme in named:
        if theme and theme not in themes:
            what = f"The theme {theme} is not in the codebook."
            remedy = f"Name a theme of the codebook, or add this one.{suggestion(theme, themes)}"
            yield Fault(file, item, what, remedy)


def not_asked_about(
    book: CodebookFile, asked: Questionnaire, guide: InterviewGuide | None
) -> Iterator[Fault]:
    """Warn of strands and outcomes that no question and no prompt is about."""
    covered = {asked.theme_of(code) for code in asked.by_code}
    covered |= {prompt.theme for prompt in guide.prompts} if guide else set()
    for theme in book.themes:
        if theme.kind in _ASKED_ABOUT and theme.code not in covered:
            what = f"No question or prompt asks about {theme.name}."
            remedy = "Ask about it, or expect the review to say that nobody was asked."
            yield Fault(codebook.NAME, f"theme {theme.code}", what, remedy, "warning")
