"""Every page of the workbench that can be looked at, and the addresses it is looked at under.

They are taken from the application, so that a new page is among them without being listed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from flask import Flask, url_for
from werkzeug.routing import Rule

from benchmarks.filling import Filled
from surveyapp import workbench

Who = Literal["coder", "second", "member"]
# Who looks at pages that are not the consultant's.
LOOKS: Final[Mapping[str, Who]] = {"blind": "second", "member": "member"}
# What is no page of its own.
NO_PAGES: Final[Mapping[str, str]] = {
    "exchange.bringing_progress": "says how far a project file is that somebody sent",
    "exchange.compare": "shows a project file that somebody sent: there is none to look at",
}
# The parts of an address by an endpoint, where they are called otherwise among the ids.
PARTS: Final[Mapping[str, Mapping[str, str]]] = {
    "agreement.difference": {"passage_key": "differs"},
    "blind.overview": {"sample_id": "under_way"},
    "blind.go_on": {"sample_id": "under_way"},
    "blind.passage": {"sample_id": "under_way", "passage_key": "blind_key"},
}
# What else a page may be asked for.
ASKED: Final[Mapping[str, tuple[str, ...]]] = {
    "agreement.differences": ("", "show=settled"),
    "analysis.crosstabs": (
        "",
        "rows=strand&columns=source",
        "rows=strand&columns=rating-{rated}",
        "rows=strand&columns=themes-stance&counts=passages",
        "rows=strand&columns=themes-strand",
        "rows=outcome&columns=type&confirmed=yes",
    ),
    "analysis.matrix": ("kind=all", "kind=all&only=stale"),
    "analysis.search": (
        "",
        "q=library",
        'q="front door" OR rating:{rated}>=2 theme:{theme}',
        "q=e",
    ),
    "coding.look_again": ("", "verdict=no"),
    "coding.passages": (
        "",
        "order=authority",
        "order=strand",
        "order=question",
        "order=source&everything=1",
        "theme={theme}",
    ),
    "coding.passage": ("", "order=strand", "theme={theme}"),
    "coding.following": ("", "order=authority", "order=strand", "theme={theme}"),
    "coding.previous": ("from={passage_key}", "from={passage_key}&order=source"),
    "coding.memo_list": ("", "about=authority"),
    "coding.new_memo": ("about=survey", "about=passage&subject={passage_key}"),
    "coding.suggestions": ("", "theme={theme}", "theme={theme}&at_least=0.0"),
    "findings.against": ("", "kind=silent", "kind=rated"),
    "findings.finding": ("", "show=chosen"),
    "privacy.overview": ("", "show=cleared", "show=held&kind=name", "show=erased"),
    "review.standing_text": ("place=chapters.foreword.text",),
}
# What can be done to a theme, each on a page of its own.
KINDS: Final = ("reword", "merge", "split", "retire")


@dataclass(frozen=True, slots=True)
class Page:
    """A page by its address, and who looks at it."""

    endpoint: str
    asked: str
    address: str
    who: Who

    @property
    def name(self) -> str:
        """Return what it is called, whatever the ids in its address."""
        return f"{self.endpoint} {self.asked}".strip()


def pages(app: Flask, filled: Filled) -> Iterator[Page]:
    """Yield every page of the workbench's rooms, under each address that it is looked at.

    Rooms are the packages that the way between them leads to, so that none can be forgotten.
    """
    rooms = {_package(app, endpoint) for endpoint, _ in workbench.PAGES}
    with app.test_request_context():
        for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.endpoint):
            is_page = "GET" in (rule.methods or ()) and rule.endpoint in app.view_functions
            if is_page and _package(app, rule.endpoint) in rooms and rule.endpoint not in NO_PAGES:
                yield from _pages(rule, filled)


def _package(app: Flask, endpoint: str) -> str:
    return ".".join(app.view_functions[endpoint].__module__.split(".")[:2])


def _pages(rule: Rule, filled: Filled) -> Iterator[Page]:
    who = LOOKS.get(rule.endpoint.partition(".")[0], "coder")
    parts = {
        name: filled.ids[PARTS.get(rule.endpoint, {}).get(name, name)]
        for name in rule.arguments - {"kind"}
    }
    for kind in KINDS if "kind" in rule.arguments else (None,):
        address = url_for(rule.endpoint, kind=kind, **parts)
        for asked in ASKED.get(rule.endpoint, ("",)):
            more = asked.format(**filled.ids)
            called = " ".join(filter(None, (kind, asked)))
            yield Page(rule.endpoint, called, f"{address}?{more}" if more else address, who)
