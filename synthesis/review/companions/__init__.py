"""What goes with the review: remarks for its audit, its manifest, and papers of their own."""

from synthesis.review.companions.audit import in_print, remarks
from synthesis.review.companions.drawn import LinkState, Noted, Sources
from synthesis.review.companions.manifest import manifest
from synthesis.review.companions.profiles import profiles
from synthesis.review.companions.records import records
from synthesis.review.companions.registers import registers

__all__ = [
    "LinkState",
    "Noted",
    "Sources",
    "in_print",
    "manifest",
    "profiles",
    "records",
    "registers",
    "remarks",
]
