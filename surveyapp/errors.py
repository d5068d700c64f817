"""What can go wrong, in the survey's words. Routes decide how a page says it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass


class SurveyError(Exception):
    """Something a person can be told and can act on."""


class NotInTheQuestionnaireError(SurveyError):
    """A question or section that the published questionnaire does not have."""

    def __init__(self, code: str) -> None:
        """Name the code that is not there."""
        super().__init__(f"The questionnaire has no question or section {code}.")
        self.code = code


class ReturnClosedError(SurveyError):
    """An answer came after the return was submitted or the survey closed; the words are kept."""

    def __init__(self, reason: str, words: Mapping[str, object]) -> None:
        """Keep what was written, so that the page can show it again."""
        super().__init__(reason)
        self.words = words


class UnansweredError(SurveyError):
    """A section cannot be called finished while questions that must be answered are not."""

    def __init__(self, codes: tuple[str, ...]) -> None:
        """Name the questions that wait for an answer."""
        super().__init__(f"Answer {', '.join(codes)} before you mark this section as finished.")
        self.codes = codes


@dataclass(frozen=True, slots=True)
class Saved:
    """One side of a conflict: what is stored, at which version, by whom and when."""

    value: Mapping[str, object]
    version: int
    author: str
    at: dt.datetime | None


class AnswerConflictError(SurveyError):
    """Two people changed the same answer; both texts are here, and neither is lost."""

    def __init__(self, question_code: str, mine: Mapping[str, object], theirs: Saved) -> None:
        """Keep both texts, so that the person can keep one or merge them."""
        super().__init__(f"Someone else has changed the answer to {question_code}.")
        self.question_code = question_code
        self.mine = mine
        self.theirs = theirs


class UseLevelConflictError(SurveyError):
    """Two people said differently how the words of a section may be used; the first word stands."""

    def __init__(self, stands: str) -> None:
        """Keep the use level that stands."""
        super().__init__("Somebody else has changed how these words may be used.")
        self.stands = stands


class NotSubmittedError(SurveyError):
    """A return cannot be opened again: it has not been submitted, or is open again already."""


class SurveyClosedError(SurveyError):
    """Something needs the survey to be open, and it is not."""


class AlreadyThereError(SurveyError):
    """Something that may exist only once exists already."""


class NotAnExampleError(SurveyError):
    """Something that may be done to an example only was asked for a real survey."""


class NotInTheGuideError(SurveyError):
    """A prompt that the published interview guide does not have."""

    def __init__(self, code: str) -> None:
        """Name the prompt that is not there."""
        super().__init__(f"The interview guide has no prompt {code}.")
        self.code = code


class NoteConflictError(SurveyError):
    """Two people changed the same note; both texts are here, and neither is lost."""

    def __init__(self, mine: str, theirs: str, version: int) -> None:
        """Keep both texts, so that the interviewer can keep one or merge them."""
        super().__init__("Someone else has changed this note.")
        self.mine = mine
        self.theirs = theirs
        self.version = version


class ConsentError(SurveyError):
    """Notes may not be kept before the person interviewed has agreed to them."""


class SlotTakenError(SurveyError):
    """A time that was offered is not free any more: somebody else was first, or it has passed."""


class BusyError(SurveyError):
    """Somebody who is to be in an interview is in another one at that time."""

    def __init__(self, name: str, at: dt.datetime) -> None:
        """Name who is busy, and when the other interview begins."""
        super().__init__(f"{name} has another interview at that time.")
        self.name = name
        self.at = at


class NotArrangeableError(SurveyError):
    """An interview has begun or has been called off: when and with whom it is stays as it is."""


class ArrangedMeanwhileError(SurveyError):
    """Somebody else has changed when or with whom an interview is, since the page was shown."""


class NoTimesError(SurveyError):
    """Nobody can choose a time, because none is offered that is free."""
