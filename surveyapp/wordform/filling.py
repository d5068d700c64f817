"""What stands in the fields of one answer, as the questionnaire reads it."""

from collections.abc import Mapping
from typing import Final

from surveyapp.definitions import answers
from surveyapp.definitions.questionnaire import Questionnaire
from surveyapp.wordform.fields import MISSING
from surveyapp.wordform.layout import Slot
from synthesis.word.form import Field, Given

# What an answer holds that the form does not show; it stays as it is.
HELD: Final[Mapping[str, tuple[str, ...]]] = {"document": ("file",), "contact": ("strands",)}

_BOXES: Final = ("may_share", "may_publish")


def written(field: Field) -> Given:
    """Return what we wrote in a field."""
    return Given(field.text, field.chosen)


def is_touched(slot: Slot, given: Mapping[str, Given]) -> bool:
    """Say whether somebody changed what stands in the fields of an answer."""
    return any(
        _plain(given[one.tag]) != _plain(written(one)) for one in slot.fields if one.tag in given
    )


def is_empty(slot: Slot, given: Mapping[str, Given]) -> bool:
    """Say whether nothing at all stands in the fields of an answer."""
    return not any(_plain(given[one.tag]) != Given() for one in slot.fields if one.tag in given)


def read(
    questionnaire: Questionnaire,
    slot: Slot,
    given: Mapping[str, Given],
    now: Mapping[str, object],
) -> dict[str, object]:
    """Return the answer as it is stored, or raise AnswerError; {} where it was emptied."""
    found = answers.read(questionnaire, slot.key[0], raw(slot, given))
    held = {name: now[name] for name in HELD.get(slot.question.type, ()) if name in now}
    return found if not found or "missing" in found else held | found


def raw(slot: Slot, given: Mapping[str, Given]) -> dict[str, object]:
    """Return the fields as they were filled in; those that are gone are as we wrote them."""
    fields: dict[str, object] = {}
    missing: list[str] = []
    for field in slot.fields:
        stands = given.get(field.tag, written(field))
        chosen = [code for code in stands.chosen if not code.startswith(MISSING)]
        missing += [one.removeprefix(MISSING) for one in stands.chosen if one not in chosen]
        name = field.tag.rpartition(":")[2]
        if name != "missing":
            fields[name] = _value(name, field, stands, chosen)
    return fields | {"missing": " and ".join(missing)}


def in_words(slot: Slot, given: Mapping[str, Given]) -> str:
    """Return everything that stands in the fields, for a person who is to put it right."""
    lines = []
    for field in slot.fields:
        stands = given.get(field.tag, written(field))
        chosen = [one.text for one in field.options if one.code in stands.chosen]
        words = "; ".join(filter(None, (stands.text, *chosen)))
        if words:
            lines.append(f"{field.caption}: {words}" if field.caption else words)
    return "\n".join(lines)


def _value(name: str, field: Field, stands: Given, chosen: list[str]) -> object:
    if name in _BOXES:
        return bool(chosen)
    if field.kind == "choices":
        return chosen
    return chosen[0] if chosen else stands.text


def _plain(given: Given) -> Given:
    """Forget what a person cannot see: spaces at the ends."""
    return Given(given.text.strip(), tuple(sorted(given.chosen)))
