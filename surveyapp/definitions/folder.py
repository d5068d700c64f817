"""A folder of definitions: questionnaire, interview guide, codebook, outline and register as one.

Publishing keeps four snapshots of it. The questionnaire and the guide are kept as they were
understood; the codebook and the outline, which `synthesis` reads, as the text of their files.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from surveyapp.definitions import codebook, interview, lint, questionnaire, reading, register
from surveyapp.definitions.faults import DefinitionError, errors
from surveyapp.definitions.interview import InterviewGuide
from surveyapp.definitions.questionnaire import Questionnaire
from surveyapp.definitions.reading import Source
from surveyapp.definitions.register import RegisteredAuthority
from surveyapp.definitions.snapshots import canonical
from synthesis import codebook as tagging
from synthesis import schedule
from synthesis.codebook import Codebook
from synthesis.review import outline
from synthesis.review.outline import Outline
from synthesis.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Folder:
    """Everything that one survey is made of, found to be without errors.

    `snapshots` is what is published: canonical JSON, by what it is a snapshot of.
    """

    questionnaire: Questionnaire
    guide: InterviewGuide
    codebook: Codebook
    outline: Outline
    authorities: tuple[RegisteredAuthority, ...]
    snapshots: Mapping[str, str]

    @property
    def schedule(self) -> Schedule:
        """Return what is asked, as a review prints it."""
        return schedule.parse(self.questionnaire.plain(), self.guide.plain())


def parse(files: Mapping[str, Source]) -> Folder:
    """Return a folder, given as the text of its files by name, or raise every error in it."""
    wrong = errors(lint.check(files))
    if wrong:
        raise DefinitionError(wrong)
    texts = {name: reading.text(source, name) for name, source in files.items()}
    asked = questionnaire.parse(texts[questionnaire.NAME])
    guide = interview.parse(texts[interview.NAME])
    rows = register.parse(texts[register.NAME]) if register.NAME in texts else ()
    return Folder(
        questionnaire=asked,
        guide=guide,
        codebook=tagging.parse(texts[codebook.NAME], codebook.NAME, texts),
        outline=outline.parse(texts[lint.REVIEW], lint.REVIEW),
        authorities=rows,
        snapshots=MappingProxyType(
            {
                "questionnaire": asked.canonical(),
                "interview guide": guide.canonical(),
                "codebook": canonical(_of_codebook(texts)),
                "outline": canonical({lint.REVIEW: texts[lint.REVIEW]}),
            }
        ),
    )


def _of_codebook(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the file of the codebook and that of the coded examples it names."""
    book = codebook.parse(texts[codebook.NAME])
    return {name: texts[name] for name in (codebook.NAME, book.examples) if name}
