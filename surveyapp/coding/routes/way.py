"""The way through the passages as addresses carry it, and where it leads on to."""

from dataclasses import fields

from flask import request, session, url_for

from surveyapp.coding.queue import ORDERS, Order, Way

SAID = "coding.said"


def asked_for() -> Way:
    """Return the way in the address; an order there is none of is the usual one."""
    told = {one.name: request.args.get(one.name, "") for one in fields(Way)}
    order = told.pop("order")
    everything = told.pop("everything")
    return Way(order=_order(order), everything=bool(everything), **told)


def _order(told: str) -> Order:
    return next((one for one in ORDERS if one == told), "doubt")


def to_passage(code: str, key: str, way: Way, words: tuple[int, int] | None = None) -> str:
    """Return the address of a passage on a way; `words` are others than its own."""
    start, end = words or (None, None)
    return url_for("coding.passage", code=code, passage_key=key, start=start, end=end, **way.said())


def to_list(code: str, way: Way, after: str | None = None) -> str:
    """Return the address of the list of passages."""
    return url_for("coding.passages", code=code, after=after, **way.said())


def say(words: str) -> None:
    """Keep what was done for the next page: theme names and counts, nobody's words."""
    session[SAID] = words


def said() -> str:
    """Return what was done just now, once."""
    return str(session.pop(SAID, ""))
