"""The Word review built from what a survey holds."""

from surveyapp.material.gathering import Gathered
from synthesis import pipeline
from synthesis.pipeline import Commission, Progress


def build(gathered: Gathered, tell: Progress) -> bytes:
    """Return the Word review; `tell` hears what is being done and how far it is."""
    commission = Commission(
        material=gathered.material,
        codebook=gathered.codebook,
        schedule=gathered.schedule,
        outline=gathered.outline,
        examples=gathered.codebook.examples,
        agreement=gathered.agreement,
    )
    return pipeline.build_review(commission, tell)
