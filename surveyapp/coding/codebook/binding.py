"""What holds a theme in the codebook: nothing may go that is asked about or counted."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp import published
from surveyapp.definitions import codebook, lint
from surveyapp.definitions.faults import DefinitionError, Fault, errors
from surveyapp.definitions.lint import themes
from surveyapp.models import (
    Interview,
    KeyContact,
    Note,
    SharedDocument,
    Snapshot,
    Submission,
    Survey,
)
from synthesis.codebook import Codebook
from synthesis.findings.basis import EMERGENT
from synthesis.findings.themes import EVIDENCE
from synthesis.findings.words import GAP, PLAN, STRENGTH
from synthesis.review import outline

# What the review counts by, in every survey.
COUNTED = (*EVIDENCE, STRENGTH, GAP, PLAN, EMERGENT)


def reasons(session: Session, survey: Survey) -> Mapping[str, str]:
    """Return the themes that must stay, and why, in a fixed number of queries."""
    found: dict[str, list[str]] = defaultdict(list)
    for theme in COUNTED:
        found[theme].append("The review counts by it.")
    for theme, count in _filed(session, survey).items():
        many = "1 record of an interview is" if count == 1 else f"{count} records of interviews are"
        found[theme].append(f"{many} filed under it.")
    asking: dict[str, list[str]] = defaultdict(list)
    for snapshot in _asked(session, survey):
        for theme, where in _themes(snapshot):
            asking[theme].append(where)
    for theme, places in asking.items():
        names = list(dict.fromkeys(places))
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        found[theme].append(f"It is asked about: {', '.join(names[:3])}{more}.")
    return {theme: " ".join(said) for theme, said in found.items() if theme}


def faults(session: Session, survey: Survey, files: Mapping[str, str]) -> Sequence[Fault]:
    """Return what is wrong with a changed codebook, on its own and beside what is asked."""
    try:
        book = codebook.parse(files[codebook.NAME])
    except DefinitionError as error:
        return error.faults
    known = {theme.code for theme in book.themes}
    beside = chain.from_iterable(_beside(one, known) for one in _asked(session, survey))
    told = published.files(survey.outline)[lint.REVIEW]
    notes = outline.check(
        outline.parse(told, lint.REVIEW), Codebook(book.title, book.version, book.themes)
    )
    found = (
        *themes.of_codebook(book),
        *themes.of_examples(book, files),
        *beside,
        *(Fault(lint.REVIEW, "", one, "Keep the theme.") for one in notes),
    )
    return tuple(dict.fromkeys(errors(found)))


def _asked(session: Session, survey: Survey) -> Sequence[Snapshot]:
    """Return every questionnaire and guide of the survey, of returns and calls that keep theirs."""
    of_survey = Submission.survey_id == survey.id
    guides = select(Interview.guide_id).join(Interview.submission).where(of_survey)
    ids = select(Submission.questionnaire_id).where(of_survey).union(guides)
    asked = select(Snapshot).where(
        Snapshot.id.in_(ids) | Snapshot.id.in_([survey.questionnaire_id, survey.guide_id])
    )
    return session.scalars(asked.order_by(Snapshot.published_at, Snapshot.id)).all()


def _themes(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Yield the themes that an instrument asks about, and where."""
    if snapshot.kind == "interview guide":
        for prompt in published.guide(snapshot).prompts:
            yield prompt.theme, f"prompt {prompt.code}"
        return
    asked = published.questionnaire(snapshot)
    for section in asked.sections:
        yield section.theme, f"section {section.code}"
    for code, question in asked.by_code.items():
        yield question.theme, f"question {code}"


def _beside(snapshot: Snapshot, known: set[str]) -> Iterable[Fault]:
    if snapshot.kind == "interview guide":
        return themes.of_interview(published.guide(snapshot), known)
    return themes.of_questionnaire(published.questionnaire(snapshot), known)


def _filed(session: Session, survey: Survey) -> Mapping[str, int]:
    """Count what interviewers put under each theme."""
    calls = select(Interview.id).join(Interview.submission).where(Submission.survey_id == survey.id)
    counts: dict[str, int] = defaultdict(int)
    for kept in (Note, SharedDocument, KeyContact):
        rows = select(kept.theme, func.count()).where(kept.interview_id.in_(calls))
        for theme, count in session.execute(rows.group_by(kept.theme)):
            counts[theme] += count
    return counts
