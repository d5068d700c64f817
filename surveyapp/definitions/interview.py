"""The interview guide: prompts, and the probes that are offered when answers call for them."""

from typing import Final

from pydantic import StrictInt

from surveyapp.definitions import mending
from surveyapp.definitions.conditions import Condition
from surveyapp.definitions.reading import Frozen, Source, Words
from surveyapp.definitions.snapshots import Snapshot

NAME: Final = "interview.toml"


class Probe(Frozen):
    """A follow-up, offered when its condition holds on the written answers, or always."""

    code: Words
    text: Words
    when: Condition | None = None


class Prompt(Frozen):
    """One thing the interviewer asks about, with the minutes set aside for it."""

    code: Words
    text: Words
    title: str = ""
    theme: str = ""
    hint: str = ""
    minutes: StrictInt | None = None
    probes: tuple[Probe, ...] = ()


class InterviewGuide(Snapshot):
    """Everything that is asked by telephone, in order; consent is read out and recorded first."""

    code: Words
    title: Words
    introduction: str = ""
    consent: tuple[Words, ...] = ()
    prompts: tuple[Prompt, ...] = ()

    def prompt(self, code: str) -> Prompt:
        """Return the prompt with this code; KeyError where there is none."""
        return {prompt.code: prompt for prompt in self.prompts}[code]


def parse(source: Source, name: str = NAME) -> InterviewGuide:
    """Return the interview guide in a file, or raise every fault in its shape."""
    return mending.parse(InterviewGuide, source, name)
