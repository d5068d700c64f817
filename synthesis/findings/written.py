"""Claims that the consultant wrote: how many authorities say so is counted from their passages."""

from collections.abc import Iterable, Iterator, Set

from synthesis.findings.basis import Inquiry
from synthesis.findings.claiming import clean
from synthesis.findings.claims import Claim, Kind
from synthesis.findings.drafts import Draft, settle
from synthesis.findings.sentences import write
from synthesis.findings.wording import Speech
from synthesis.findings.words import name_cases
from synthesis.material import Cited, WrittenFinding
from synthesis.matrix import Selection


def about_written(inquiry: Inquiry, theme: str) -> Iterator[Claim]:
    """Yield the written claims about one theme, each before what speaks against it."""
    for finding in inquiry.material.findings:
        if finding.theme == theme:
            yield from settle(inquiry.speech, _drafts(inquiry, finding))


def wording(speech: Speech, claim: str, count: int, base: int) -> str:
    """Return a written claim as the review prints it, with its count, base and frequency word.

    Where no passage counts for it yet, the count is left open.
    """
    if not count:
        return f"{speech.uncounted(base)} say that {clean(claim)}." if base and clean(claim) else ""
    return write(speech, "written", (count, base), 0, claim=clean(claim))


def base_of(answering: Set[str], *sides: Iterable[str]) -> frozenset[str]:
    """Return the base of a written finding: whose words could have held its theme, and who speaks.

    `sides` are the authorities whose passages were chosen for it and against it. The pages count
    by this too, so that what they promise is what the review prints.
    """
    return frozenset(answering).union(*sides)


def place_of(id: str, *, against: bool = False) -> str:
    """Return the place for quotations for a written finding, or against it."""
    return f"written.{id}.otherwise" if against else f"written.{id}"


def cited(inquiry: Inquiry, chosen: Iterable[Cited]) -> Selection:
    """Return the passages that were chosen for a finding and may be used, each once."""
    words = {f"{one.response}:{one.start}-{one.end}": one.words for one in chosen}
    passages = inquiry.matrix.corpus.of(words)
    return passages.those(lambda heard: heard.passage.text == words[heard.id])


def _drafts(inquiry: Inquiry, finding: WrittenFinding) -> Iterator[Draft]:
    """Yield a finding's draft, and that of the negative cases to it."""
    spoken_for = cited(inquiry, finding.speak_for)
    spoken_against = cited(inquiry, finding.speak_against)
    sides = (spoken_for.authorities, spoken_against.authorities)
    base = base_of(inquiry.matrix.answering(finding.theme), *sides)
    words = {"claim": clean(finding.claim), "names": name_cases(inquiry, spoken_against)}
    drafts: tuple[tuple[Kind, Selection, Selection], ...] = (
        ("written", spoken_for, spoken_against),
        ("otherwise", spoken_against, spoken_for),
    )
    for kind, supporting, contradicting in drafts:
        if spoken_for:
            theme, label = finding.theme, finding.id
            yield Draft(kind, theme, base, supporting, contradicting, label, words=words)
