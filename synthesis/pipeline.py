"""The whole way: from material to tags, decisions, findings, and the Word review."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from synthesis import word
from synthesis.codebook import Codebook, CodedExample
from synthesis.findings import Agreement, Basis, Inquiry, Ledger, open_inquiry
from synthesis.material import Material, Response
from synthesis.review.blocks import Review
from synthesis.review.check import verify
from synthesis.review.compose import clean, set_out
from synthesis.review.outline import Outline
from synthesis.schedule import Schedule
from synthesis.tagger import Tagger
from synthesis.tags import Tag, decide

Progress = Callable[[str, float], None]
"""Told what is being done, and what share of the whole is behind us, 0 to 1."""
TAGGING, FINDING, CHECKING, WRITING = 0.2, 0.6, 0.7, 0.8


@dataclass(frozen=True, slots=True)
class Commission:
    """Everything a review is built from; equal commissions give equal bytes."""

    material: Material
    codebook: Codebook
    schedule: Schedule
    outline: Outline
    examples: tuple[CodedExample, ...] = ()
    agreement: tuple[Agreement, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Drawn:
    """A review that keeps its own rules: what it rests on, its blocks, and its ledger."""

    inquiry: Inquiry
    review: Review
    ledger: Ledger


class ReviewError(RuntimeError):
    """A review that broke one of its own rules; `violations` says which, and where."""

    def __init__(self, violations: Sequence[str]) -> None:
        """Keep every violation; the message names the first few."""
        shown = "\n".join(f"- {violation}" for violation in violations[:10])
        super().__init__(f"The review breaks {len(violations)} of its own rules:\n{shown}")
        self.violations = tuple(violations)


def build_review(
    commission: Commission, tell: Progress = lambda _, __: None, *, whole: bool = True
) -> bytes:
    """Return the Word review. Raises ReviewError rather than hand out one that breaks a rule.

    Unless it is to be `whole`, it is the clean edition: the workings are left out.
    """
    drawn = draw(commission, tell)
    tell("writing the document", WRITING)
    document = word.write(drawn.review if whole else clean(drawn.review))
    refuse(word.check(document))
    tell("done", 1.0)
    return document


def draw(commission: Commission, tell: Progress = lambda _, __: None) -> Drawn:
    """Return the review as blocks, with its ledger. Raises ReviewError if it breaks a rule."""
    basis = Basis(
        material=commission.material,
        codebook=commission.codebook,
        schedule=commission.schedule,
        tags=tag(commission, tell),
        agreement=commission.agreement,
    )
    inquiry = open_inquiry(basis, commission.outline.frame)
    tell("finding what can be said", FINDING)
    review, ledger = set_out(inquiry, commission.outline)
    tell("checking every claim", CHECKING)
    refuse(verify(review, ledger, commission.material))
    return Drawn(inquiry, review, ledger)


def refuse(violations: Sequence[str]) -> None:
    """Raise ReviewError where there is any violation."""
    if violations:
        raise ReviewError(violations)


def tag(commission: Commission, tell: Progress) -> Iterator[Tag]:
    """Suggest tags for every response, and lay the coder's decisions over them, as a stream."""
    tell("learning the codebook", 0.0)
    material = commission.material
    tagger = Tagger(commission.codebook, commission.examples)
    suggested = tagger.suggest(_counted(material.responses, tell))
    by_id = {response.id: response for response in material.responses}
    return decide(suggested, material.decisions, by_id, material.finished)


def _counted(responses: Sequence[Response], tell: Progress) -> Iterator[Response]:
    """Pass the responses on, telling how many have gone by."""
    for count, response in enumerate(responses):
        if count % 100 == 0:
            share = TAGGING + (FINDING - TAGGING) * count / len(responses)
            tell(f"tagging response {count + 1} of {len(responses)}", share)
        yield response
