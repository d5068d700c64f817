"""The query language of the search: words, themes and attributes joined by AND, OR and NOT.

    query   = either
    either  = both ("OR" both)*
    both    = part (("AND")? part)*
    part    = "NOT" part | "(" either ")" | term
    term    = word | "some words" | field ":" value | "rating:" theme comparison number

AND, OR and NOT stand in capitals; in small letters they are words like any other. Terms that
stand side by side must all hold. Nothing here knows the survey: `meaning` does.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, cast

LONGEST, MOST_TERMS, DEEPEST = 1000, 40, 20
FIELDS: Final = (
    "theme",
    "verdict",
    "authority",
    "type",
    "source",
    "question",
    "use",
    "rating",
    "is",
)
Comparison = Literal["=", ">=", "<=", ">", "<"]
_TOKEN: Final = re.compile(
    r"""\s*(?:
    (?P<open>\()|(?P<close>\))
    |(?P<field>[A-Za-z]+):(?P<value>"[^"]*"?|[^\s()"]*)
    |"(?P<phrase>[^"]*)(?P<end>"?)
    |(?P<word>[^\s()"]+)
    )""",
    re.VERBOSE,
)
_RATING: Final = re.compile(r"([^<>=]+)(>=|<=|=|>|<)(\d+)")


class QueryError(ValueError):
    """A query that cannot be read: what is wrong, and from where to where in it."""

    def __init__(self, message: str, start: int, end: int) -> None:
        """Keep the place, so that a page can point at it."""
        super().__init__(message)
        self.start, self.end = start, end


class Span(NamedTuple):
    """Where something stands in a query."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Words:
    """Words to be found in a passage, whatever their case."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Field:
    """An attribute that a passage has, or a theme on it."""

    name: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Rating:
    """How the passage's authority rated itself on a theme."""

    theme: str
    comparison: Comparison
    number: int
    span: Span


@dataclass(frozen=True, slots=True)
class Not:
    """What is not to hold."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class All:
    """What is to hold together."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """What is to hold at least in part."""

    parts: tuple["Node", ...]


Node = Words | Field | Rating | Not | All | Either


_Kind = Literal["(", ")", "AND", "OR", "NOT", "term", "end"]
_JOINING: Final[Mapping[str, _Kind]] = {"AND": "AND", "OR": "OR", "NOT": "NOT"}


class _Token(NamedTuple):
    kind: _Kind
    span: Span
    node: Node | None = None


def parse(text: str) -> Node:
    """Read a query; QueryError says what is wrong with it, and where."""
    if len(text) > LONGEST:
        raise QueryError(f"Use at most {LONGEST:,} characters", LONGEST, len(text))
    tokens = _tokens(text)
    terms = [one for one in tokens if one.kind == "term"]
    if not terms and tokens[0].kind == "end":
        raise QueryError("Enter what to search for", 0, 0)
    if len(terms) > MOST_TERMS:
        span = terms[MOST_TERMS].span
        raise QueryError(f"Search for at most {MOST_TERMS} things at once", *span)
    return _Reader(tokens).whole()


class _Reader:
    """Goes through the tokens of a query once, from left to right."""

    def __init__(self, tokens: Sequence[_Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    @property
    def next(self) -> _Token:
        return self.tokens[self.at]

    def take(self) -> _Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def whole(self) -> Node:
        found = self.either()
        if self.next.kind == ")":
            raise QueryError("This bracket closes none that is open", *self.next.span)
        return found

    def either(self) -> Node:
        parts = [self.both()]
        while self.next.kind == "OR":
            self.take()
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def both(self) -> Node:
        parts = [self.part()]
        while self.next.kind in ("AND", "NOT", "(", "term"):
            if self.next.kind == "AND":
                self.take()
            parts.append(self.part())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def part(self) -> Node:
        token = self.take()
        if token.node is not None:
            return token.node
        self.deeper(token)
        if token.kind == "NOT":
            found: Node = Not(self.part())
        elif token.kind == "(":
            found = self.bracket(token)
        else:
            raise QueryError(_missing(token), *token.span)
        self.depth -= 1
        return found

    def bracket(self, opened: _Token) -> Node:
        found = self.either()
        if self.next.kind != ")":
            raise QueryError("This bracket is not closed", *opened.span)
        self.take()
        return found

    def deeper(self, token: _Token) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise QueryError("There are too many brackets or NOTs within each other", *token.span)


def _missing(token: _Token) -> str:
    if token.kind == "end":
        return "Something is missing at the end: add what to search for"
    what = "a closing bracket" if token.kind == ")" else token.kind
    return f"Something is missing before {what}: add what to search for"


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    at = 0
    while match := _TOKEN.match(text, at):
        start = match.end() - len(match.group().lstrip())
        found.append(_token(match, Span(start, match.end())))
        at = match.end()
    return [*found, _Token("end", Span(len(text), len(text)))]


def _token(match: re.Match[str], span: Span) -> _Token:
    word = match["word"]
    if match["open"]:
        return _Token("(", span)
    if match["close"]:
        return _Token(")", span)
    if word in _JOINING:
        return _Token(_JOINING[word], span)
    if match["field"] is not None:
        return _Token("term", span, _field(match["field"].lower(), match["value"], span))
    if word is not None:
        return _Token("term", span, Words(_unstarred(word, span), span))
    return _Token("term", span, _phrase(match["phrase"], match["end"], span))


def _unstarred(word: str, span: Span) -> str:
    """Return a word without a star at either end: words are found inside longer ones anyway."""
    plain = word.strip("*")
    if not plain or "*" in plain:
        raise QueryError(
            "A star can only stand at the end of a word, like wait*, and is not needed: wait finds "
            "waiting too",
            *span,
        )
    return plain


def _phrase(words: str, end: str, span: Span) -> Words:
    if not end:
        raise QueryError("This quotation mark is not closed", *span)
    if not words.strip():
        raise QueryError("There are no words between these quotation marks", *span)
    return Words(words.strip(), span)


def _field(name: str, raw: str, span: Span) -> Node:
    if name not in FIELDS:
        known = ", ".join(FIELDS)
        raise QueryError(
            f"There is no “{name}:” to search by. Use {known}, or put the words in quotation marks",
            *span,
        )
    if raw.startswith('"') and (len(raw) == 1 or not raw.endswith('"')):
        raise QueryError("This quotation mark is not closed", *span)
    value = raw.strip('"').strip()
    if not value:
        raise QueryError(f"Say which after “{name}:”", *span)
    return _rating(value, span) if name == "rating" else Field(name, value, span)


def _rating(value: str, span: Span) -> Rating:
    match = _RATING.fullmatch(value)
    if match is None:
        raise QueryError("Write a rating like rating:S01>=3", *span)
    # The pattern lets no other sign in.
    return Rating(match[1].strip(), cast(Comparison, match[2]), int(match[3][:3]), span)


def without_stars(text: str) -> str:
    """Return a query with the stars out of its quotation marks, where they stand for themselves.

    Words that a star stood between may each go on, so they are no longer held together.
    """
    for one in sorted(_starred(parse(text)), key=lambda one: one.span, reverse=True):
        parts = [part for part in one.text.split("*") if part.strip()]
        apart = " ".join(f'"{word}"' for part in parts for word in part.split())
        plain = f'"{parts[0].strip()}"' if len(parts) == 1 else f"({apart})"
        text = text[: one.span.start] + plain + text[one.span.end :]
    return text


def _starred(node: Node) -> list[Words]:
    # Without quotation marks a star is taken off, or refused, as the query is read.
    if isinstance(node, Words):
        # Nothing but stars is looked for as it stands.
        return [node] if "*" in node.text and node.text.strip("* ") else []
    if isinstance(node, Not):
        return _starred(node.part)
    parts = node.parts if isinstance(node, All | Either) else ()
    return [words for part in parts for words in _starred(part)]


def terms(node: Node) -> list[Words]:
    """Return the words that a found passage may hold, for marking them in it."""
    if isinstance(node, Words):
        return [node]
    if isinstance(node, All | Either):
        return [words for part in node.parts for words in terms(part)]
    return []
