"""The query language: what is written is read as it is meant, and a fault is pointed at."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from surveyapp.analysis import composing, query
from surveyapp.analysis.composing import Fields
from surveyapp.analysis.query import All, Either, Field, Node, Not, QueryError, Rating, Words

PLAIN = st.text("abcdefghijklmnopqrstuvwxyzé0123456789", min_size=1, max_size=8)
SPACED = st.lists(PLAIN, min_size=1, max_size=3).map(" ".join)
ANYTHING = st.text(max_size=80)
MADE_OF_ITS_SIGNS = st.lists(
    st.sampled_from(["AND", "OR", "NOT", "(", ")", '"', "a", "theme:", "rating:", ">=", "3", " "]),
    max_size=14,
).map(" ".join)
NOWHERE = query.Span(0, 0)


def told(node: Node) -> object:
    """Return what a query says, without where it says it."""
    match node:
        case Words():
            return node.text
        case Field():
            return (node.name, node.value)
        case Rating():
            return (node.theme, node.comparison, node.number)
        case Not():
            return ("NOT", told(node.part))
        case All():
            return ("AND", *map(told, node.parts))
        case Either():
            return ("OR", *map(told, node.parts))


def written(node: Node) -> str:
    """Write a query down, with every bracket."""
    match node:
        case Words():
            return f'"{node.text}"'
        case Field():
            return f'{node.name}:"{node.value}"'
        case Rating():
            return f"rating:{node.theme}{node.comparison}{node.number}"
        case Not():
            return f"NOT ({written(node.part)})"
        case All():
            return " ".join(f"({written(one)})" for one in node.parts)
        case Either():
            return " OR ".join(f"({written(one)})" for one in node.parts)


def leaves() -> st.SearchStrategy[Node]:
    names = st.sampled_from([name for name in query.FIELDS if name != "rating"])
    return st.one_of(
        st.builds(Words, SPACED, st.just(NOWHERE)),
        st.builds(Field, names, SPACED, st.just(NOWHERE)),
        st.builds(
            Rating,
            st.sampled_from(["S01", "A1"]),
            st.sampled_from(["=", ">=", "<=", ">", "<"]),
            st.integers(0, 4),
            st.just(NOWHERE),
        ),
    )


def grown(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    some = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(st.builds(Not, inner), st.builds(All, some), st.builds(Either, some))


@given(st.recursive(leaves(), grown, max_leaves=8))
def test_what_is_written_down_is_read_back(node: Node) -> None:
    assume(len(written(node)) <= query.LONGEST)
    assume(written(node).count("(") <= query.DEEPEST // 2)

    assert told(query.parse(written(node))) == told(node)


@given(st.one_of(ANYTHING, MADE_OF_ITS_SIGNS))
@settings(max_examples=400)
def test_whatever_is_typed_is_read_or_refused_with_a_place_in_it(text: str) -> None:
    refused = None
    try:
        query.parse(text)
    except QueryError as error:
        refused = error

    assert refused is None or 0 <= refused.start <= refused.end <= len(text)


@given(SPACED, st.lists(PLAIN, max_size=3), st.lists(ANYTHING, max_size=3))
def test_fields_always_make_a_query_that_can_be_read(
    phrase: str, words: list[str], without: list[str]
) -> None:
    text = composing.compose(
        Fields(words=" ".join(words), phrase=phrase, without=" ".join(without)[:80], theme="S01")
    )

    query.parse(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("front door", ("AND", "front", "door")),
        ('"front door"', "front door"),
        ("a OR b c", ("OR", "a", ("AND", "b", "c"))),
        ("(a OR b) AND c", ("AND", ("OR", "a", "b"), "c")),
        ("NOT a b", ("AND", ("NOT", "a"), "b")),
        ("and or not", ("AND", "and", "or", "not")),
        ('"AND"', "AND"),
        ("rating:S01>=3", ("S01", ">=", 3)),
        ('authority:"Elm 3"', ("authority", "Elm 3")),
        ("THEME:s01", ("theme", "s01")),
        ("10:30", "10:30"),
        (
            '"front door" AND theme:S03 NOT source:interview',
            ("AND", "front door", ("theme", "S03"), ("NOT", ("source", "interview"))),
        ),
    ],
)
def test_a_query_is_read_as_it_is_meant(text: str, meant: object) -> None:
    assert told(query.parse(text)) == meant


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        ("", "Enter what to search for", ""),
        ("(a", "This bracket is not closed", "("),
        ("a) b", "This bracket closes none", ")"),
        ("a OR", "Something is missing at the end", ""),
        ("a AND OR b", "Something is missing before OR", "OR"),
        ("()", "Something is missing before a closing bracket", ")"),
        ('say "so', "This quotation mark is not closed", '"so'),
        ('a ""', "no words between", '""'),
        ("a colour:red", "There is no “colour:”", "colour:red"),
        ("theme:", "Say which after “theme:”", "theme:"),
        ("rating:S01", "Write a rating like rating:S01>=3", "rating:S01"),
        ("a " * 41, "at most 40 things", "a"),
        ("x" * 1001, "at most 1,000 characters", "x"),
        ("(" * 30 + "a", "too many brackets", "("),
    ],
)
def test_a_fault_is_named_and_pointed_at(text: str, words: str, place: str) -> None:
    with pytest.raises(QueryError, match=words) as refused:
        query.parse(text)

    assert text[refused.value.start : refused.value.end] == place


def test_a_query_is_put_together_from_fields() -> None:
    fields = Fields.of(
        {"words": "call NOT", "phrase": 'front "door"', "without": "c+d", "authority": "Elm 3"}
        | {"theme": "S01", "rated": "S01", "least": "3", "unknown": "x"}
    )

    assert composing.compose(fields) == (
        'call AND "NOT" AND "front door" AND theme:S01 AND authority:"Elm 3" AND rating:S01>=3 '
        'AND NOT "c+d"'
    )


@pytest.mark.parametrize(
    ("text", "starless"),
    [
        ('"health visitor*"', '"health visitor"'),
        ('NOT "wait*" OR (theme:S01 "*front door *")', 'NOT "wait" OR (theme:S01 "front door")'),
        ('"health* visitor*" AND door', '("health" "visitor") AND door'),
        ('wait* "front door" "*"', 'wait* "front door" "*"'),
        ('theme:"a*"', 'theme:"a*"'),
    ],
)
def test_stars_in_quotation_marks_are_taken_out(text: str, starless: str) -> None:
    assert query.without_stars(text) == starless
    query.parse(starless)
