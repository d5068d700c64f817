"""Claims from people's own words: how many said it, what works, what does not, what is planned."""

from collections.abc import Iterator
from itertools import islice

from synthesis.codebook import Theme
from synthesis.findings.basis import Inquiry, Notes
from synthesis.findings.claims import Claim
from synthesis.findings.drafts import Draft, of_terms, search, settle
from synthesis.findings.sentences import listed
from synthesis.matrix import Selection

STRENGTH, GAP, PLAN = "P1", "P2", "P3"
MOST_TERMS = 6


def about_strand(inquiry: Inquiry, place: int, theme: Theme, notes: Notes) -> Iterator[Claim]:
    """Yield the claims that free words carry about one strand."""
    about, code = inquiry.matrix.corpus.about, theme.code
    base = inquiry.matrix.answering(code)
    words = {"topic": notes.topic}
    strengths, gaps = about(code, STRENGTH), about(code, GAP)
    of_both = _of_both(strengths, gaps)
    yield from settle(
        inquiry.speech,
        (
            Draft("coverage", code, base, about(code), turn=place, datum=search(code), words=words),
            Draft("strengths", code, base, strengths, gaps, turn=place, stances=(STRENGTH,)),
            Draft("gaps", code, base, gaps, strengths, turn=place, stances=(GAP,)),
            Draft("both", code, base, of_both, turn=place, stances=(STRENGTH, GAP)),
            Draft("plans", code, base, about(code, PLAN), turn=place, stances=(PLAN,)),
            *_against(inquiry, code, strengths, gaps),
            *islice(of_terms("approach", code, notes.terms, about(code), base), MOST_TERMS),
        ),
    )


def _of_both(strengths: Selection, gaps: Selection) -> Selection:
    """Return the strengths and gaps of authorities that describe both.

    Where all who describe the one describe the other too, that goes without saying.
    """
    both = strengths.authorities & gaps.authorities
    if both in (strengths.authorities, gaps.authorities):
        both = frozenset()
    return (strengths + gaps).those(lambda heard: heard.authority in both)


def _against(inquiry: Inquiry, code: str, strengths: Selection, gaps: Selection) -> Iterator[Draft]:
    """Yield the negative cases: the few that describe only the opposite of the pattern."""
    praised, faulted = strengths.authorities, gaps.authorities
    base = inquiry.matrix.answering(code)
    if 2 * len(praised) > len(base) and len(praised) > len(faulted):
        sentence, exceptions, passages, others = "gaps only", faulted - praised, gaps, strengths
    elif 2 * len(faulted) > len(base):
        sentence, exceptions, passages, others = (
            "strengths only",
            praised - faulted,
            strengths,
            gaps,
        )
    else:
        return
    cases = passages.those(lambda heard: heard.authority in exceptions)
    names = {"names": name_cases(inquiry, cases)}
    stances = (GAP if sentence == "gaps only" else STRENGTH,)
    yield Draft(
        "against", code, base, cases, others, sentence=sentence, stances=stances, words=names
    )


def name_cases(inquiry: Inquiry, cases: Selection) -> str:
    """Close a sentence with the authorities that may be named, and how many may not.

    Where none may be named, that is all there is to say: the sentence has counted them.
    """
    named = cases.those(lambda heard: heard.response.use_level == "named").authorities
    unnamed = len(cases.authorities - named)
    names = inquiry.matrix.roster.names_of(named)
    if not names:
        return " (not named)" if unnamed else ""
    others = ("one not named" if unnamed == 1 else f"{unnamed} not named",) if unnamed else ()
    return f": {listed((*names, *others))}"
