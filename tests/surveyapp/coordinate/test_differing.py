"""A change told so that a person sees what differs, and nothing else."""

from surveyapp.coordinate import differing
from surveyapp.definitions.changes import Change

BOTH = (("a", "Ash"), ("b", "Beech"), ("c", "Cedar"))


def test_only_the_option_that_went_is_named() -> None:
    told = differing.tell(Change("S01.1", "options", "options", offered=(BOTH, BOTH[:2])))

    assert (told.label, told.lines) == ("Options", ("Option dropped: Cedar",))


def test_options_that_came_changed_words_and_changed_places_are_named() -> None:
    now = (("b", "Birch"), ("a", "Ash"), ("d", "Dogwood"))
    told = differing.tell(Change("S01.1", "options", "options", offered=(BOTH, now)))

    assert told.lines == (
        "Option reworded: Beech → Birch",
        "Option dropped: Cedar",
        "Option added: Dogwood",
        "Order changed",
    )


def test_the_words_that_differ_are_marked() -> None:
    before, after = differing.marked("How well is it set up?", "How well is it known?")

    assert [(one.words, one.is_changed) for one in before] == [
        ("How well is it", False),
        ("set up?", True),
    ]
    assert [one.words for one in after if one.is_changed] == ["known?"]
