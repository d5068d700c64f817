"""Everything a review rests on: what each authority returned, said, rated, shared and agreed to."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

UseLevel = Literal["named", "unnamed", "withheld"]

ReturnState = Literal["returned", "partial", "not returned"]
Confirmed = bool | None | Literal["authority"]
"""Whether the person interviewed stands by words; "authority" where only their authority does."""
Strength = Literal["claimed", "local data", "independent evaluation", "comparison"]


@dataclass(frozen=True, slots=True)
class Response:
    """One authority's words under one question or prompt, written or spoken.

    `source` is questionnaire, interview or document. `verbatim` is false for an interviewer's
    paraphrase, which is never printed in quotation marks. `asked` is the theme that the question
    or prompt asks about, where its code does not already begin with it. `confirmed` tells whether
    the person interviewed has said that these are their words, or what they meant; it is None
    where nobody is asked, as of written words. `checked` are the stretches of it that its authority
    has stood by since, when it was shown what is printed of them.
    """

    id: str
    text: str
    authority: str = ""
    source: str = "questionnaire"
    question_code: str = ""
    question: str = ""
    asked: str = ""
    use_level: UseLevel = "named"
    verbatim: bool = True
    confirmed: bool | None = None
    attributes: Mapping[str, str] = field(default_factory=dict, hash=False)
    checked: tuple[tuple[int, int], ...] = ()
    instead_of: "Replaced | None" = None

    def stood_by(self, start: int, end: int) -> Confirmed:
        """Say who stands by some of its words, where somebody is asked."""
        within = any(first <= start and end <= last for first, last in self.checked)
        if within and self.confirmed is False:
            return "authority"
        return self.confirmed

    def is_own(self, start: int, end: int) -> bool:
        """Say whether some of its words may be quoted as those of whoever said them.

        What an interviewer noted in words of their own is quoted once somebody stands by it.
        """
        return self.verbatim or bool(self.stood_by(start, end))


@dataclass(frozen=True, slots=True)
class Replaced:
    """Words that their authority put others in place of, and what coders made of them.

    `given` are the themes that a coder gave them, `refused` those that one turned down. Once they
    were `finished`, nothing else that was suggested for them counts.
    """

    response: Response
    start: int
    end: int
    given: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    finished: bool = False


@dataclass(frozen=True, slots=True)
class Authority:
    """A local authority: its name in the review, its code, and every word that would name it."""

    code: str
    name: str
    type: str = ""
    aliases: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Return:
    """What one authority sent back: the state of its questionnaire, its interviews, its sign-off.

    `interviews` were held, the last of them on `interviewed_on`; of `confirmed` the person
    interviewed has confirmed the record. Some more may be `under_way`.

    What the review prints of its words was last `shown_on` a day, and it last `answered_on` one.
    Where an answer to what was shown last has not come, `answer_by` is its last day, and
    `silent_on` the day on which it was recorded that none came.
    """

    authority: str
    questionnaire: ReturnState
    answered: int = 0
    asked: int = 0
    interviewed_on: dt.date | None = None
    signed_off_by: str = ""
    signed_off_on: dt.date | None = None
    interviews: int = 0
    confirmed: int = 0
    under_way: int = 0
    shown_on: dt.date | None = None
    answered_on: dt.date | None = None
    answer_by: dt.date | None = None
    silent_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Rating:
    """A maturity rating, 0 to 4; `value` is None for don't know and not applicable."""

    id: str
    authority: str
    question_code: str
    value: int | None
    missing: Literal["", "don't know", "not applicable"] = ""
    use_level: UseLevel = "named"


@dataclass(frozen=True, slots=True)
class Choice:
    """One option an authority ticked under a single or multiple choice question."""

    id: str
    authority: str
    question_code: str
    option: str
    use_level: UseLevel = "named"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number an authority gave, with its unit and the period it covers."""

    id: str
    authority: str
    question_code: str
    value: float
    unit: str
    period: str
    use_level: UseLevel = "named"


@dataclass(frozen=True, slots=True)
class SharedDocument:
    """Evidence an authority offers; listed only if `may_share`."""

    id: str
    authority: str
    theme: str
    title: str
    kind: str
    url: str = ""
    dated: dt.date | None = None
    checked: dt.date | None = None
    owner: str = ""
    may_share: bool = False
    file: str = ""  # the name of one that was given; who wants it asks for it by that name


@dataclass(frozen=True, slots=True)
class KeyContact:
    """Who to ask about a strand; listed only if `may_publish`."""

    id: str
    authority: str
    theme: str
    name: str
    role: str
    email: str = ""
    phone: str = ""
    may_publish: bool = False


@dataclass(frozen=True, slots=True)
class Practice:
    """An example worth copying, as the authority described it."""

    id: str
    authority: str
    theme: str
    title: str
    what: str
    need: str = ""
    impact: str = ""
    strength: Strength = "claimed"
    cost: str = ""
    lessons: str = ""
    consent: bool = False
    use_level: UseLevel = "named"


@dataclass(frozen=True, slots=True)
class Decision:
    """A coder's verdict on a theme for exact words of a response."""

    response: str
    start: int
    end: int
    words: str
    theme: str
    verdict: Literal["accept", "reject", "add"]
    coder: str = ""
    codebook: str = ""
    place: str = field(default="", compare=False)
    """The file and row it was read from, so that a fault in it can be found."""


@dataclass(frozen=True, slots=True)
class Finished:
    """Words that a coder has finished: what they were not given, they do not carry."""

    response: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Correction:
    """A note, by its response's id, that corrects a written answer or deepens it."""

    note: str
    answer: str
    kind: Literal["corrects", "deepens"]
    prevails: Literal["note", "answer", "both"]


CORRECTED: Final = "corrected by the authority"


@dataclass(frozen=True, slots=True)
class Held:
    """Words of a response that may identify a child, and that nobody has cleared.

    No passage that holds any of them is counted, quoted or printed. `kind` says what they look
    like, such as a date of birth; words that their authority has put others in place of are held
    in the same way, and are CORRECTED.
    """

    response: str
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Cited:
    """Exact words of a response that speak for a finding of the consultant's, or against it."""

    response: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class WrittenFinding:
    """A finding that the consultant wrote; how many authorities it holds for is counted from it."""

    id: str
    theme: str
    claim: str
    speak_for: tuple[Cited, ...]
    speak_against: tuple[Cited, ...] = ()


Overtaken = Response | Rating | Choice | Figure | SharedDocument | KeyContact | Practice
"""What other words of the same authority prevail over."""


@dataclass(frozen=True, slots=True)
class Material:
    """All the input of one review. `as_of` is the date printed on it; nothing reads the clock.

    What is `overtaken` is kept here and is no evidence: nothing of it is tagged, counted or quoted.
    """

    authorities: tuple[Authority, ...]
    responses: tuple[Response, ...]
    returns: tuple[Return, ...] = ()
    ratings: tuple[Rating, ...] = ()
    choices: tuple[Choice, ...] = ()
    figures: tuple[Figure, ...] = ()
    documents: tuple[SharedDocument, ...] = ()
    contacts: tuple[KeyContact, ...] = ()
    practices: tuple[Practice, ...] = ()
    shortlisted_of: int = 0
    """Out of how many examples these were shortlisted; 0 where nobody has shortlisted any."""
    decisions: tuple[Decision, ...] = ()
    corrections: tuple[Correction, ...] = ()
    overtaken: tuple[Overtaken, ...] = ()
    finished: tuple[Finished, ...] = ()
    decided_in_bulk: int = 0
    """How many of the decisions were made many at a time, without opening each passage."""
    finished_in_bulk: int = 0
    """How many passages were finished so, and never opened."""
    held: tuple[Held, ...] = ()
    cleared: tuple[str, ...] = ()
    """The hashes of words of which a person has said that they identify no child."""
    findings: tuple[WrittenFinding, ...] = ()
    as_of: dt.date | None = None
