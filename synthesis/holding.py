"""What is held back: words that may identify a child, and everything that has any of them in it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from synthesis.material import Held, Material


@dataclass(frozen=True, slots=True)
class Holding:
    """The places that are held, by the id of the text that they stand in."""

    places: Mapping[str, Sequence[Held]]

    def touches(self, response: str, start: int, end: int) -> bool:
        """Tell whether a stretch of a text has any held words in it."""
        return any(one.start < end and start < one.end for one in self.places.get(response, ()))

    def keeps(self, id: str) -> bool:
        """Tell whether anything is held of what goes by this id, be it a document or an example."""
        return any(_is_of(place, id) for place in self.places)


def of(held: Iterable[Held]) -> Holding:
    """Return what is held, ready to be asked."""
    places: dict[str, list[Held]] = defaultdict(list)
    for one in held:
        places[one.response].append(one)
    return Holding(places)


def hold_back(material: Material) -> Material:
    """Return the material without what is listed whole, where words in it are held.

    Responses stay as they are: of them only the passages with held words are left out.
    """
    if not material.held:
        return material
    holding = of(material.held)
    return replace(
        material,
        documents=tuple(one for one in material.documents if not holding.keeps(one.id)),
        contacts=tuple(one for one in material.contacts if not holding.keeps(one.id)),
        practices=tuple(one for one in material.practices if not holding.keeps(one.id)),
        figures=tuple(one for one in material.figures if not holding.keeps(one.id)),
    )


def _is_of(place: str, id: str) -> bool:
    """Say whether a text is a part of something.

    A document's texts are called by its id and their name, as are a contact's, which has one row a
    theme. An example's add a letter to the code of its question.
    """
    whole, _, part = place.rpartition("/")
    start, _, entry = id.rpartition("/")
    return (
        id in (place, whole)
        or (start == whole != "")
        or (part == entry != "" and whole.startswith(f"{start}."))
    )
