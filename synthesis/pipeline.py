"""The whole way: from material to tags, decisions, findings, and the Word review."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from synthesis import word
from synthesis.codebook import Codebook, CodedExample
from synthesis.findings import Agreement, Basis
from synthesis.material import Material, Response
from synthesis.review.check import verify
from synthesis.review.compose import draw_up
from synthesis.review.outline import Outline
from synthesis.schedule import Schedule
from synthesis.tagger import Tagger
from synthesis.tags import Tag, decide

Progress = Callable[[str, float], None]
"""Told what is being done, and what share of the whole is behind us, 0 to 1."""
TAGGING, FINDING, WRITING, CHECKING = 0.2, 0.6, 0.8, 0.9


@dataclass(frozen=True, slots=True)
class Commission:
    """Everything a review is built from; equal commissions give equal bytes."""

    material: Material
    codebook: Codebook
    schedule: Schedule
    outline: Outline
    examples: tuple[CodedExample, ...] = ()
    agreement: tuple[Agreement, ...] = field(default=())


class ReviewError(RuntimeError):
    """A review that broke one of its own rules; `violations` says which, and where."""

    def __init__(self, violations: Sequence[str]) -> None:
        """Keep every violation; the message names the first few."""
        shown = "\n".join(f"- {violation}" for violation in violations[:10])
        super().__init__(f"The review breaks {len(violations)} of its own rules:\n{shown}")
        self.violations = tuple(violations)


def build_review(commission: Commission, tell: Progress = lambda _, __: None) -> bytes:
    """Return the Word review. Raises ReviewError rather than hand out one that breaks a rule."""
    tags = tag(commission, tell)
    tell("finding what can be said", FINDING)
    basis = Basis(
        material=commission.material,
        codebook=commission.codebook,
        schedule=commission.schedule,
        tags=tags,
        agreement=commission.agreement,
    )
    review, ledger = draw_up(basis, commission.outline)
    tell("writing the document", WRITING)
    document = word.write(review)
    tell("checking every claim", CHECKING)
    violations = [*verify(review, ledger, commission.material), *word.check(document)]
    if violations:
        raise ReviewError(violations)
    tell("done", 1.0)
    return document


def tag(commission: Commission, tell: Progress) -> tuple[Tag, ...]:
    """Suggest tags for every response, and lay the coder's decisions over them."""
    tell("learning the codebook", 0.0)
    material = commission.material
    tagger = Tagger(commission.codebook, commission.examples)
    suggested = tagger.suggest(_counted(material.responses, tell))
    by_id = {response.id: response for response in material.responses}
    return tuple(decide(suggested, material.decisions, by_id))


def _counted(responses: Sequence[Response], tell: Progress) -> Iterator[Response]:
    """Pass the responses on, telling how many have gone by."""
    for count, response in enumerate(responses):
        if count % 100 == 0:
            share = TAGGING + (FINDING - TAGGING) * count / len(responses)
            tell(f"tagging response {count + 1} of {len(responses)}", share)
        yield response
