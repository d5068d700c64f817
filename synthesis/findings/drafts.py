"""Drafts of claims: the passages behind a statement, before they are counted and worded."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from synthesis.findings.basis import Term
from synthesis.findings.claims import Claim, Kind
from synthesis.findings.plain_sense import PASSABLY, PLAINLY, SENSES, fit
from synthesis.findings.sentences import write
from synthesis.findings.terms import mentions
from synthesis.findings.wording import Speech
from synthesis.matrix import Heard, Selection

FEW = 10
"""In a group of this size or more, what only one authority mentions is no common approach."""
ENOUGH = 3
"""As many authorities as this that say a thing plainly illustrate it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim to be: what it says of whom, and the passages for and against it.

    `sentence` names the wording where it is not the claim's kind; `turn` chooses a variant. A
    `datum` is the tally to cite where looking found nothing. `stances` are those of which each
    passage carries one; it is cited first for what it plainly says.
    """

    kind: Kind
    theme: str
    base: frozenset[str]
    supporting: Selection
    contradicting: Selection | None = None
    label: str = ""
    sentence: str = ""
    turn: int = 0
    datum: str = ""
    stances: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)


def settle(speech: Speech, drafts: Iterable[Draft]) -> Iterator[Claim]:
    """Count and word each draft that has a passage or tally behind it."""
    for draft in drafts:
        if draft.base and (draft.supporting or draft.datum):
            count = len(draft.supporting.authorities)
            yield Claim(
                id=".".join(filter(None, (draft.theme, draft.sentence or draft.kind, draft.label))),
                kind=draft.kind,
                theme=draft.theme,
                text=word(speech, draft, count),
                count=count,
                base=len(draft.base),
                answering=draft.base,
                supporting=draft.supporting.ids,
                contradicting=draft.contradicting.ids if draft.contradicting else (),
                plainest=plainest(draft.supporting, draft.stances).ids,
                label=draft.label,
                datum="" if draft.supporting else draft.datum,
                voice=speech.voice,
            )


def plainest(passages: Selection, stances: tuple[str, ...]) -> Selection:
    """Return the passages that say most plainly what one of these stances says of them.

    Words without praise may be cited as a strength, but not while enough others speak plainly.
    """

    def says(heard: Heard, how: int) -> bool:
        """Say whether a passage says what any of the stances on it says, this plainly or more."""
        carried = (SENSES[one] for one in stances if one in heard.themes)
        return any(fit(heard.passage.text, sense) >= how for sense in carried)

    plain = passages.those(lambda heard: says(heard, PLAINLY))
    if len(plain.authorities) >= ENOUGH:
        return plain
    return passages.those(lambda heard: says(heard, PASSABLY))


def word(speech: Speech, draft: Draft, count: int) -> str:
    """Word a draft once its authorities are counted."""
    kind = draft.sentence or draft.kind
    words = {"label": draft.label, **draft.words}
    return write(speech, kind, (count, len(draft.base)), draft.turn, **words)


def of_terms(
    kind: Kind, theme: str, terms: Iterable[Term], passages: Selection, base: frozenset[str]
) -> Iterator[Draft]:
    """Yield a draft for each term that is mentioned, the most widely mentioned first."""
    found = [(term, _mentioning(term, passages)) for term in terms]
    found.sort(key=lambda row: -len(row[1].authorities))
    for term, hits in found:
        if len(hits.authorities) < 2 <= FEW <= len(base):
            return
        yield Draft(kind, theme, base, hits, label=term.name, sentence="term")


def _mentioning(term: Term, passages: Selection) -> Selection:
    return passages.those(lambda heard: mentions(heard.passage.text, term))


def search(*themes: str) -> str:
    """Return the id of the tally of looking for passages under all of these themes."""
    return f"search:{'+'.join(themes)}"
