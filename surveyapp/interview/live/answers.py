"""What the person interviewed agreed to, as it was ticked on a form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, get_args

from surveyapp.interview.services import Consent
from surveyapp.models.submission import UseLevel

# What stands in the form where the answer is whatever the council said in writing.
AS_WRITTEN: Final = "as written"
YES_OR_NO: Final = ("yes", "no")
LEVELS: Final = (*get_args(UseLevel), AS_WRITTEN)
QUESTIONS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "notes": ("Select yes if they agree to notes", YES_OR_NO),
    "quotes": ("Select yes if they agree to be quoted word for word", YES_OR_NO),
    "use_level": ("Select how their words may be used", LEVELS),
}


@dataclass(frozen=True, slots=True)
class Answers:
    """What was ticked, by question, and what is missing."""

    ticked: Mapping[str, str]
    faults: Mapping[str, str]

    @property
    def consent(self) -> Consent:
        """Return the consent that this says, once nothing is missing."""
        return Consent(
            notes=self.ticked["notes"] == "yes",
            quotes=self.ticked["quotes"] == "yes",
            use_level=level(self.ticked["use_level"]),
        )


def read(form: Mapping[str, str]) -> Answers:
    """Read the answers from a form; whoever wants no notes need not be asked the rest."""
    ticked = {name: form.get(name, "") for name in QUESTIONS}
    if ticked["notes"] == "no":
        ticked = {"quotes": "no", "use_level": "withheld"} | {k: v for k, v in ticked.items() if v}
    faults = {
        name: problem for name, (problem, known) in QUESTIONS.items() if ticked[name] not in known
    }
    return Answers(ticked, faults)


def stored(consent: Consent | None) -> Mapping[str, str]:
    """Return what a form shows of a consent that was recorded."""
    if consent is None:
        return dict.fromkeys(QUESTIONS, "")
    return {
        "notes": YES_OR_NO[not consent.notes],
        "quotes": YES_OR_NO[not consent.quotes],
        "use_level": consent.use_level or AS_WRITTEN,
    }


def level(said: str) -> UseLevel | None:
    """Return the use level with this name; None for what the council said in writing."""
    levels: tuple[UseLevel, ...] = get_args(UseLevel)
    return next((one for one in levels if one == said), None)
