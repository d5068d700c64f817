"""Practices worth copying that may be printed."""

from synthesis import holding
from synthesis.findings.safeguards import may_identify_child
from synthesis.material import Material, Practice


def printable(material: Material) -> tuple[Practice, ...]:
    """Return the practices that may be published and whose words identify no child."""
    held = holding.of(material.held)
    return tuple(
        practice
        for practice in material.practices
        if practice.consent
        and not held.keeps(practice.id)
        and practice.use_level != "withheld"
        and not any(may_identify_child(text, material.cleared) for text in told(practice))
    )


def told(practice: Practice) -> tuple[str, ...]:
    """Return everything that a practice box would print of a practice."""
    return (
        practice.title,
        practice.need,
        practice.what,
        practice.impact,
        practice.cost,
        practice.lessons,
    )
